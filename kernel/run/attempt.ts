/** The alarm: an attempt that gives other outputs than an earlier attempt of the same run. */
import { HotpassError } from '../error.ts'
import { openStep } from '../record/seal.ts'
import type { StepRecord } from '../record/types.ts'
import type { AttemptEntry, Store } from '../store.ts'
import type { ArtifactRef, Digest } from '../types.ts'
import { differences, tellPlace } from './differ.ts'
import type { CodecSource } from './types.ts'

const FINISHED: ReadonlySet<string> = new Set(['succeeded', 'degraded', 'breached'])

/** The attempt that others are measured by: the first that finished, else the first that got anywhere. */
export function referenceAttempt(attempts: readonly AttemptEntry[]): AttemptEntry | undefined {
  return attempts.find(({ outcome }) => FINISHED.has(outcome)) ?? attempts.find(({ outcome }) => outcome === 'failed')
}

/**
 * Compares the outputs of the steps that both attempts finished, in plan order. Returns the error that names operator
 * and place (E_ATTEMPT_DIFFERS), or undefined. Throws when the earlier attempt's records cannot be read.
 */
export function attemptDiffers(store: Store, earlier: AttemptEntry, records: readonly (StepRecord | undefined)[], codecs: CodecSource): HotpassError | undefined {
  const before = new Map(store.records(earlier.run_id, earlier.attempt).filter(({ name }) => name !== 'run').map(({ name, record }) => [name, openStep(record, name)]))
  for (const record of records) {
    const old = record === undefined ? undefined : before.get(record.identity.step)
    if (record === undefined || old === undefined || old.identity.outcome === 'failed' || record.identity.outcome === 'failed') continue
    const slots = new Set([...old.identity.output_refs, ...record.identity.output_refs].map(({ slot }) => slot))
    for (const slot of slots) {
      const was = refOf(old, slot)
      const is = refOf(record, slot)
      if (was?.hash === is?.hash) continue
      const place = was === undefined || is === undefined ? `output ${slot}` : firstPlace(store, was, is, codecs)
      return new HotpassError('E_ATTEMPT_DIFFERS', `${record.identity.operator_id} at step ${record.identity.step} gave another result than attempt ${earlier.attempt} of ${earlier.run_id}: ${place}`, {
        hint: old.identity.implementation === record.identity.implementation ? 'the same code gave other bytes: look for entropy in the operator' : "the operator's code changed: raise its version, then run again",
        details: { step: record.identity.step, operator_id: record.identity.operator_id, slot, before: was?.hash ?? null, after: is?.hash ?? null, place }
      })
    }
  }
  return undefined
}

function refOf(record: StepRecord, slot: string): ArtifactRef | undefined {
  return record.identity.output_refs.find(ref => ref.slot === slot)
}

function firstPlace(store: Store, before: ArtifactRef, after: ArtifactRef, codecs: CodecSource): string {
  const read = (hash: Digest): Uint8Array | undefined => (store.has(hash) ? store.get(hash) : undefined)
  const old = read(before.hash)
  const fresh = read(after.hash)
  if (old === undefined || fresh === undefined) return 'the earlier result is no longer in the store'
  const first = differences(codecs.get(before.kind), old, fresh, 1)[0]
  return first === undefined ? 'the bytes' : tellPlace(first)
}
