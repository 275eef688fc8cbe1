/** The store in a folder. What the port promises is said in kernel/store.ts; this is the one place that keeps it. */
import { resolve } from 'node:path'
import { HotpassError } from '../../error.ts'
import { digestBytes } from '../../hash.ts'
import type { ActionEntry, AttemptEntry, Store } from '../../store.ts'
import type { Digest, JsonObject } from '../../types.ts'
import { acknowledgeAttempt } from './acknowledge.ts'
import { actionBytes, actionIn } from './action.ts'
import { nodeDisk, type Disk } from './disk.ts'
import { rootedDisk } from './fault.ts'
import { assertFormat, createStoreFolder } from './format.ts'
import { objectIn } from './json-file.ts'
import { actionPath, attemptFolder, isDigest, MANIFEST, objectPath } from './layout.ts'
import { assertLedger, openLedger } from './ledger-file.ts'
import type { LedgerLine } from './ledger.ts'
import { LOCK_TIMES, uniqueName, type LockTimes } from './lock.ts'
import { manifestIn, type Manifest } from './manifest.ts'
import { thisProcess, type Owner } from './owner.ts'
import { createPending } from './pending.ts'

export interface StoreOptions {
  /** Refuses to write, and to make a store that is not there. */
  readonly readOnly?: boolean
  readonly disk?: Disk
  readonly owner?: Owner
  readonly lockTimes?: LockTimes
  /** Bytes from which a file is written while the caller goes on. */
  readonly large?: number
}

/** One attempt as it lies in the store, for what copies it as it is. */
export interface AttemptFiles {
  readonly line: LedgerLine
  readonly manifest: Manifest
  /** The manifest and the records, by file name. */
  readonly files: readonly { readonly file: string; readonly bytes: Uint8Array }[]
}

export interface FolderStore extends Store {
  /** Ledger lines, in order. Throws E_STORE_DAMAGED. */
  lines(): readonly LedgerLine[]
  /** Throws E_STORE_MISSING or E_STORE_DAMAGED. */
  attemptFiles(runId: string, attempt: number): AttemptFiles
}

const DOCTOR = 'run hotpass doctor --full to see what is damaged'

/**
 * Opens the store in a folder, and makes it when it is not there. Throws E_STORE_MISSING (read-only),
 * E_STORE_FORMAT, E_STORE_DAMAGED, E_PATH_ESCAPE when the folder is a link, E_OUTPUT_UNWRITABLE, E_DISK_FULL, E_IO.
 */
