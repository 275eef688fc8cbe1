/** Recomputes a recorded run from its stored inputs and config, with the store closed for results, and compares. */
import { EXIT, HotpassError } from '../error.ts'
import { digestBytes } from '../hash.ts'
import { canonicalJson } from '../json.ts'
import type { Pipeline } from '../pipeline.ts'
import { openRun, openStep } from '../record/seal.ts'
import type { RunRecord, StepRecord } from '../record/types.ts'
import type { Store } from '../store.ts'
import type { Digest, Json, JsonObject } from '../types.ts'
import { alteredIn, isCircumstance } from './circumstance.ts'
import { differences } from './differ.ts'
import { wire, type WiredPlan } from './plan.ts'
import { finish } from './publication.ts'
import { runSteps, type StepsResult } from './steps.ts'
import type { ArtifactDifference, ReplayRequest, ReplayResult, ReplayVerdict, StepDifference } from './types.ts'

const FINISHED: ReadonlySet<string> = new Set(['succeeded', 'degraded', 'breached'])
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Parts of a step's identity that must come out the same. `implementation` may differ: only bytes are promised. */
const PARTS = ['run_id', 'operator_id', 'mode', 'config_hash', 'pins', 'input_refs', 'output_refs', 'notices', 'warnings', 'errors', 'best_effort', 'outcome'] as const

/** See `ReplayRun`. */
export async function replayRun(request: ReplayRequest): Promise<ReplayResult> {
  const { store, runId } = request
  const entries = store.attempts().filter(entry => entry.run_id === runId)
  const entry = request.attempt === undefined ? (entries.findLast(({ outcome }) => FINISHED.has(outcome)) ?? entries.at(-1)) : entries.find(({ attempt }) => attempt === request.attempt)
  if (entry === undefined) {
    throw new HotpassError('E_UNKNOWN_NAME', entries.length === 0 ? `there is no run ${runId} in the store` : `run ${runId} has no attempt ${request.attempt}`, { hint: 'hotpass runs list shows what there is' })
  }
  const stop = (verdict: ReplayVerdict, notes: readonly string[]): ReplayResult => ({
    run_id: runId, attempt: entry.attempt, verdict, exitCode: EXIT.integrity, operator_calls: 0, steps_compared: 0, differences: [], published: [], notes
  })

  let run: RunRecord
  const before = new Map<string, StepRecord>()
  try {
    const stored = store.records(runId, entry.attempt)
    const own = stored.find(({ name }) => name === 'run')
    if (own === undefined) throw new HotpassError('E_STORE_MISSING', `the record of ${runId} is missing`)
    run = openRun(own.record, 'run')
    if (run.record_hash !== entry.record_hash) throw new HotpassError('E_STORE_DAMAGED', `the record of ${runId} is not the one in the ledger`)
    for (const { name, record } of stored) if (name !== 'run') before.set(name, openStep(record, name))
    for (const { step, record_hash } of run.identity.steps) {
      if (record_hash !== null && before.get(step)?.record_hash !== record_hash) throw new HotpassError('E_STORE_DAMAGED', `the record of step ${step} is not the one that the run names`)
    }
  } catch (error) {
    return stop('record-damaged', [tell(error)])
  }
  const { identity } = run
  if (identity.outcome === 'refused') return stop('operator-unavailable', ['the run was refused before any operator ran, so there is nothing to compare'])

  const needed: readonly (readonly [name: string, hash: Digest])[] = [['the config', identity.config_hash], ...identity.input_refs.map(({ id, hash }): readonly [string, Digest] => [id, hash])]
  const missing: string[] = []
  const damaged: string[] = []
  for (const [name, hash] of needed) {
    if (!store.has(hash)) {
      missing.push(`${name} (object ${hash}) is missing`)
      continue
    }
    try {
      store.get(hash)
    } catch (error) {
      ;(error instanceof HotpassError && error.code === 'E_STORE_MISSING' ? missing : damaged).push(`${name} (object ${hash}): ${tell(error)}; it touches ${runsTouching(store, hash, runId).join(', ')}`)
    }
  }
  if (damaged.length > 0) return stop('input-damaged', [...damaged, ...missing])
  if (missing.length > 0) return stop('input-missing', missing)

  let wired: WiredPlan
  try {
    wired = await planOf(request.pipelines, run, store, request)
  } catch (error) {
    if (error instanceof HotpassError && error.code === 'E_UNKNOWN_NAME') return stop('operator-unavailable', [error.message])
    throw error
  }

  const recorded = new Map<Digest, number>()
  for (const record of before.values()) for (const { hash } of record.identity.output_refs) recorded.set(hash, 1)
  const closed = closedStore(store, new Set(needed.map(([, hash]) => hash)))
  const result = await runSteps({
    wired, inputs: identity.input_refs, runId, mode: identity.mode, pins: identity.pins, store: closed, lanes: request.lanes, host: request.host, codecs: request.codecs,
    workers: Math.max(1, request.workers ?? 1), attempt: entry.attempt, useCache: false, decodeAlways: true, signal: request.signal, onEvent: request.onEvent,
    // What is as recorded need not be kept to be shown.
    unused: ref => {
      if (recorded.has(ref.hash)) closed.drop(ref.hash)
    }
  })
  if (result.calls === 0) throw new HotpassError('E_INTERNAL', `replay of ${runId} ran no operator`)
  return compare(request, entry.attempt, run, before, wired, result, closed)
}

