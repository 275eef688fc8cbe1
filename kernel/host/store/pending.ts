/**
 * Files on their way into the store: written to tmp/ at once, or in the background when they are large, synced in the
 * background while the run goes on, and put in place together by `flush`.
 */
import { syncFolder, type Disk } from './disk.ts'
import { DAMAGED, folderOf, TMP } from './layout.ts'

/** Files kept open while they are synced in the background. Past that a write waits, so that descriptors do not run out. */
const OPEN_FILES = 16
/** Folders synced at a time, for the same reason. */
const OPEN_FOLDERS = 8

/** Bytes from which a file is written in the background. */
const LARGE = 1 << 20
/** Bytes on their way at a time; a slow disk must not fill the memory. */
const MOST_BEHIND = 320 << 20

interface PendingFile {
  readonly temporary: string
  /** A damaged file stands at the target and is kept aside. */
  readonly replaces: boolean
  readonly synced: Promise<unknown>
}

export interface Pending {
  /** Writes the bytes for a path. Throws when they cannot be written. */
  add(path: string, bytes: Uint8Array, replaces: boolean): void
  /** Where a file that is not in place yet can be read, once it is written. */
  find(path: string): string | undefined
  /** What is still being written for a path. */
  unwritten(path: string): Uint8Array | undefined
  /** Makes all files so far durable and puts them in place. Throws on the first that fails; nothing is tried again. */
  flush(): Promise<void>
  /** Has the next flush make durable that a file is in place which another process put there, perhaps just now. */
  note(path: string): void
  /** Makes durable that these files are in place, unless a flush here has done so. */
  settle(paths: Iterable<string>): Promise<void>
  /** Forgets and removes what was not flushed. */
  drop(): void
}

/** `nameNew` gives a file name that nobody else has. `large` is for tests. */
export function createPending(disk: Disk, nameNew: () => string, large = LARGE): Pending {
  const files = new Map<string, PendingFile>()
  const noted = new Set<string>()
  const durable = new Set<string>()
  /** By temporary name. */
  const behind = new Map<string, Uint8Array>()
  let bytesBehind = 0
  let open = 0
  let failed: { readonly error: unknown } | undefined

  /** Resolves to the failure rather than rejecting, because nobody looks before the flush. */
  async function syncAndClose(fd: number): Promise<unknown> {
    open++
    try {
      await disk.sync(fd)
      return undefined
    } catch (error) {
      return error
    } finally {
      open--
      disk.close(fd)
    }
  }

  async function writeAndSync(fd: number, temporary: string, bytes: Uint8Array): Promise<unknown> {
    open++
    bytesBehind += bytes.length
    behind.set(temporary, bytes)
    try {
      await disk.writeBehind(fd, bytes)
      behind.delete(temporary)
      await disk.sync(fd)
      return undefined
    } catch (error) {
      failed ??= { error }
      return error
    } finally {
      open--
      bytesBehind -= bytes.length
      behind.delete(temporary)
      disk.close(fd)
    }
  }

  function write(temporary: string, bytes: Uint8Array): Promise<unknown> {
    // The disk that a file before this one did not fit on.
    if (failed !== undefined) throw failed.error
    const fd = disk.openNew(temporary)
    let background = false
    try {
      if (bytes.length >= large && open < OPEN_FILES && bytesBehind + bytes.length <= MOST_BEHIND) {
        background = true
        return writeAndSync(fd, temporary, bytes).catch(error => error)
      }
      disk.write(fd, bytes)
      if (open < OPEN_FILES) {
        background = true
        return syncAndClose(fd).catch(error => error)
      }
      disk.syncNow(fd)
      return Promise.resolve(undefined)
    } catch (error) {
      try {
        disk.unlink(temporary)
      } catch {}
      throw error
    } finally {
      if (!background) disk.close(fd)
    }
  }

  async function settle(paths: Iterable<string>): Promise<void> {
    const fresh = [...paths].filter(path => !durable.has(path))
    const folders = [...new Set(fresh.flatMap(path => [folderOf(path), folderOf(folderOf(path))]))]
    for (let at = 0; at < folders.length; at += OPEN_FOLDERS) {
      const results = await Promise.allSettled(folders.slice(at, at + OPEN_FOLDERS).map(path => syncFolder(disk, path)))
      for (const result of results) if (result.status === 'rejected') throw result.reason
    }
    for (const path of fresh) durable.add(path)
  }

  function place(path: string, file: PendingFile): void {
    disk.makeFolder(folderOf(path))
    if (file.replaces) setAside(disk, path, nameNew())
    durable.delete(path)
    disk.rename(file.temporary, path)
  }

  return {
    add(path, bytes, replaces) {
      const temporary = `${TMP}/${nameNew()}`
      const before = files.get(path)
      files.set(path, { temporary, replaces, synced: write(temporary, bytes) })
      if (before !== undefined) disk.unlink(before.temporary)
    },
    find: path => files.get(path)?.temporary,
    unwritten: path => behind.get(files.get(path)?.temporary ?? ''),
    async flush() {
      const batch = [...files]
      for (const [, file] of batch) {
        const failure = await file.synced
        if (failure !== undefined) throw failure
      }
      for (const [path, file] of batch) {
        place(path, file)
        if (files.get(path) === file) files.delete(path)
      }
      if (batch.some(([, file]) => file.replaces)) await syncFolder(disk, DAMAGED)
      await settle([...batch.map(([path]) => path), ...noted])
      noted.clear()
    },
    note: path => void noted.add(path),
    settle,
    drop() {
      for (const [, file] of files) {
        try {
          disk.unlink(file.temporary)
        } catch {}
      }
      files.clear()
    }
  }
}

/** Keeps a damaged file where doctor finds it, so that a whole one can take its place. */
export function setAside(disk: Disk, path: string, unique: string): void {
  if (disk.stat(path) !== undefined) disk.rename(path, `${DAMAGED}/${path.replaceAll('/', '-')}.${unique}`)
}