export function openStore(folder: string, options: StoreOptions = {}): FolderStore {
  const root = resolve(folder)
  const bare = options.disk ?? nodeDisk
  const disk = rootedDisk(bare, root)
  const owner = options.owner ?? thisProcess()
  const nameNew = (): string => uniqueName(owner)
  const readOnly = options.readOnly === true
  if (!assertFormat(disk, root)) {
    if (readOnly) throw new HotpassError('E_STORE_MISSING', `there is no store at ${root}`, { place: { file: root }, hint: 'run hotpass run first, or name the folder of the store' })
    createStoreFolder(rootedDisk(bare, ''), disk, root, nameNew())
  }
  const ledger = openLedger(disk, root)
  const pending = createPending(disk, nameNew, options.large)
  /** Hashed in this process and found right. */
  const verified = new Set<Digest>()
  /** Since the last attempt was acknowledged. */
  const actions = new Set<Digest>()
  let broken: unknown
  let queue: Promise<unknown> = Promise.resolve()

  function assertWritable(): void {
    if (readOnly) throw new HotpassError('E_OUTPUT_UNWRITABLE', `the store at ${root} was opened for reading only`, { hint: 'please report this' })
    if (broken !== undefined) throw broken
  }

  /** One after the other; and after a failure nothing more, because what the disk then holds is unknown. */
  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(async () => {
      assertWritable()
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof HotpassError && (error.code === 'E_STORE_DAMAGED' || error.code === 'E_STORE_MISSING'))) broken = error
        throw error
      }
    })
    queue = result.catch(() => undefined)
    return result
  }

  const lines = (): readonly LedgerLine[] => assertLedger(ledger.read(), root).lines

  function attemptFiles(runId: string, attempt: number): AttemptFiles {
    const line = lines().find(entry => entry.run_id === runId && entry.attempt === attempt)
    if (line === undefined) throw new HotpassError('E_STORE_MISSING', `attempt ${attempt} of ${runId} is not in the store`, { hint: 'hotpass runs list shows what is' })
    const where = attemptFolder(runId, attempt)
    const whole = (file: string, hash: Digest): Uint8Array => {
      const bytes = disk.read(`${where}/${file}`)
      const place = { file: `${root}/${where}/${file}` }
      const details = { path: `${where}/${file}`, runs: [runId] }
      if (bytes === undefined) throw new HotpassError('E_STORE_MISSING', `${where}/${file} is missing from the store`, { place, hint: DOCTOR, details })
      if (digestBytes(bytes) !== hash) throw new HotpassError('E_STORE_DAMAGED', `${where}/${file} is damaged: the ledger has another hash for it`, { place, hint: DOCTOR, details })
      return bytes
    }
    const manifestFile = { file: MANIFEST, bytes: whole(MANIFEST, line.manifest) }
    const manifest = manifestIn(manifestFile.bytes)
    if (manifest === undefined) throw new HotpassError('E_STORE_DAMAGED', `${where}/${MANIFEST} is not a manifest`, { hint: DOCTOR, details: { runs: [runId] } })
    return { line, manifest, files: [manifestFile, ...manifest.records.map(record => ({ file: record.file, bytes: whole(record.file, record.hash) }))] }
  }

  function runsNaming(hash: Digest): readonly string[] {
    const runs = ledger.read().lines.filter(line => {
      const bytes = disk.read(`${attemptFolder(line.run_id, line.attempt)}/${MANIFEST}`)
      return bytes !== undefined && manifestIn(bytes)?.objects.some(object => object.hash === hash) === true
    })
    return [...new Set(runs.map(line => line.run_id))]
  }

  function objectFault(code: 'E_STORE_MISSING' | 'E_STORE_DAMAGED', hash: Digest): HotpassError {
    const runs = isDigest(hash) ? runsNaming(hash) : []
    const what = code === 'E_STORE_MISSING' ? 'is missing from the store' : 'is damaged: its bytes have another hash'
    const touched = runs.length === 0 ? '' : `; it is part of ${runs.join(', ')}`
    return new HotpassError(code, `object ${hash} ${what}${touched}`, { place: isDigest(hash) ? { file: `${root}/${objectPath(hash)}` } : {}, hint: DOCTOR, details: { object: hash, runs } })
  }

  const read = (path: string): Uint8Array | undefined => pending.unwritten(path)?.slice() ?? disk.read(pending.find(path) ?? path)
  const readObject = (hash: Digest): Uint8Array | undefined => read(objectPath(hash))

  function isWhole(hash: Digest): boolean {
    if (verified.has(hash)) return has(hash)
    const bytes = readObject(hash)
    if (bytes === undefined || digestBytes(bytes) !== hash) return false
    verified.add(hash)
    return true
  }

  function has(hash: Digest): boolean {
    return isDigest(hash) && (pending.find(objectPath(hash)) !== undefined || disk.stat(objectPath(hash))?.type === 'file')
  }

  /** Writes a file unless it stands there with just these bytes; what stands there with others is kept aside. */
  function putFile(path: string, bytes: Uint8Array, isDamaged: (bytes: Uint8Array) => boolean): void {
    const stat = disk.stat(path)
    const present = stat?.type === 'file' ? disk.read(path) : undefined
    if (present !== undefined && Buffer.compare(present, bytes) === 0) pending.note(path)
    else pending.add(path, bytes, stat !== undefined && (present === undefined || isDamaged(present)))
  }

  return {
    location: root,
    has,
    get(hash) {
      const bytes = isDigest(hash) ? readObject(hash) : undefined
      if (bytes === undefined) throw objectFault('E_STORE_MISSING', hash)
      if (digestBytes(bytes) !== hash) throw objectFault('E_STORE_DAMAGED', hash)
      return bytes
    },
    put(bytes) {
      assertWritable()
      const hash = digestBytes(bytes)
      if (pending.find(objectPath(hash)) === undefined && !(verified.has(hash) && has(hash))) putFile(objectPath(hash), bytes, () => true)
      verified.add(hash)
      return hash
    },
    flush: () => enqueue(() => pending.flush()),
    findAction(key) {
      if (!isDigest(key)) return undefined
      const bytes = read(actionPath(key))
      const entry = bytes === undefined ? undefined : actionIn(bytes, key)
      if (entry === undefined || !Object.values(entry.outputs).every(output => isWhole(output.hash))) return undefined
      actions.add(key)
      return entry
    },
    putAction(entry: ActionEntry) {
      assertWritable()
      if (!isDigest(entry.key)) throw new HotpassError('E_INTERNAL', 'an action without a digest as its key', { hint: 'please report this' })
      putFile(actionPath(entry.key), actionBytes(entry), present => actionIn(present, entry.key) === undefined)
      actions.add(entry.key)
    },
    acknowledge: (runId, recordHash, outcome, records) =>
      enqueue(async () => {
        await pending.flush()
        const used = [...actions].sort()
        const entry = await acknowledgeAttempt({ disk, bare, root, owner, ledger, pending, nameNew, lockTimes: options.lockTimes ?? LOCK_TIMES }, { runId, recordHash, outcome, records, actions: used })
        for (const key of used) actions.delete(key)
        return entry
      }),
    attempts: () => lines().map(({ sequence, run_id, attempt, record_hash, outcome }): AttemptEntry => ({ sequence, run_id, attempt, record_hash, outcome })),
    records(runId, attempt) {
      const { manifest, files } = attemptFiles(runId, attempt)
      const bytesOf = new Map(files.map(file => [file.file, file.bytes]))
      return manifest.records.map(({ file, name }) => {
        const record: JsonObject | undefined = objectIn(bytesOf.get(file)!)
        if (record === undefined) throw new HotpassError('E_STORE_DAMAGED', `${file} of ${runId} is not a record`, { hint: DOCTOR, details: { runs: [runId] } })
        return { name, record }
      })
    },
    head: () => assertLedger(ledger.read(), root).head,
    close: () => pending.drop(),
    lines,
    attemptFiles
  }
}
