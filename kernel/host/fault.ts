/** What the system says about a user's file, said as one of our errors. */
import { HotpassError, type ErrorCode } from '../error.ts'

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'may not be accessed: permission denied'],
  ['EPERM', 'may not be accessed: not permitted'],
  ['EROFS', 'stands on a read-only file system'],
  ['ENOENT', 'does not exist'],
  ['ENOTDIR', 'is not inside a folder'],
  ['EISDIR', 'is a folder'],
  ['ELOOP', 'is a symbolic link that leads in a circle'],
  ['ENAMETOOLONG', 'has a name that is too long'],
  ['EMFILE', 'cannot be opened: too many files are open'],
  ['ENFILE', 'cannot be opened: too many files are open']
])

const READ_HINTS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'give yourself the right to read it'],
  ['EPERM', 'give yourself the right to read it'],
  ['ELOOP', 'mend or remove the link'],
  ['ENAMETOOLONG', 'give it a shorter name'],
  ['EMFILE', 'raise the limit on open files, or close other programs'],
  ['ENFILE', 'raise the limit on open files, or close other programs']
])

/** The system's code for an error (`ENOENT`), or undefined when the system did not raise it. EDQUOT has no name in libuv. */
export function systemCode(error: unknown): string | undefined {
  const { code, errno } = error as NodeJS.ErrnoException
  if (errno === -122) return 'EDQUOT'
  return typeof errno === 'number' && typeof code === 'string' ? code : undefined
}

/** An error for a file that could not be read. Errors that the system did not raise are passed on. */
export function readFault(error: unknown, file: string): unknown {
  const code = systemCode(error)
  if (error instanceof HotpassError || code === undefined) return error
  const told: ErrorCode = code === 'ENOENT' ? 'E_INPUT_MISSING' : code === 'EIO' || code === 'EMFILE' || code === 'ENFILE' ? 'E_IO' : 'E_INPUT_UNREADABLE'
  return new HotpassError(told, `${file} ${REASONS.get(code) ?? `cannot be read (${code})`}`, { place: { file }, cause: error, hint: READ_HINTS.get(code) ?? 'see that it is there and can be read' })
}

/** An error for an output that could not be written. */
export function writeFault(error: unknown, file: string): unknown {
  const code = systemCode(error)
  if (error instanceof HotpassError || code === undefined) return error
  if (FULL.has(code)) return new HotpassError('E_DISK_FULL', `no space left to write ${file}`, { place: { file }, cause: error, hint: 'make room and run the same command again; nothing was lost' })
  if (REASONS.has(code)) return new HotpassError('E_OUTPUT_UNWRITABLE', `${file} ${REASONS.get(code)!}`, { place: { file }, cause: error, hint: 'choose another place with --output-path or --dist-dir' })
  return new HotpassError('E_IO', `${file} could not be written (${code})`, { place: { file }, cause: error, hint: 'check the disk, then run the same command again' })
}