/** The pipeline's plan for the recorded inputs and config. Throws E_UNKNOWN_NAME when pipeline or operators of these versions are not there. */
async function planOf(pipelines: ReadonlyMap<string, Pipeline>, run: RunRecord, store: Store, request: ReplayRequest): Promise<WiredPlan> {
  const { identity } = run
  const pipeline = pipelines.get(identity.pipeline.id)
  if (pipeline === undefined) throw new HotpassError('E_UNKNOWN_NAME', `there is no pipeline ${identity.pipeline.id} here`)
  if (pipeline.version !== identity.pipeline.version) throw new HotpassError('E_UNKNOWN_NAME', `the run used pipeline ${pipeline.id}@${identity.pipeline.version}; here it is ${pipeline.version}`)
  const config = JSON.parse(decoder.decode(store.get(identity.config_hash))) as JsonObject
  const wired = await wire(pipeline, identity.input_refs, config, request.operators)
  const gone = identity.operators.filter(id => !wired.operatorIds.includes(id))
  if (gone.length > 0) {
    const here = gone.map(id => `${id} (here: ${wired.operatorIds.find(other => other.startsWith(`${id.split('@')[0]}@`)) ?? 'none'})`)
    throw new HotpassError('E_UNKNOWN_NAME', `the run used ${here.join(', ')}: use the version of hotpass that wrote it`)
  }
  return wired
}

function compare(request: ReplayRequest, attempt: number, run: RunRecord, before: ReadonlyMap<string, StepRecord>, wired: WiredPlan, result: StepsResult, closed: ClosedStore): ReplayResult {
  const { identity } = run
  const found: StepDifference[] = []
  const notes: string[] = []
  const changed = new Set<string>()
  const altered = new Set<string>()
  wired.steps.forEach(({ step, operatorId }, index) => {
    const old = before.get(step.id)
    const fresh = result.records[index]
    if (old === undefined && fresh === undefined) return
    if (old !== undefined && fresh !== undefined && old.identity.implementation !== fresh.identity.implementation) changed.add(operatorId)
    for (const file of fresh === undefined ? [] : alteredIn(fresh)) altered.add(file)
    const parts = old === undefined || fresh === undefined ? ['record'] : PARTS.filter(part => comparable(old, part) !== comparable(fresh, part))
    if (parts.length === 0) return
    found.push({ step: step.id, operator_id: operatorId, parts, artifacts: old === undefined || fresh === undefined ? [] : artifactsOf(request, old, fresh, closed) })
  })
  for (const { step } of identity.steps) {
    if (!wired.steps.some(wiredStep => wiredStep.step.id === step)) found.push({ step, operator_id: identity.steps.find(entry => entry.step === step)!.operator_id, parts: ['record'], artifacts: [] })
  }

  const published: { suffix: string; before: Digest | null; after: Digest | null }[] = []
  if (FINISHED.has(identity.outcome) && result.error === undefined) {
    const files = finish(wired.plan, result, identity.run_id)
    for (const suffix of new Set([...identity.published, ...files].map(file => file.suffix))) {
      const was = identity.published.find(file => file.suffix === suffix)?.hash ?? null
      const is = files.find(file => file.suffix === suffix)?.hash ?? null
      if (was !== is) published.push({ suffix, before: was, after: is })
    }
  }
  const damage = damageOf(request.store, identity.run_id, before)
  const verdict: ReplayVerdict = found.length > 0 || published.length > 0 ? 'differs' : damage.length > 0 ? 'result-damaged' : 'identical'
  notes.push(...damage)
  if (changed.size > 0) notes.push(`${[...changed].sort().join(', ')}: the code is not the one that ran${verdict === 'identical' ? ', and gave the same bytes' : ''}`)
  if (altered.size > 0) notes.push(`the installed package is not as built: ${[...altered].sort().join(', ')}; install hotpass again to replay with its own code`)
  if (!FINISHED.has(identity.outcome)) notes.push(`the recorded run ${identity.outcome}; what it did up to there was compared`)
  return {
    run_id: identity.run_id, attempt, verdict, exitCode: verdict === 'identical' ? EXIT.ok : EXIT.integrity, operator_calls: result.calls,
    steps_compared: result.records.filter(record => record !== undefined).length, differences: found, published, notes
  }
}

