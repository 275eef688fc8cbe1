/** Runs the steps of a wired plan: in order where one needs another, side by side where not, the same whatever the number of workers. */
import { HotpassError } from '../error.ts'
import { diagnosticOf, splitDiagnostics } from '../record/diagnostics.ts'
import { inputsVersion } from '../record/identity.ts'
import { sealStep } from '../record/seal.ts'
import { STEP_RECORD, type BestEffort, type StepOutcome, type StepRecord } from '../record/types.ts'
import type { ActionEntry, Store } from '../store.ts'
import type { ArtifactRef, Diagnostic, Entropy, Inputs, Json, JsonObject, Mode, Pins } from '../types.ts'
import { actionKey, type InputRefs } from './action.ts'
import { cacheDiffered, packageModified, sameResult } from './circumstance.ts'
import { judge, passesOver } from './gate.ts'
import { encodeOutputs } from './perform.ts'
import type { WiredPlan, WiredStep } from './plan.ts'
import type { CodecSource, JobInput, JobResult, Lanes, RunEvent, RunHost } from './types.ts'
import { createValues } from './values.ts'

/** Faults that are not the step's: nothing more can be done with this store. */
const FATAL: ReadonlySet<string> = new Set(['E_STORE_DAMAGED', 'E_STORE_MISSING', 'E_STORE_FORMAT', 'E_DISK_FULL', 'E_IO', 'E_RECORD_INVALID', 'E_INTERNAL'])

export interface StepsRequest {
  readonly wired: WiredPlan
  readonly inputs: readonly ArtifactRef[]
  readonly runId: string
  readonly mode: Mode
  readonly pins: Pins
  readonly store: Pick<Store, 'get' | 'put' | 'findAction' | 'putAction'>
  readonly lanes: Lanes
  readonly host: RunHost
  readonly codecs: CodecSource
  readonly workers: number
  readonly attempt: number
  readonly useCache: boolean
  /** true: every step decodes its inputs afresh, so that a step that changed its input in place is found out. */
  readonly decodeAlways: boolean
  /** Told of an output after its last use. */
  readonly unused?: (ref: ArtifactRef) => void
  readonly signal: AbortSignal | undefined
  readonly onEvent: ((event: RunEvent) => void) | undefined
}

export interface StepsResult {
  /** In plan order; undefined for a step that was skipped. */
  readonly records: readonly (StepRecord | undefined)[]
  /** Of the first step in plan order that failed. */
  readonly error: Error | undefined
  /** Operators that were run, not found in the cache. */
  readonly calls: number
  /** An output's reference, or undefined when the step did not get there. */
  output(step: string, slot: string): ArtifactRef | undefined
  /** An output's value, from memory or decoded. */
  value(step: string, slot: string): unknown
}

interface Done {
  readonly record: StepRecord
  readonly outputs: ReadonlyMap<string, ArtifactRef>
  readonly error: Error | undefined
}

/**
 * Runs every step that does not depend on a failed one. Throws on a fault of the store, E_INTERNAL, or an abort; a
 * step's own failure is in its record.
 */
