/** The alarm: an attempt that gives other outputs than an earlier attempt of the same run. */
import { HotpassError } from '../error.ts'
import { openStep } from '../record/seal.ts'
import type { StepRecord } from '../record/types.ts'
import type { AttemptEntry, Store } from '../store.ts'
import type { ArtifactRef, Digest } from '../types.ts'
import { alteredIn } from './circumstance.ts'
import { differences, tellPlace } from './differ.ts'
import type { CodecSource } from './types.ts'

const FINISHED: ReadonlySet<string> = new Set(['succeeded', 'degraded', 'breached'])

/** An earlier attempt, by step. */
type Steps = ReadonlyMap<string, StepRecord>

/**
 * The attempt that others are measured by: the first that finished, else the first that got anywhere. One that a
 * modified package made is no measure. Throws when records cannot be read.
 */
function referenceAttempt(store: Store, attempts: readonly AttemptEntry[]): { readonly entry: AttemptEntry; readonly steps: Steps } | undefined {
  const inTurn = [...attempts.filter(({ outcome }) => FINISHED.has(outcome)), ...attempts.filter(({ outcome }) => outcome === 'failed')]
  for (const entry of inTurn) {
    const steps = new Map(store.records(entry.run_id, entry.attempt).filter(({ name }) => name !== 'run').map(({ name, record }) => [name, openStep(record, name)]))
    if ([...steps.values()].every(step => alteredIn(step).length === 0)) return { entry, steps }
  }
  return undefined
}

/**
 * Compares the outputs of the steps that this attempt and the earlier one that it is measured by both finished, in plan
 * order. Returns the error that names operator and place (E_ATTEMPT_DIFFERS), or undefined. Throws when the earlier
 * attempt's records cannot be read.
 */
export function attemptDiffers(store: Store, attempts: readonly AttemptEntry[], records: readonly (StepRecord | undefined)[], codecs: CodecSource): HotpassError | undefined {
  const reference = referenceAttempt(store, attempts)
  if (reference === undefined) return undefined
  const { entry: earlier, steps: before } = reference
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
        hint: hintFor(old, record),
        details: { step: record.identity.step, operator_id: record.identity.operator_id, slot, before: was?.hash ?? null, after: is?.hash ?? null, place }
      })
    }
  }
  return undefined
}

/** What to do about it depends on whose code it was, and on whether it ran at all. */
function hintFor(old: StepRecord, fresh: StepRecord): string {
  const altered = alteredIn(fresh)
  if (altered.length > 0) return `the installed package was modified (${altered.join(', ')}): install hotpass again, then run the same command; nothing of this attempt stays in the cache`
  if (old.identity.implementation !== fresh.identity.implementation) return "the operator's code is not the one that ran before, and its version is the same: use the version of hotpass that made the earlier attempt, or raise the operator's version"
  if (fresh.observed.cache === 'hit') return 'the same code was recorded, and this result came from the cache: run again with --no-cache, which computes it anew and mends the cache'
  return 'the same code gave other bytes: look for entropy in the operator, or for a package in node_modules that was modified; hotpass replay tells which result it gives now'
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
