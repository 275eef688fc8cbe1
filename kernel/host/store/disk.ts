/** The file system as the store uses it: a few calls that a test can kill, fail or lose one by one. */
import * as fs from 'node:fs'

export type EntryType = 'file' | 'folder' | 'other'

export interface Stat {
  readonly type: EntryType
  /** Bytes; 0 for anything but a file. */
  readonly size: number
}

/**
 * Each method is one step that either happened or did not. What is expected (a file that is not there, one that is
 * there already) is a return value; everything else is thrown as the system gave it. No method follows a link at
 * the end of a path.
 */
export interface Disk {
  /** Creates a file that does not exist, mode 0600, for writing. */
  openNew(path: string): number
  /** Opens an existing file for appending. */
  openAppend(path: string): number
  /** Opens a folder, so that it can be synced. */
  openFolder(path: string): number
  /** Writes all of the bytes. */
  write(fd: number, bytes: Uint8Array): void
  /** The same while the caller goes on, who leaves the bytes and the file alone until then. */
  writeBehind(fd: number, bytes: Uint8Array): Promise<void>
  truncate(fd: number, length: number): void
  /** Waits until the file or folder is on the medium. */
  sync(fd: number): Promise<void>
  syncNow(fd: number): void
  close(fd: number): void
  /** Undefined when there is no such file. */
  read(path: string): Uint8Array | undefined
  stat(path: string): Stat | undefined
  /** Names in code-unit order; none when the folder is not there. */
  list(path: string): readonly { readonly name: string; readonly type: EntryType }[]
  /** Mode 0700. False when it is there already. */
  makeFolder(path: string): boolean
  rename(from: string, to: string): void
  /** Gives a file a second name. False when that name is taken. */
  link(from: string, to: string): boolean
  /** False when there is no such file. */
  unlink(path: string): boolean
  /** Removes an empty folder. False when there is none. */
  removeFolder(path: string): boolean
}

/** Absent on Windows, where no link can be made without privilege. */
const NOFOLLOW = fs.constants.O_NOFOLLOW ?? 0
/** Keeps a fifo that stands where a file should from blocking the process. */
const NONBLOCK = fs.constants.O_NONBLOCK ?? 0
const WINDOWS = process.platform === 'win32'

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

/** Node retries an interrupted read or write itself, but not an interrupted open. */
function retrying<T>(call: () => T): T {
  for (;;) {
    try {
      return call()
    } catch (error) {
      if (codeOf(error) !== 'EINTR') throw error
    }
  }
}

function unless<T, D>(expected: string, call: () => T, otherwise: D): T | D {
  try {
    return retrying(call)
  } catch (error) {
    if (codeOf(error) !== expected) throw error
    return otherwise
  }
}

const typeOf = (entry: { isFile(): boolean; isDirectory(): boolean }): EntryType => (entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other')

function close(fd: number): void {
  try {
    fs.closeSync(fd)
  } catch (error) {
    // Linux has released the descriptor by then; a second close could hit another file.
    if (codeOf(error) !== 'EINTR') throw error
  }
}

function readDescriptor(fd: number, path: string): Uint8Array {
  if (!fs.fstatSync(fd).isFile()) throw Object.assign(new Error(`${path} is not a file`), { code: 'ELOOP' })
  return fs.readFileSync(fd)
}

/** The machine's own file system. */
export const nodeDisk: Disk = {
  openNew: path => retrying(() => fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_EXCL | NOFOLLOW, 0o600)),
  openAppend: path => retrying(() => fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_APPEND | NOFOLLOW | NONBLOCK)),
  openFolder: path => retrying(() => fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_DIRECTORY ?? 0) | NOFOLLOW)),
  write(fd, bytes) {
    for (let at = 0; at < bytes.length; ) at += retrying(() => fs.writeSync(fd, bytes, at))
  },
  async writeBehind(fd, bytes) {
    for (let at = 0; at < bytes.length; ) {
      at += await new Promise<number>((resolve, reject) => {
        fs.write(fd, bytes, at, bytes.length - at, null, (error, written) => (error === null ? resolve(written) : codeOf(error) === 'EINTR' ? resolve(0) : reject(error)))
      })
    }
  },
  truncate: (fd, length) => retrying(() => fs.ftruncateSync(fd, length)),
  sync: fd =>
    new Promise((resolve, reject) => {
      fs.fsync(fd, error => (error === null || error === undefined ? resolve() : WINDOWS && codeOf(error) === 'EPERM' ? resolve() : reject(error)))
    }),
  syncNow(fd) {
    try {
      fs.fsyncSync(fd)
    } catch (error) {
      // Windows cannot sync a folder and says so this way.
      if (!(WINDOWS && codeOf(error) === 'EPERM')) throw error
    }
  },
  close,
  read(path) {
    const fd = unless('ENOENT', () => fs.openSync(path, fs.constants.O_RDONLY | NOFOLLOW | NONBLOCK), undefined)
    if (fd === undefined) return undefined
    try {
      return readDescriptor(fd, path)
    } finally {
      close(fd)
    }
  },
  stat(path) {
    const stat = retrying(() => fs.lstatSync(path, { throwIfNoEntry: false }))
    return stat === undefined ? undefined : { type: typeOf(stat), size: stat.isFile() ? stat.size : 0 }
  },
  list(path) {
    const entries = unless('ENOENT', () => fs.readdirSync(path, { withFileTypes: true }), [])
    return entries.map(entry => ({ name: entry.name, type: typeOf(entry) })).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  },
  makeFolder: path => unless('EEXIST', () => (fs.mkdirSync(path, 0o700), true), false),
  rename: (from, to) => retrying(() => fs.renameSync(from, to)),
  link: (from, to) => unless('EEXIST', () => (fs.linkSync(from, to), true), false),
  unlink: path => unless('ENOENT', () => (fs.unlinkSync(path), true), false),
  removeFolder: path => unless('ENOENT', () => (fs.rmdirSync(path), true), false)
}

/** Makes what a folder lists durable. */
export async function syncFolder(disk: Disk, path: string): Promise<void> {
  const fd = disk.openFolder(path)
  try {
    await disk.sync(fd)
  } finally {
    disk.close(fd)
  }
}

/** The same, at once: for the few calls that make a new store. */
export function syncFolderNow(disk: Disk, path: string): void {
  const fd = disk.openFolder(path)
  try {
    disk.syncNow(fd)
  } finally {
    disk.close(fd)
  }
}

/** Writes a new file and makes its bytes durable (not yet its name). */
export async function writeSynced(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const fd = disk.openNew(path)
  try {
    disk.write(fd, bytes)
    await disk.sync(fd)
  } finally {
    disk.close(fd)
  }
}