export async function runSteps(request: StepsRequest): Promise<StepsResult> {
  const { wired, inputs, store, codecs, signal } = request
  const files = new Map(inputs.map(input => [input.id, input]))
  const order = new Map(wired.steps.map(({ step }, index) => [step.id, index]))
  const finished: (Done | 'skipped' | undefined)[] = new Array(wired.steps.length).fill(undefined)
  const values = createValues(wired.steps.map(({ step }) => step), [wired.plan.dataset, ...wired.plan.publish], request.unused)
  let calls = 0

  const doneOf = (step: string): Done | undefined => {
    const entry = finished[order.get(step)!]
    return entry === 'skipped' ? undefined : entry
  }
  const decode = (ref: ArtifactRef): unknown => codecOf(codecs, ref.kind).decode(store.get(ref.hash))

  async function one(wiredStep: WiredStep): Promise<Done> {
    const { step, operator, operatorId, config, configHash } = wiredStep
    const { host, pins, mode, onEvent } = request
    const startedAt = host.now()
    const startClock = host.elapsed()
    const startUsage = host.usage()
    onEvent?.({ type: 'step-started', step: step.id, operator_id: operatorId })
    const refs: Record<string, ArtifactRef[]> = {}
    let storeFault: { readonly thrown: unknown } | undefined
    /** A fault of the store is not the step's, whichever code it has. */
    const guard = <T>(work: () => T): T => {
      try {
        return work()
      } catch (thrown) {
        storeFault = { thrown }
        throw thrown
      }
    }
    const jobInputs: Record<string, JobInput[]> = {}
    for (const slot of Object.keys(operator.inputs)) {
      refs[slot] = []
      jobInputs[slot] = []
      for (const source of step.inputs[slot] ?? []) {
        const ref = 'input' in source ? files.get(source.input)! : doneOf(source.step)!.outputs.get(source.slot)
        // An optional output that the operator left out.
        if (ref === undefined) continue
        refs[slot].push(ref)
        const held = 'step' in source && !request.decodeAlways ? values.find(source.step, source.slot) : undefined
        jobInputs[slot].push({ id: ref.id, kind: ref.kind, hash: ref.hash, bytes_length: ref.bytes, bytes: () => guard(() => store.get(ref.hash)), value: () => held ?? guard(() => decode(ref)) })
      }
    }
    const implementation = host.implementation(operator.id)
    const action = actionKey(operator, implementation.digest, configHash, refs, pins)
    const known = store.findAction(action)
    const cached = request.useCache ? fitting(known, wiredStep, codecs) : undefined
    const circumstances = implementation.altered.length === 0 ? [] : [packageModified(implementation.altered)]
    const outputs = new Map<string, ArtifactRef>()
    let diagnostics: readonly Diagnostic[] = []
    let error: Error | undefined
    let workCost: JobResult['cost']
    let passed: ReturnType<typeof passesOver>
    const keep = (made: JobResult['outputs']): void => {
      for (const slot of Object.keys(made).sort()) {
        const { bytes, value } = made[slot]!
        const { kind } = operator.outputs[slot]!
        const ref = { id: `${step.id}/${slot}`, kind, schema: codecOf(codecs, kind).schema, hash: store.put(bytes), bytes: bytes.length }
        outputs.set(slot, ref)
        values.keep(step.id, slot, ref, request.decodeAlways ? undefined : value)
      }
    }
    if (cached !== undefined) {
      diagnostics = cached.diagnostics as unknown as readonly Diagnostic[]
      for (const slot of Object.keys(cached.outputs).sort()) {
        const ref = { id: `${step.id}/${slot}`, ...cached.outputs[slot]! }
        outputs.set(slot, ref)
        values.keep(step.id, slot, ref, undefined)
      }
    } else {
      calls++
      let result: JobResult | undefined
      try {
        result = await request.lanes.execute(
          { step: step.id, operator, inputs: jobInputs, config, pins, action, limits: limitsOf(config), progress: share => onEvent?.({ type: 'step-progress', step: step.id, share }) },
          codecs,
          signal
        )
      } catch (thrown) {
        signal?.throwIfAborted()
        if (storeFault !== undefined) throw (storeFault as { readonly thrown: unknown }).thrown
        if (thrown instanceof HotpassError && FATAL.has(thrown.code)) throw thrown
        passed = passesOver(mode, operator, thrown)
        if (passed === undefined) error = thrown instanceof HotpassError ? thrown : new HotpassError('E_OPERATOR', `${operatorId} failed at step ${step.id}: this is a bug in the operator`, { cause: thrown, hint: 'run it again with --debug and report what it prints' })
        const told = diagnosticOf(thrown, operatorId)
        diagnostics = [passed === undefined ? told : { ...told, severity: passed.severity }]
        // Never cached: the mode, which decides this, is no part of the action.
        if (passed !== undefined) keep(encodeOutputs(operator, operator.refused!.instead(fileOf(jobInputs), told, decoded(jobInputs), config), codecs))
      }
      if (result !== undefined) {
        diagnostics = result.diagnostics
        workCost = result.cost
        keep(result.outputs)
        const entry: ActionEntry = { key: action, outputs: Object.fromEntries([...outputs].map(([slot, { kind, schema, hash, bytes }]) => [slot, { kind, schema, hash, bytes }])), diagnostics: diagnostics as unknown as readonly JsonObject[] }
        if (known !== undefined && !sameResult(known, entry)) circumstances.push(cacheDiffered())
        store.putAction(entry)
      }
    }
    values.release(step)
    const judged = passed !== undefined ? { outcome: passed.outcome, diagnostics } : error === undefined ? judge(mode, diagnostics) : { outcome: 'failed' as StepOutcome, diagnostics }
    const inputRefs = slotted(refs)
    const endUsage = host.usage()
    const duration = round(host.elapsed() - startClock)
    const record = sealStep(
      {
        schema: STEP_RECORD,
        run_id: request.runId,
        step: step.id,
        operator_id: operatorId,
        implementation: implementation.digest,
        mode,
        config_hash: configHash,
        pins,
        input_refs: inputRefs,
        output_refs: [...outputs].map(([slot, ref]) => ({ slot, ...ref })),
        ...splitDiagnostics([...judged.diagnostics, ...circumstances]),
        ...(mode === 'best-effort' ? { best_effort: bestEffort(operator.entropy, pins, [], inputRefs) } : {}),
        outcome: judged.outcome
      },
      {
        started_at: startedAt,
        ended_at: host.now(),
        cost: {
          duration_ms: duration,
          cpu_ms: round(workCost?.cpu_ms ?? endUsage.cpu_ms - startUsage.cpu_ms),
          memory_bytes: workCost?.memory_bytes ?? endUsage.memory_bytes,
          bytes_in: sum(inputRefs),
          bytes_out: sum([...outputs.values()])
        },
        host: host.facts,
        cache: cached === undefined ? 'miss' : 'hit',
        attempt: request.attempt
      }
    )
    onEvent?.({ type: 'step-ended', step: step.id, operator_id: operatorId, outcome: judged.outcome, cache: record.observed.cache, duration_ms: duration })
    return { record, outputs, error }
  }

  const running = new Map<number, Promise<void>>()
  const started = new Set<number>()
  let fatal: { readonly thrown: unknown } | undefined
  /**
   * Starts what can be started, first in plan order first: but what can have a thread before what stays in this one, so
   * that both are busy, and then what stays, so that its inputs are let go.
   */
  function start(): void {
    const turns = [...wired.steps.keys()]
    while (running.size < request.workers) {
      settleSkipped()
      const ready = turns.filter(index => !started.has(index) && !wired.steps[index]!.after.some(id => finished[order.get(id)!] === undefined))
      const wanted = running.size === 0 ? 0 : 1
      const index = ready.find(at => staysHere(wired.steps[at]!) === wanted) ?? ready[0]
      if (index === undefined) return
      begin(index)
    }
  }
  /** Steps after one that failed are not run, nor are those after them. */
  function settleSkipped(): void {
    for (const [index, { step, after }] of wired.steps.entries()) {
      if (started.has(index) || !after.some(id => isLost(finished[order.get(id)!]))) continue
      started.add(index)
      finished[index] = 'skipped'
      values.release(step)
    }
  }
  function begin(index: number): void {
    started.add(index)
    running.set(
      index,
      request.host.pause().then(() => {
        signal?.throwIfAborted()
        return one(wired.steps[index]!)
      }).then(
        done => {
          finished[index] = done
        },
        (thrown: unknown) => {
          fatal ??= { thrown }
        }
      ).finally(() => running.delete(index))
    )
  }
  start()
  while (running.size > 0) {
    await Promise.race(running.values())
    if (fatal === undefined && signal?.aborted !== true) start()
  }
  signal?.throwIfAborted()
  if (fatal !== undefined) throw (fatal as { readonly thrown: unknown }).thrown

  return {
    records: finished.map(state => (state === undefined || state === 'skipped' ? undefined : state.record)),
    error: finished.map(state => (state === undefined || state === 'skipped' ? undefined : state.error)).find(error => error !== undefined),
    calls,
    output: (step, slot) => doneOf(step)?.outputs.get(slot),
    value(step, slot) {
      const ref = doneOf(step)?.outputs.get(slot)
      return values.find(step, slot) ?? (ref === undefined ? undefined : decode(ref))
    }
  }
}

