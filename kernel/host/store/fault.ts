/** What the system says about a file, said as one of our errors. */
import { join } from 'node:path'
import { HotpassError } from '../../error.ts'
import type { Disk } from './disk.ts'
import { TMP } from './layout.ts'

/** EDQUOT has no name in libuv: it comes as `Unknown system error -122`. */
const EDQUOT = -122

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const REFUSED = new Set(['EACCES', 'EPERM', 'EROFS'])

/** Anything that is not a system error is a bug, or a test's own, and is thrown on as it is. */
export function faultOf(error: unknown, doing: string, path: string): unknown {
  if (error instanceof HotpassError || !(error instanceof Error)) return error
  const { code, errno } = error as NodeJS.ErrnoException
  if (code === undefined) return error
  const place = { file: path }
  if (FULL.has(code) || errno === EDQUOT) {
    return new HotpassError('E_DISK_FULL', `no space left while ${doing} ${path}`, { place, cause: error, hint: 'make room and run the same command again; no finished run is lost' })
  }
  if (REFUSED.has(code)) {
    const reading = doing.startsWith('reading')
    return new HotpassError(reading ? 'E_INPUT_UNREADABLE' : 'E_OUTPUT_UNWRITABLE', `the system refuses ${doing} ${path} (${code})`, {
      place,
      cause: error,
      hint: 'give yourself the right to this folder, or keep the store in another one'
    })
  }
  if (code === 'ELOOP') return new HotpassError('E_PATH_ESCAPE', `${path} is not a plain file`, { place, cause: error, hint: 'the store holds no links; remove it and run hotpass doctor' })
  return new HotpassError('E_IO', `${doing} ${path} failed (${code.startsWith('Unknown') ? errno : code})`, {
    place,
    cause: error,
    hint: code === 'EMFILE' || code === 'ENFILE' ? 'too many files are open; raise the limit or close other programs' : 'check the disk, then run the same command again; no finished run is lost'
  })
}

/** The disk as seen from one folder: paths are relative to it, errors are ours and name the file. */
export function rootedDisk(disk: Disk, root: string): Disk {
  const open = new Map<number, string>()
  const at = (path: string): string => (path === '' ? root : join(root, path))
  function attempt<T>(doing: string, path: string, call: (full: string) => T): T {
    const full = at(path)
    try {
      return call(full)
    } catch (error) {
      // The name of a temporary file tells nobody anything.
      throw path.startsWith(`${TMP}/`) ? faultOf(error, `${doing} a file in`, root) : faultOf(error, doing, full)
    }
  }
  async function waiting(doing: string, path: string, call: () => Promise<void>): Promise<void> {
    try {
      await call()
    } catch (error) {
      throw path.startsWith(`${TMP}/`) ? faultOf(error, `${doing} a file in`, root) : faultOf(error, doing, at(path))
    }
  }
  function opening(doing: string, path: string, call: (full: string) => number): number {
    const fd = attempt(doing, path, call)
    open.set(fd, path)
    return fd
  }
  const nameOf = (fd: number): string => open.get(fd) ?? ''
  return {
    openNew: path => opening('creating', path, full => disk.openNew(full)),
    openAppend: path => opening('opening', path, full => disk.openAppend(full)),
    openFolder: path => opening('opening', path, full => disk.openFolder(full)),
    write: (fd, bytes) => attempt('writing', nameOf(fd), () => disk.write(fd, bytes)),
    truncate: (fd, length) => attempt('shortening', nameOf(fd), () => disk.truncate(fd, length)),
    writeBehind: (fd, bytes) => waiting('writing', nameOf(fd), () => disk.writeBehind(fd, bytes)),
    sync: fd => waiting('syncing', nameOf(fd), () => disk.sync(fd)),
    syncNow: fd => attempt('syncing', nameOf(fd), () => disk.syncNow(fd)),
    close(fd) {
      const path = nameOf(fd)
      open.delete(fd)
      attempt('closing', path, () => disk.close(fd))
    },
    read: path => attempt('reading', path, full => disk.read(full)),
    stat: path => attempt('reading', path, full => disk.stat(full)),
    list: path => attempt('reading', path, full => disk.list(full)),
    makeFolder: path => attempt('making', path, full => disk.makeFolder(full)),
    rename: (from, to) => attempt('writing', to, full => disk.rename(at(from), full)),
    link: (from, to) => attempt('writing', to, full => disk.link(at(from), full)),
    unlink: path => attempt('removing', path, full => disk.unlink(full)),
    removeFolder: path => attempt('removing', path, full => disk.removeFolder(full))
  }
}
