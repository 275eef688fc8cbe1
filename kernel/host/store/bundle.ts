/** Packs a run into one file that anyone can check and replay. */
import { createHash, randomBytes } from 'node:crypto'
import { basename, dirname, join, resolve } from 'node:path'
import { BLOCK, END_BYTES, INDEX_NAME, indexBytes, paddingAfter, tarHeader, type BundleFile } from '../../bundle.ts'
import { HotpassError } from '../../error.ts'
import { digestBytes } from '../../hash.ts'
import type { Digest } from '../../types.ts'
import { nodeDisk, syncFolder, type Disk } from './disk.ts'
import { rootedDisk } from './fault.ts'
import { jsonBytes } from './json-file.ts'
import { attemptFolder, LEDGER, objectPath } from './layout.ts'
import type { FolderStore } from './store.ts'

export interface BundleOptions {
  /** Pack this attempt alone; otherwise all that were acknowledged. */
  readonly attempt?: number
  /** Put the file in place of one that is there. */
  readonly replace?: boolean
  readonly disk?: Disk
}

export interface BundleSummary {
  /** Absolute. */
  readonly path: string
  readonly run_id: string
  readonly attempts: readonly number[]
  readonly objects: number
  /** Of the file. */
  readonly bytes: number
  readonly hash: Digest
  /** Hash of the ledger's line of the last attempt that is packed: for doctor's --expect-head. */
  readonly head: Digest
}

/**
 * Writes the bundle of a run; the file is there whole or not at all. The same attempts give the same bytes. It holds
 * the inputs and outputs, so nobody else may read it. Throws E_STORE_MISSING, E_STORE_DAMAGED,
 * E_OUTPUT_UNWRITABLE when the file is there already, E_DISK_FULL, E_IO.
 */
export async function packBundle(store: FolderStore, runId: string, target: string, options: BundleOptions = {}): Promise<BundleSummary> {
  const lines = store.lines().filter(line => line.run_id === runId && (options.attempt === undefined || line.attempt === options.attempt))
  const last = lines.at(-1)
  if (last === undefined) throw new HotpassError('E_STORE_MISSING', `${options.attempt === undefined ? '' : `attempt ${options.attempt} of `}${runId} is not in the store`, { hint: 'hotpass runs list shows what is' })

  const small = new Map<string, Uint8Array>([[LEDGER, Buffer.concat(lines.map(line => jsonBytes({ ...line })))]])
  const objects = new Map<Digest, number>()
  for (const line of lines) {
    const { manifest, files } = store.attemptFiles(runId, line.attempt)
    for (const { file, bytes } of files) small.set(`${attemptFolder(runId, line.attempt)}/${file}`, bytes)
    for (const object of manifest.objects) objects.set(object.hash, object.bytes)
  }
  const files: BundleFile[] = [
    ...[...small].map(([name, bytes]) => ({ name, hash: digestBytes(bytes), bytes: bytes.length })),
    ...[...objects].map(([hash, bytes]) => ({ name: objectPath(hash), hash, bytes }))
  ].sort((a, b) => (a.name < b.name ? -1 : 1))

  const path = resolve(target)
  const disk = rootedDisk(options.disk ?? nodeDisk, '')
  assertFree(disk, path, options.replace === true)
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`)
  const hash = createHash('sha256')
  let written = 0
  const fd = disk.openNew(temporary)
  try {
    try {
      const write = (bytes: Uint8Array): void => {
        hash.update(bytes)
        disk.write(fd, bytes)
        written += bytes.length
      }
      const add = (name: string, bytes: Uint8Array): void => {
        write(tarHeader(name, bytes.length))
        write(bytes)
        write(new Uint8Array(paddingAfter(bytes.length)))
      }
      add(INDEX_NAME, indexBytes({ run_id: runId, head: last.hash, files }))
      for (const file of files) add(file.name, small.get(file.name) ?? store.get(file.hash))
      write(new Uint8Array(END_BYTES))
      await disk.sync(fd)
    } finally {
      disk.close(fd)
    }
    if (options.replace === true) disk.rename(temporary, path)
    else if (!disk.link(temporary, path)) {
      throw takenBy(path)
    }
    await syncFolder(disk, dirname(path))
  } finally {
    disk.unlink(temporary)
  }
  return { path, run_id: runId, attempts: lines.map(line => line.attempt), objects: objects.size, bytes: written, hash: hash.digest('hex'), head: last.hash }
}

function takenBy(path: string): HotpassError {
  return new HotpassError('E_OUTPUT_UNWRITABLE', `${path} is there already`, { place: { file: path }, hint: 'choose another name, or replace it with --force' })
}

/** Refuses a place that no file can be put in, before anything is written. */
function assertFree(disk: Disk, path: string, replace: boolean): void {
  const folder = dirname(path)
  const kind = disk.stat(folder)?.type
  if (kind === undefined || kind === 'file') throw new HotpassError('E_OUTPUT_UNWRITABLE', `there is no folder ${folder}`, { place: { file: folder }, hint: 'make it, or choose another place with --output-path' })
  const type = disk.stat(path)?.type
  if (type === 'folder') throw new HotpassError('E_OUTPUT_UNWRITABLE', `${path} is a folder`, { place: { file: path }, hint: 'add a name for the file' })
  if (type !== undefined && !replace) throw takenBy(path)
}

/** Bytes that an archive of these files has, all told. */
export function archiveBytes(index: number, files: readonly BundleFile[]): number {
  return [index, ...files.map(file => file.bytes)].reduce((sum, bytes) => sum + BLOCK + bytes + paddingAfter(bytes), END_BYTES)
}
