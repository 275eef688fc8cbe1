/** Finds the files of a run, and takes their bytes into the store. */
import { constants, closeSync, fstatSync, lstatSync, openSync, readdir, readSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs'
import { join, relative, sep } from 'node:path'
import walk from 'fast-glob'
import { HotpassError } from '../error.ts'
import { matchesGlob } from '../glob.ts'
import type { Store } from '../store.ts'
import type { ArtifactRef } from '../types.ts'
import { readFault, systemCode } from './fault.ts'

/** A file to be read. `id` is its path relative to the input folder, with `/`. */
export interface InputFile {
  readonly id: string
  readonly path: string
  readonly bytes: number
}

export interface InputList {
  /** In code unit order of their ids. */
  readonly files: readonly InputFile[]
  /** Links to folders, which are never entered. */
  readonly passed: readonly { readonly id: string; readonly reason: string }[]
}

export interface InputQuery {
  /** The folder, and how people should see it. */
  readonly folder: string
  readonly shown: string
  /** Globs relative to the folder, of files to take and to leave out. Names that begin with a dot are taken by globs that write the dot. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Tells which of the files are not for reading although a glob fits them. */
  readonly isOwn?: (id: string) => boolean
  /** Largest file, in bytes. */
  readonly fileBytes: number
  /** Told of a file that is refused for what is wrong with itself; the others are taken. Left out: the first such file ends it. */
  readonly onRefused?: OnRefused
}

export type OnRefused = (error: HotpassError) => void

/** What `work` gives, or undefined when a file was refused and that is told. Throws all else. */
function unlessRefused<T>(onRefused: OnRefused | undefined, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    // A link that leads out of the folder is never followed; it is one file that cannot be had, like any other.
    if (onRefused === undefined || !(error instanceof HotpassError) || !(error.code.startsWith('E_INPUT_') || error.code === 'E_PATH_ESCAPE')) throw error
    onRefused(error)
    return undefined
  }
}

