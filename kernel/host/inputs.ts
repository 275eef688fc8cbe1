/** Finds the files of a run, and takes their bytes into the store. */
import { constants, closeSync, fstatSync, lstatSync, openSync, readSync, realpathSync, statSync, type Stats } from 'node:fs'
import { join, sep } from 'node:path'
import glob from 'fast-glob'
import { HotpassError } from '../error.ts'
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
  /** Globs relative to the folder, of files to take and to leave out; upper and lower case are the same. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Largest file, in bytes. */
  readonly fileBytes: number
}

const ENDING = /\.[A-Za-z][A-Za-z0-9]{1,4}$/

/**
 * Lists the files of a folder. Throws, each time with the one file at fault: E_INPUT_MISSING (no such folder),
 * E_INPUT_EMPTY (no file fits), E_INPUT_TYPE (a folder, pipe or device where a file should be), E_INPUT_UNREADABLE,
 * E_INPUT_LIMIT, E_INPUT_ENCODING (a name that is not UTF-8), E_PATH_ESCAPE (a link that leads out of the folder).
 */
export async function listInputs(query: InputQuery): Promise<InputList> {
  const { folder, shown, include, exclude } = query
  let root: string
  try {
    root = realpathSync(folder)
    if (!statSync(root).isDirectory()) throw new HotpassError('E_INPUT_MISSING', `${shown} is a file, not a folder`, { place: { file: shown }, hint: 'give the folder that holds it with --input-dir' })
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw new HotpassError('E_INPUT_MISSING', `there is no folder ${shown}`, { place: { file: shown }, cause: error, hint: 'give the folder with --input-dir' })
    throw readFault(error, shown)
  }
  let found: readonly string[]
  try {
    found = await glob([...include], { cwd: root, ignore: [...exclude], onlyFiles: false, followSymbolicLinks: false, dot: false, caseSensitiveMatch: false, unique: true })
  } catch (error) {
    const path = (error as NodeJS.ErrnoException).path
    throw readFault(error, path?.startsWith(root + sep) === true ? path.slice(root.length + 1) : shown)
  }
  const files: InputFile[] = []
  const passed: { id: string; reason: string }[] = []
  for (const id of [...found].sort()) {
    const checked = check(root, id, query.fileBytes)
    if (typeof checked === 'string') passed.push({ id, reason: checked })
    else if (checked !== undefined) files.push(checked)
  }
  if (files.length === 0) {
    throw new HotpassError('E_INPUT_EMPTY', `${shown} holds no file that ${include.join(', ')} fits`, { place: { file: shown }, hint: 'put files into it, or change ingest.include' })
  }
  return { files, passed }
}

/** The file; why it is passed over; or undefined for a folder that a broad glob happened to fit. */
function check(root: string, id: string, limit: number): InputFile | string | undefined {
  const path = join(root, id)
  let stats: Stats
  let real = path
  try {
    stats = lstatSync(path)
    if (stats.isSymbolicLink()) {
      real = realpathSync(path)
      stats = statSync(real)
      if (stats.isDirectory()) return 'a link to a folder'
      if (!real.startsWith(root + sep)) {
        throw new HotpassError('E_PATH_ESCAPE', `${id} is a link that leads out of the input folder`, { place: { file: id }, hint: 'copy the file into the folder, or leave the link out with ingest.exclude' })
      }
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && id.includes('\ufffd')) {
      throw new HotpassError('E_INPUT_ENCODING', `${id} has a name that is not UTF-8`, { place: { file: id }, cause: error, hint: 'rename the file' })
    }
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
export function takeInputs(files: readonly InputFile[], store: Pick<Store, 'put'>, fileBytes: number): readonly ArtifactRef[] {
  return files.map(file => {
    const bytes = readInput(file, fileBytes)
    return { id: file.id, kind: 'bytes', schema: 'urn:hotpass:bytes:1', hash: store.put(bytes), bytes: bytes.length }
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