function isLost(state: Done | 'skipped' | undefined): boolean {
  return state === 'skipped' || state?.error !== undefined
}

function staysHere({ operator }: WiredStep): 0 | 1 {
  return operator.isolation === 'none' ? 1 : 0
}

/** The inputs of a step as an operator sees them. */
function decoded(inputs: Readonly<Record<string, readonly JobInput[]>>): Inputs {
  return Object.fromEntries(Object.keys(inputs).map(slot => [slot, inputs[slot]!.map(({ id, kind, hash, value }) => ({ id, kind, hash, value: value() }))]))
}

/** The file that a step reads: the id of its first input. */
function fileOf(inputs: Readonly<Record<string, readonly JobInput[]>>): string {
  return Object.values(inputs).flat()[0]?.id ?? ''
}

/** What best-effort let in, for a record. */
export function bestEffort(entropy: readonly Entropy[], pins: Pins, notes: readonly string[], inputs: readonly Pick<ArtifactRef, 'id' | 'hash'>[]): BestEffort {
  return { entropy: entropy.filter(kind => kind !== 'none').sort(), seed: pins.seed, notes, inputs_version: inputsVersion(inputs) }
}

/** The cached action, if its outputs are those that the operator declares today. */
function fitting(entry: ActionEntry | undefined, { operator }: WiredStep, codecs: CodecSource): ActionEntry | undefined {
  if (entry === undefined) return undefined
  for (const slot of Object.keys(operator.outputs)) {
    const declared = operator.outputs[slot]!
    const found = entry.outputs[slot]
    if (found === undefined ? declared.optional !== true : found.kind !== declared.kind || found.schema !== codecs.get(found.kind)?.schema) return undefined
  }
  return Object.keys(entry.outputs).every(slot => Object.hasOwn(operator.outputs, slot)) ? entry : undefined
}