const ENDING = /\.[A-Za-z][A-Za-z0-9]{1,4}$/
const LINE_END = /[\n\r\u2028\u2029]/
const RENAME = 'rename it, or leave it out with ingest.exclude'
const LINKED = 'a link to a folder'
/** What a system says of a folder that somebody has no right to look into. */
const FORBIDDEN: ReadonlySet<string> = new Set(['EACCES', 'EPERM'])
/** Globs that keep the walk out of folders, and that the package makes no puzzle of. */
const PLAIN = /^(\*\*\/)?[^*?{}()[\]!+@\\|,]+(\/\*\*)?$/
const HIDDEN = /(?:^|\/)\./
const HIDDEN_GLOB = /(?:^|[/{,])\.[^./]/

/** The real path of the input folder. Throws E_INPUT_MISSING and E_INPUT_UNREADABLE. */
export function inputFolder(folder: string, shown: string): string {
  try {
    const root = realpathSync(folder)
    if (!statSync(root).isDirectory()) throw new HotpassError('E_INPUT_MISSING', `${shown} is a file, not a folder`, { place: { file: shown }, hint: 'give the folder that holds it with --input-dir' })
    return root
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw new HotpassError('E_INPUT_MISSING', `there is no folder ${shown}`, { place: { file: shown }, cause: error, hint: 'give the folder with --input-dir' })
    throw readFault(error, shown)
  }
}

/**
 * Lists the files of a folder. Throws, each time with the one file at fault: E_INPUT_MISSING (no such folder),
 * E_INPUT_EMPTY (no file fits), E_INPUT_TYPE (a folder, pipe or device where a file should be), E_INPUT_UNREADABLE,
 * E_INPUT_LIMIT, E_INPUT_ENCODING (a name that is not UTF-8, or of several lines), E_PATH_ESCAPE (a link or glob that leads out of the folder).
 */
export async function listInputs(query: InputQuery): Promise<InputList> {
  const { shown, isOwn } = query
  const [include, exclude] = [query.include, query.exclude].map(globs => globs.map(glob => glob.replace(/^(\.\/)+/, ''))) as [string[], string[]]
  const root = inputFolder(query.folder, shown)
  for (const glob of include) {
    if (/^([A-Za-z]:)?[\\/]/.test(glob) || glob.split(/[/{},]/).includes('..')) throw new HotpassError('E_PATH_ESCAPE', `ingest.include holds ${glob}, which leads out of the input folder`, { hint: 'globs are relative to the input folder, and stay in it; give another folder with --input-dir' })
  }
  const fits = (globs: readonly string[], id: string): boolean => globs.some(glob => matchesGlob(glob, id))
  const open = include.filter(glob => HIDDEN_GLOB.test(glob))
  let found: readonly walk.Entry[]
  const broken: string[] = []
  const closed: { readonly id: string; readonly cause: Error }[] = []
  try {
    // The walk is the package's, the globs are ours: its own can be made to take all time and memory there are.
    // It passes over names with line ends in them, so those are noted on the way.
    const noting = (path: string, options: { withFileTypes: true }, done: (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void): void =>
      readdir(path, options, (error, entries) => {
        if (error !== null && path !== root && FORBIDDEN.has(systemCode(error) ?? '')) {
          closed.push({ id: relative(root, path).split(sep).join('/'), cause: error })
          return done(null, [])
        }
        for (const entry of entries ?? []) if (LINE_END.test(entry.name) && !entry.name.startsWith('.')) broken.push(`${relative(root, join(path, entry.name)).split(sep).join('/')}${entry.isDirectory() ? '/' : ''}`)
        done(error, entries)
      })
    found = await walk('**', { cwd: root, fs: { readdir: noting as unknown as walk.FileSystemAdapter['readdir'] }, objectMode: true, onlyFiles: false, followSymbolicLinks: false, dot: open.length > 0, ignore: exclude.filter(glob => PLAIN.test(glob)) })
  } catch (error) {
    const path = (error as NodeJS.ErrnoException).path
    throw readFault(error, path?.startsWith(root + sep) === true ? path.slice(root.length + 1) : shown)
  }
  for (const id of broken.sort()) {
    if (fits(exclude, id) || !(id.endsWith('/') || fits(include, id))) continue
    unlessRefused(query.onRefused, () => {
      throw new HotpassError('E_INPUT_ENCODING', `${id} has a line end in its name`, { place: { file: id }, hint: RENAME })
    })
  }
  for (const { id, cause } of closed.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (fits(exclude, id) || fits(exclude, `${id}/`)) continue
    unlessRefused(query.onRefused, () => {
      throw new HotpassError('E_INPUT_UNREADABLE', `${id} is a folder that may not be opened`, { place: { file: id }, cause, hint: 'give yourself the right to open it, or leave it out with ingest.exclude' })
    })
  }
  const files: InputFile[] = []
  const passed: { id: string; reason: string }[] = []
  for (const { path: id, dirent } of [...found].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (fits(exclude, id)) continue
    const wanted = fits(HIDDEN.test(id) ? open : include, id)
    // What stands behind a link to a folder, or in a folder whose name is broken, would be missed without a word.
    if (!wanted && !dirent.isSymbolicLink() && !(dirent.isDirectory() && id.includes('\ufffd'))) continue
    if (isOwn?.(id) === true) continue
    const checked = unlessRefused(query.onRefused, () => (wanted ? check(root, id, query.fileBytes) : linkedFolder(root, id)))
    if (typeof checked === 'string') passed.push({ id, reason: checked })
    else if (checked !== undefined) files.push(checked)
  }
  if (files.length === 0) {
    throw new HotpassError('E_INPUT_EMPTY', `${shown} holds no file that ${include.join(', ')} fits`, { place: { file: shown }, hint: 'put files into it, or change ingest.include' })
  }
  return { files, passed }
}

/** Why something that no glob fits is worth a word: a link to a folder. Throws E_INPUT_ENCODING. */
function linkedFolder(root: string, id: string): string | undefined {
  try {
    const path = join(root, id)
    return lstatSync(path).isSymbolicLink() && statSync(path).isDirectory() ? LINKED : undefined
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && id.includes('\ufffd')) throw brokenName(id, error)
    // A link that leads nowhere, and that no glob asks for.
    return undefined
  }
}

function brokenName(id: string, cause: unknown): HotpassError {
  return new HotpassError('E_INPUT_ENCODING', `${id} has a name that is not UTF-8`, { place: { file: id }, cause, hint: RENAME })
}

/** The file; why it is passed over; or undefined for a folder that a broad glob happened to fit. */
function check(root: string, id: string, limit: number): InputFile | string | undefined {
  const path = join(root, id)
  let stats: Stats | undefined
  let real = path
  try {
    stats = lstatSync(path)
    if (stats.isSymbolicLink()) {
      real = realpathSync(path)
      stats = statSync(real)
      if (stats.isDirectory()) return LINKED
      if (!real.startsWith(root + sep)) {
        throw new HotpassError('E_PATH_ESCAPE', `${id} is a link that leads out of the input folder`, { place: { file: id }, hint: 'copy the file into the folder, or leave the link out with ingest.exclude; --mode best-effort sets it aside and reads the others' })
      }
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && id.includes('\ufffd')) throw brokenName(id, error)
    if (systemCode(error) === 'ENOENT' && stats?.isSymbolicLink() === true) throw new HotpassError('E_INPUT_MISSING', `${id} is a link that leads nowhere`, { place: { file: id }, cause: error, hint: 'mend the link, or leave it out with ingest.exclude' })
    throw readFault(error, id)
  }
  if (stats.isDirectory()) {
    if (!ENDING.test(id)) return undefined
    throw new HotpassError('E_INPUT_TYPE', `${id} is a folder, not a file`, { place: { file: id }, hint: 'rename it, or leave it out with ingest.exclude' })
  }
  if (!stats.isFile()) {
    const what = stats.isFIFO() ? 'a named pipe' : stats.isSocket() ? 'a socket' : 'a device'
    throw new HotpassError('E_INPUT_TYPE', `${id} is ${what}, not a file`, { place: { file: id }, hint: 'leave it out with ingest.exclude' })
  }
  assertSize(id, stats.size, limit)
  return { id, path: real, bytes: stats.size }
}

function assertSize(id: string, size: number, limit: number): void {
  if (size > limit) throw new HotpassError('E_INPUT_LIMIT', `${id} has ${size} bytes, and at most ${limit} are read`, { place: { file: id }, hint: 'raise ingest.limits.file_bytes if the file is what you expect' })
}

/** Puts the files into the store, one after the other. Throws E_INPUT_* when a file changed its nature since it was listed, and what the store throws. */
export function takeInputs(files: readonly InputFile[], store: Pick<Store, 'put'>, fileBytes: number, onRefused?: OnRefused): readonly ArtifactRef[] {
  return files.flatMap(file => {
    const bytes = unlessRefused(onRefused, () => readInput(file, fileBytes))
    return bytes === undefined ? [] : [{ id: file.id, kind: 'bytes', schema: 'urn:hotpass:bytes:1', hash: store.put(bytes), bytes: bytes.length }]
  })
}

/** The bytes of one file. Never waits on a pipe and never follows a link that took the file's place. */
export function readInput(file: InputFile, fileBytes: number): Uint8Array {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) throw new HotpassError('E_INPUT_TYPE', `${file.id} is no longer a file`, { place: { file: file.id } })
    assertSize(file.id, stats.size, fileBytes)
    const bytes = Buffer.allocUnsafeSlow(stats.size)
    let at = 0
    while (at < bytes.length) {
      const count = readSync(descriptor, bytes, at, bytes.length - at, at)
      if (count === 0) break
      at += count
    }
    if (at !== stats.size || fstatSync(descriptor).size !== stats.size) throw new HotpassError('E_INPUT_UNREADABLE', `${file.id} changed while it was read`, { place: { file: file.id }, hint: 'run the command again when the file is at rest' })
    return new Uint8Array(bytes.buffer, bytes.byteOffset, at)
  } catch (error) {
    throw readFault(error, file.id)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