/** Results that the run's records name and whose stored bytes have changed, with the runs that this touches. */
function damageOf(store: Store, runId: string, records: ReadonlyMap<string, StepRecord>): string[] {
  const seen = new Set<Digest>()
  const damage: string[] = []
  for (const [step, { identity }] of records) {
    for (const { slot, hash } of identity.output_refs) {
      if (seen.has(hash)) continue
      seen.add(hash)
      // A result that was taken away proves nothing false; one whose bytes have changed does.
      if (!store.has(hash)) continue
      try {
        store.get(hash)
      } catch (error) {
        damage.push(`the stored result ${step}/${slot} (object ${hash}): ${tell(error)}; it touches ${runsTouching(store, hash, runId).join(', ')}`)
      }
    }
  }
  return damage
}

/** Runs whose records name an object, in code unit order. */
function runsTouching(store: Store, hash: Digest, runId: string): string[] {
  const runs = new Set([runId])
  for (const { run_id, attempt } of store.attempts()) {
    if (runs.has(run_id)) continue
    try {
      if (store.records(run_id, attempt).some(({ record }) => canonicalJson(record as Json).includes(hash))) runs.add(run_id)
    } catch {
      // Its own records are damaged: doctor tells that.
    }
  }
  return [...runs].sort()
}

function artifactsOf(request: ReplayRequest, old: StepRecord, fresh: StepRecord, closed: ClosedStore): readonly ArtifactDifference[] {
  const slots = [...new Set([...old.identity.output_refs, ...fresh.identity.output_refs].map(({ slot }) => slot))]
  return slots.flatMap(slot => {
    const was = old.identity.output_refs.find(ref => ref.slot === slot)
    const is = fresh.identity.output_refs.find(ref => ref.slot === slot)
    if (was?.hash === is?.hash) return []
    let cells: ArtifactDifference['cells'] = []
    const after = is === undefined ? undefined : closed.computed(is.hash)
    if (was !== undefined && after !== undefined) {
      try {
        cells = differences(request.codecs.get(was.kind), request.store.get(was.hash), after)
      } catch {
        // The recorded bytes are gone or damaged: the digests still tell them apart.
        cells = []
      }
    }
    return [{ slot, before: was?.hash ?? null, after: is?.hash ?? null, cells }]
  })
}

interface ClosedStore extends Pick<Store, 'get' | 'put' | 'findAction' | 'putAction'> {
  /** What this replay computed, if it was kept. */
  computed(hash: Digest): Uint8Array | undefined
  drop(hash: Digest): void
}

/** A store that knows the run's inputs and what the replay itself computes, and no earlier result. */
function closedStore(store: Store, open: ReadonlySet<Digest>): ClosedStore {
  const fresh = new Map<Digest, { readonly bytes: Uint8Array; uses: number }>()
  return {
    get(hash) {
      const own = fresh.get(hash)
      if (own !== undefined) return own.bytes
      if (open.has(hash)) return store.get(hash)
      throw new HotpassError('E_INTERNAL', `replay asked the store for a result: object ${hash}`)
    },
    put(bytes) {
      const hash = digestBytes(bytes)
      const own = fresh.get(hash)
      if (own === undefined) fresh.set(hash, { bytes, uses: 1 })
      else own.uses++
      return hash
    },
    findAction: () => undefined,
    putAction: () => {},
    computed: hash => fresh.get(hash)?.bytes,
    drop(hash) {
      const own = fresh.get(hash)
      if (own !== undefined && --own.uses === 0) fresh.delete(hash)
    }
  }
}

/** A part of a record as text, without what tells about the machine rather than the data. */
function comparable({ identity }: StepRecord, part: (typeof PARTS)[number]): string {
  const value = part === 'warnings' ? identity.warnings.filter(warning => !isCircumstance(warning)) : identity[part]
  return value === undefined ? '' : canonicalJson(value as unknown as Json)
}

function tell(error: unknown): string {
  return error instanceof HotpassError ? error.message : 'it cannot be read'
}

