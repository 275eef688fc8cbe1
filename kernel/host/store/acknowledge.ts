/** The last steps of a run: its records, the ledger's line, its head; each durable before the next begins. */
import { dirname } from 'node:path'
import { HotpassError } from '../../error.ts'
import { digestBytes } from '../../hash.ts'
import type { AttemptEntry, StoredRecord } from '../../store.ts'
import type { Digest } from '../../types.ts'
import { syncFolder, writeSynced, type Disk } from './disk.ts'
import { faultOf } from './fault.ts'
import { actionPath, attemptFolder, isDigest, isRunId, MANIFEST, objectPath, RUNS, runFolder, TMP } from './layout.ts'
import { removeTree } from './leftovers.ts'
import type { LedgerFile } from './ledger-file.ts'
import { lineAfter } from './ledger.ts'
import { withLock, type LockTimes } from './lock.ts'
import { digestsIn, manifestBytes, manifestRecord, MANIFEST_SCHEMA, objectsNeeded, recordFiles, type Manifest, type RecordFile } from './manifest.ts'
import type { Owner } from './owner.ts'
import type { Pending } from './pending.ts'

export interface Acknowledger {
  /** Rooted in the store. */
  readonly disk: Disk
  readonly bare: Disk
  readonly root: string
  readonly owner: Owner
  readonly ledger: LedgerFile
  readonly pending: Pending
  readonly nameNew: () => string
  readonly lockTimes: LockTimes
}

export interface Attempt {
  readonly runId: string
  readonly recordHash: Digest
  readonly outcome: string
  readonly records: readonly StoredRecord[]
  readonly actions: readonly Digest[]
}

/** Outcomes of a run that went through: all that its records name has been put by then. */
const WENT_THROUGH = new Set(['succeeded', 'degraded', 'breached'])

function manifestOf(disk: Disk, attempt: Attempt, files: readonly RecordFile[]): Manifest {
  const digests = new Set<Digest>()
  for (const { record } of attempt.records) digestsIn(record, digests)
  const objects = [...digests].sort().flatMap(hash => {
    const stat = disk.stat(objectPath(hash))
    return stat?.type === 'file' ? [{ hash, bytes: stat.size }] : []
  })
  const present = new Set(objects.map(object => object.hash))
  if (WENT_THROUGH.has(attempt.outcome)) {
    for (const record of attempt.records) {
      const absent = objectsNeeded(record).find(hash => !present.has(hash))
      if (absent !== undefined) throw new HotpassError('E_STORE_MISSING', `the record of ${record.name} names object ${absent}, which is not in the store`, { hint: 'run the same command again; if it fails again, please report this', details: { object: absent } })
    }
  }
  const actions = attempt.actions.filter(key => disk.stat(actionPath(key))?.type === 'file')
  return { schema: MANIFEST_SCHEMA, run_id: attempt.runId, records: files.map(manifestRecord), objects, actions }
}

/** Writes the attempt's folder under tmp/, durable but for its name there. */
async function stage(disk: Disk, folder: string, files: readonly { file: string; bytes: Uint8Array }[]): Promise<void> {
  disk.makeFolder(folder)
  const batch = 8
  for (let at = 0; at < files.length; at += batch) {
    const results = await Promise.allSettled(files.slice(at, at + batch).map(({ file, bytes }) => writeSynced(disk, `${folder}/${file}`, bytes)))
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }
  await syncFolder(disk, folder)
}

/**
 * Acknowledges an attempt whose objects are in place. Throws E_STORE_MISSING when a record names an object that is
 * not, E_STORE_DAMAGED when the ledger cannot be continued, E_DISK_FULL, E_IO.
 */
export async function acknowledgeAttempt(store: Acknowledger, attempt: Attempt): Promise<AttemptEntry> {
  const { disk, owner, ledger, pending, nameNew } = store
  if (!isRunId(attempt.runId) || !isDigest(attempt.recordHash)) throw new HotpassError('E_INTERNAL', 'a run without a valid id or record hash', { hint: 'please report this' })
  const files = recordFiles(attempt.records)
  const manifest = manifestOf(disk, attempt, files)
  const bytes = manifestBytes(manifest)
  const staged = `${TMP}/${nameNew()}`
  try {
    await stage(disk, staged, [{ file: MANIFEST, bytes }, ...files])
    // An object that another process put may be in place but not yet durable there.
    await pending.settle([...manifest.objects.map(object => objectPath(object.hash)), ...manifest.actions.map(actionPath)])
    await syncParent(store)
    return await withLock(disk, owner, 'ledger', `${TMP}/${nameNew()}`, async () => {
      const state = await ledger.settle(`${TMP}/${nameNew()}`)
      const number = 1 + Math.max(0, ...state.lines.filter(line => line.run_id === attempt.runId).map(line => line.attempt))
      await publish(store, staged, attempt.runId, number)
      const { line, bytes: text } = lineAfter(state, { run_id: attempt.runId, attempt: number, record_hash: attempt.recordHash, outcome: attempt.outcome, manifest: digestBytes(bytes) })
      await ledger.append(line, text, state, `${TMP}/${nameNew()}`)
      return { sequence: line.sequence, run_id: line.run_id, attempt: number, record_hash: line.record_hash, outcome: line.outcome }
    }, store.lockTimes)
  } catch (error) {
    try {
      removeTree(disk, staged)
    } catch {}
    throw error
  }
}

/** The store itself may be new, and made by a process that has not got to this step. */
async function syncParent({ bare, root }: Acknowledger): Promise<void> {
  const parent = dirname(root)
  try {
    await syncFolder(bare, parent)
  } catch (error) {
    // A parent that may be entered but not listed cannot be opened; its maker has synced it or cannot either.
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw faultOf(error, 'syncing', parent)
  }
}

/** Puts the staged folder in its place; a folder that a killed process left there gives way. */
async function publish({ disk, nameNew }: Acknowledger, staged: string, runId: string, number: number): Promise<void> {
  const target = attemptFolder(runId, number)
  disk.makeFolder(runFolder(runId))
  if (disk.stat(target) !== undefined) {
    const aside = `${TMP}/${nameNew()}`
    disk.rename(target, aside)
    removeTree(disk, aside)
  }
  disk.rename(staged, target)
  await syncFolder(disk, runFolder(runId))
  await syncFolder(disk, RUNS)
}
