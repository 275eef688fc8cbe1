/** A bundle as a store that can only be read. Nothing in it is believed before all of it was checked. */
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { resolve } from 'node:path'
import { BLOCK, END_BYTES, INDEX_NAME, indexIn, MAX_INDEX_BYTES, nameInHeader, paddingAfter, refuseName, sizeInHeader, tarHeader, type BundleFile, type BundleIndex } from '../../bundle.ts'
import { HotpassError } from '../../error.ts'
import { digestBytes } from '../../hash.ts'
import type { AttemptEntry, Store } from '../../store.ts'
import type { Digest } from '../../types.ts'
import { archiveBytes } from './bundle.ts'
import { faultOf } from './fault.ts'
import { objectIn } from './json-file.ts'
import { attemptFolder, isDigest, LEDGER, MANIFEST, objectPath } from './layout.ts'
import { lineIn, type LedgerLine } from './ledger.ts'
import { manifestIn, type Manifest } from './manifest.ts'

export interface BundleStore extends Store {
  /** The one run in it. */
  readonly runId: string
}

/** Bytes read at a time. */
const CHUNK = 1 << 20

const damaged = (what: string): HotpassError => new HotpassError('E_STORE_DAMAGED', `the bundle is damaged: ${what}`, { hint: 'get the file again from where it was made' })
const isZero = (bytes: Uint8Array): boolean => bytes.every(byte => byte === 0)

/** Reads exactly so many bytes of a file. */
type Reader = (position: number, length: number) => Uint8Array

interface Archive {
  readonly index: BundleIndex
  /** Where each file's bytes begin. */
  readonly positions: ReadonlyMap<string, number>
}

/** Compares every byte of the archive with what its index says must be there. */
function checkArchive(read: Reader, size: number): Archive {
  // A bundle that lost its end or a bit still has its name or its magic; a file that has neither never was one.
  const start = Buffer.from(read(0, Math.min(size, BLOCK)))
  const name = Buffer.from(`${INDEX_NAME}\0`).subarray(0, start.length)
  if (!start.subarray(0, name.length).equals(name) && start.subarray(257, 262).toString('latin1') !== 'ustar') {
    throw new HotpassError('E_STORE_FORMAT', 'the file is no bundle', { hint: 'hotpass bundle makes one; a run is named by its id, its beginning or latest' })
  }
  if (size < 2 * BLOCK + END_BYTES || size % BLOCK !== 0) throw damaged('it is cut short')
  const header = (name: string, bytes: number, position: number): void => {
    const found = read(position, BLOCK)
    if (Buffer.compare(found, tarHeader(name, bytes)) === 0) return
    const its = nameInHeader(found)
    if (its !== name) refuseName(its)
    throw damaged(`the header of ${name} is not as it was written`)
  }
  const first = read(0, BLOCK)
  const length = sizeInHeader(first)
  if (length === undefined || length > MAX_INDEX_BYTES || length > size - BLOCK - END_BYTES) throw damaged('it does not begin with an index')
  header(INDEX_NAME, length, 0)
  const index = indexIn(read(BLOCK, length))
  if (archiveBytes(length, index.files) !== size) throw damaged('its size is not that of the files it names')
  const positions = new Map<string, number>()
  let at = BLOCK + length
  const pad = (bytes: number): void => {
    if (!isZero(read(at, paddingAfter(bytes)))) throw damaged('there is something between its files')
    at += paddingAfter(bytes)
  }
  pad(length)
  for (const { name, hash, bytes } of index.files) {
    header(name, bytes, at)
    at += BLOCK
    positions.set(name, at)
    const digest = createHash('sha256')
    for (let done = 0; done < bytes; done += CHUNK) digest.update(read(at + done, Math.min(CHUNK, bytes - done)))
    if (digest.digest('hex') !== hash) throw damaged(`${name} has another hash`)
    at += bytes
    pad(bytes)
  }
  if (!isZero(read(at, END_BYTES))) throw damaged('there is something behind its last file')
  return { index, positions }
}

interface Content {
  readonly lines: readonly LedgerLine[]
  readonly manifests: ReadonlyMap<number, Manifest>
}

/** Checks that the files are those of one run's attempts: none is missing, none is there that no record names. */
function checkContent({ index }: Archive, contentOf: (name: string) => Uint8Array): Content {
  const files = new Map(index.files.map(file => [file.name, file]))
  const unused = new Set(files.keys())
  const need = (name: string, hash?: Digest): BundleFile => {
    const file = files.get(name)
    if (file === undefined) throw damaged(`${name} is missing`)
    if (hash !== undefined && file.hash !== hash) throw damaged(`${name} is not the file that the ledger vouches for`)
    unused.delete(name)
    return file
  }
  need(LEDGER)
  const lines: LedgerLine[] = []
  const ledger = contentOf(LEDGER)
  for (let start = 0; start < ledger.length; ) {
    const end = ledger.indexOf(10, start)
    const line = end === -1 ? undefined : lineIn(ledger.subarray(start, end + 1))
    if (line === undefined || line.run_id !== index.run_id || line.sequence <= (lines.at(-1)?.sequence ?? 0)) throw damaged('a line of its ledger is not whole')
    lines.push(line)
    start = end + 1
  }
  if (lines.at(-1)?.hash !== index.head) throw damaged('its ledger does not end at its head')
  const manifests = new Map<number, Manifest>()
  for (const line of lines) {
    const folder = attemptFolder(line.run_id, line.attempt)
    need(`${folder}/${MANIFEST}`, line.manifest)
    const manifest = manifestIn(contentOf(`${folder}/${MANIFEST}`))
    if (manifest?.run_id !== line.run_id || manifests.has(line.attempt)) throw damaged('a manifest is not that of its attempt')
    manifests.set(line.attempt, manifest)
    for (const { file, hash } of manifest.records) need(`${folder}/${file}`, hash)
    for (const { hash } of manifest.objects) need(objectPath(hash))
  }
  const [extra] = unused
  if (extra !== undefined) throw damaged(`${extra} belongs to no record`)
  return { lines, manifests }
}