function codecOf(codecs: CodecSource, kind: string): NonNullable<ReturnType<CodecSource['get']>> {
  const codec = codecs.get(kind)
  if (codec === undefined) throw new HotpassError('E_INTERNAL', `no codec knows artifacts of kind ${kind}`)
  return codec
}

function slotted(refs: InputRefs): readonly (ArtifactRef & { readonly slot: string })[] {
  return Object.keys(refs)
    .sort()
    .flatMap(slot => refs[slot]!.map(({ id, kind, schema, hash, bytes }) => ({ slot, id, kind, schema, hash, bytes })))
}

const DEFAULT_LIMITS = { seconds: 60, memory_mb: 2048 }

function limitsOf(config: JsonObject): { readonly seconds: number; readonly memory_mb: number } {
  const limits = (config['ingest'] as JsonObject | undefined)?.['limits'] as JsonObject | undefined
  const number = (value: Json | undefined, otherwise: number): number => (typeof value === 'number' ? value : otherwise)
  return { seconds: number(limits?.['seconds'], DEFAULT_LIMITS.seconds), memory_mb: number(limits?.['memory_mb'], DEFAULT_LIMITS.memory_mb) }
}

function sum(refs: readonly { readonly bytes: number }[]): number {
  return refs.reduce((total, { bytes }) => total + bytes, 0)
}

/** To thousandths, and never negative. */
function round(value: number): number {
  return Math.max(0, Math.round(value * 1000) / 1000)
}