/** Checks all of an archive; `close` is called when it is refused. */
function openArchive(path: string, read: Reader, size: number, close: () => void): BundleStore {
  try {
    const archive = checkArchive(read, size)
    const files = new Map(archive.index.files.map(entry => [entry.name, entry]))
    const contentOf = (name: string): Uint8Array => {
      const entry = files.get(name)
      if (entry === undefined) throw new HotpassError('E_STORE_MISSING', `${name} is not in the bundle`, { place: { file: path }, hint: 'the bundle holds one run; hotpass bundle packs another' })
      const bytes = read(archive.positions.get(name)!, entry.bytes)
      // The file may have been changed since it was checked.
      if (digestBytes(bytes) !== entry.hash) throw damaged(`${name} has another hash`)
      return bytes
    }
    return storeOf(path, archive, checkContent(archive, contentOf), contentOf, close)
  } catch (error) {
    close()
    throw error
  }
}

/** The same for a bundle in memory. */
export function openBundleBytes(bytes: Uint8Array): BundleStore {
  return openArchive('bundle', (position, length) => bytes.subarray(position, position + length), bytes.length, () => {})
}

/**
 * Opens a bundle and checks all of it. Memory is bounded whatever the file says: an index of 16 MiB and a record of
 * 64 MiB at the most; objects are hashed piece by piece. Throws E_STORE_MISSING when there is no such file,
 * E_STORE_DAMAGED, E_STORE_FORMAT, E_PATH_ESCAPE, E_INPUT_UNREADABLE, E_IO.
 */
export function openBundle(file: string): BundleStore {
  const path = resolve(file)
  const attempt = <T>(call: () => T): T => {
    try {
      return call()
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new HotpassError('E_STORE_MISSING', `there is no bundle at ${path}`, { place: { file: path }, hint: 'hotpass bundle makes one' }) : faultOf(error, 'reading', path)
    }
  }
  const fd = attempt(() => fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0)))
  const read: Reader = (position, length) => {
    const bytes = Buffer.allocUnsafe(length)
    for (let done = 0; done < length; ) {
      const count = attempt(() => fs.readSync(fd, bytes, done, length - done, position + done))
      if (count === 0) throw damaged('it is cut short')
      done += count
    }
    return bytes
  }
  const stat = attempt(() => fs.fstatSync(fd))
  try {
    return openArchive(path, read, stat.isFile() ? stat.size : 0, () => fs.closeSync(fd))
  } catch (error) {
    // What is wrong inside is told without the name that the file has here.
    if (!(error instanceof HotpassError) || error.place.file !== undefined) throw error
    throw new HotpassError(error.code, error.message, { place: { file: path }, hint: error.hint, details: error.details, cause: error })
  }
}

function storeOf(path: string, { index, positions }: Archive, { lines, manifests }: Content, contentOf: (name: string) => Uint8Array, close: () => void): BundleStore {
  const refuse = (): never => {
    throw new HotpassError('E_OUTPUT_UNWRITABLE', `the bundle ${path} can only be read`, { place: { file: path }, hint: 'please report this' })
  }
  let open = true
  return {
    runId: index.run_id,
    location: path,
    has: hash => isDigest(hash) && positions.has(objectPath(hash)),
    get: hash => contentOf(isDigest(hash) ? objectPath(hash) : 'objects'),
    put: refuse,
    flush: async () => {},
    findAction: () => undefined,
    putAction: refuse,
    acknowledge: async () => refuse(),
    attempts: () => lines.map(({ sequence, run_id, attempt, record_hash, outcome }): AttemptEntry => ({ sequence, run_id, attempt, record_hash, outcome })),
    records(runId, attempt) {
      const manifest = runId === index.run_id ? manifests.get(attempt) : undefined
      if (manifest === undefined) throw new HotpassError('E_STORE_MISSING', `attempt ${attempt} of ${runId} is not in the bundle`, { hint: 'the bundle holds one run; hotpass bundle packs another' })
      return manifest.records.map(({ file, name }) => {
        const record = objectIn(contentOf(`${attemptFolder(runId, attempt)}/${file}`))
        if (record === undefined) throw damaged(`${file} is not a record`)
        return { name, record }
      })
    },
    head: () => index.head,
    close() {
      if (open) close()
      open = false
    }
  }
}
