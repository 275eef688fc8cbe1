/** Runs a pipeline from end to end: plan, gate, steps, comparison with earlier attempts, publication, acknowledgement. */
import { HotpassError } from '../error.ts'
import { canonicalJson } from '../json.ts'
import { diagnosticOf, sortDiagnostics } from '../record/diagnostics.ts'
import { runIdOf } from '../record/identity.ts'
import { sealRun } from '../record/seal.ts'
import { RUN_RECORD, type RunOutcome, type RunRecord, type StepRecord } from '../record/types.ts'
import type { Diagnostic, JsonObject, Pins } from '../types.ts'
import { attemptDiffers } from './attempt.ts'
import { admit, exitCodeOf, outcomeOf } from './gate.ts'
import { createMade, type Made } from './made.ts'
import { wire } from './plan.ts'
import { finish, publishedRefs } from './publication.ts'
import { bestEffort, runSteps, type StepsResult } from './steps.ts'
import type { PublishedFile, RunRequest, RunResult, StagedFiles } from './types.ts'

const encoder = new TextEncoder()

/** See `ExecuteRun`. */
export async function executeRun(request: RunRequest): Promise<RunResult> {
  const made = createMade(request.store)
  try {
    return await attemptRun(request, made)
  } catch (thrown) {
    // A store that cannot keep what was finished is whole all the same, and why the run ended is what counts.
    if (request.signal?.aborted === true) await made.keepFinished().catch(() => undefined)
    throw thrown
  }
}

async function attemptRun(request: RunRequest, made: Made): Promise<RunResult> {
  const { pipeline, config, mode, store, host, codecs, signal, onEvent, publisher } = request
  const inputs = [...request.inputs].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  for (let index = 1; index < inputs.length; index++) {
    if (inputs[index]!.id === inputs[index - 1]!.id) throw new HotpassError('E_USAGE', `there are two inputs named ${inputs[index]!.id}`, { place: { file: inputs[index]!.id } })
  }
  const startedAt = host.now()
  const startClock = host.elapsed()
  const startUsage = host.usage()
  const wired = await wire(pipeline, inputs, config, request.operators)
  // The fingerprint is the name of the config's own object: replay finds it by the run's record alone.
  const fingerprint = store.put(encoder.encode(canonicalJson(config)))

  let refusal: HotpassError | undefined
  let admitted: { readonly pins: Pins; readonly entropy: ReturnType<typeof admit>['entropy']; readonly notes: readonly string[] } = { pins: request.pins, entropy: [], notes: [] }
  try {
    admitted = admit(mode, wired.steps.map(({ operator }) => operator), request.pins, { now: () => host.now(), seed: () => host.drawSeed() })
  } catch (error) {
    if (!(error instanceof HotpassError)) throw error
    refusal = error
  }
  const runId = runIdOf({ pipeline, operators: wired.operatorIds, mode, config: fingerprint, inputs, pins: admitted.pins })
  onEvent?.({ type: 'planned', run_id: runId, steps: wired.plan.steps })
  const earlier = store.attempts().filter(entry => entry.run_id === runId)
  const attempt = earlier.reduce((most, entry) => Math.max(most, entry.attempt), 0) + 1

  let result: StepsResult | undefined
  if (refusal === undefined) {
    result = await runSteps({
      wired, inputs, runId, mode, pins: admitted.pins, store: made.store, lanes: request.lanes, host, codecs, attempt, signal, onEvent,
      workers: Math.max(1, request.workers ?? 1), useCache: request.useCache ?? true, decodeAlways: false
    })
  }
  const records = result?.records ?? []
  const steps = wired.steps.map(({ step, operatorId }, index) => ({ step: step.id, operator_id: operatorId, outcome: records[index]?.identity.outcome ?? ('skipped' as const), record_hash: records[index]?.record_hash ?? null }))
  const setAside = request.refused ?? []
  let outcome: RunOutcome = refusal === undefined ? outcomeOf([...steps.map(step => step.outcome), ...setAside.map(() => 'degraded' as const)]) : 'refused'
  let error: Error | undefined = refusal ?? result?.error
  const errors: Diagnostic[] = [...setAside, ...(refusal === undefined ? [] : [refusal])].map(each => diagnosticOf(each, pipeline.id))

  const alarm = result === undefined ? undefined : attemptDiffers(store, earlier, records, codecs)
  if (alarm === undefined) made.keep()
  else {
    outcome = 'differs'
    error = alarm
    errors.push(diagnosticOf(alarm, pipeline.id))
  }

  const complete = result !== undefined && (outcome === 'succeeded' || outcome === 'degraded' || outcome === 'breached')
  let files: readonly PublishedFile[] = []
  let summary: JsonObject = {}
  let staged: StagedFiles | undefined
  if (complete) {
    const { dataset } = wired.plan
    if (pipeline.summarise !== undefined) summary = pipeline.summarise(result!.value(dataset.step, dataset.slot))
    files = finish(wired.plan, result!, runId)
    signal?.throwIfAborted()
    if (publisher !== undefined && files.length > 0) {
      onEvent?.({ type: 'publishing', files: files.length })
      try {
        staged = await publisher.stage(files)
      } catch (thrown) {
        if (!(thrown instanceof HotpassError)) throw thrown
        outcome = 'failed'
        error = thrown
        errors.push(diagnosticOf(thrown, pipeline.id))
      }
    }
  }

  const count = (part: 'notices' | 'warnings' | 'errors'): number => records.reduce((sum, record) => sum + (record?.identity[part].length ?? 0), 0)
  const endUsage = host.usage()
  const done = records.filter((record): record is StepRecord => record !== undefined)
  const datasetRef = complete ? result!.output(wired.plan.dataset.step, wired.plan.dataset.slot) : undefined
  const record: RunRecord = sealRun(
    {
      schema: RUN_RECORD,
      run_id: runId,
      pipeline: { id: pipeline.id, version: pipeline.version },
      operators: wired.operatorIds,
      mode,
      config_hash: fingerprint,
      pins: admitted.pins,
      input_refs: inputs.map(({ id, kind, schema, hash, bytes }) => ({ id, kind, schema, hash, bytes })),
      steps,
      dataset: datasetRef ?? null,
      published: outcome === 'failed' ? [] : publishedRefs(files),
      summary,
      counts: { notices: count('notices'), warnings: count('warnings'), errors: count('errors') + errors.length },
      errors: sortDiagnostics(errors),
      ...(mode === 'best-effort' ? { best_effort: bestEffort(admitted.entropy, admitted.pins, admitted.notes, inputs) } : {}),
      outcome
    },
    {
      started_at: startedAt,
      ended_at: host.now(),
      cost: {
        duration_ms: Math.max(0, Math.round((host.elapsed() - startClock) * 1000) / 1000),
        cpu_ms: Math.max(0, Math.round((endUsage.cpu_ms - startUsage.cpu_ms) * 1000) / 1000),
        memory_bytes: done.reduce((most, step) => Math.max(most, step.observed.cost.memory_bytes), endUsage.memory_bytes),
        bytes_in: inputs.reduce((sum, { bytes }) => sum + bytes, 0),
        bytes_out: files.reduce((sum, { bytes }) => sum + bytes.length, 0)
      },
      host: host.facts,
      cache: { hits: done.filter(step => step.observed.cache === 'hit').length, misses: done.filter(step => step.observed.cache === 'miss').length },
      attempt
    }
  )
  let entry
  try {
    signal?.throwIfAborted()
    entry = await store.acknowledge(runId, record.record_hash, outcome, [
      ...done.map(step => ({ name: step.identity.step, record: step as unknown as JsonObject })),
      { name: 'run', record: record as unknown as JsonObject }
    ])
  } catch (thrown) {
    await staged?.discard()
    throw thrown
  }
  if (staged !== undefined) {
    try {
      await staged.commit()
    } catch (thrown) {
      if (!(thrown instanceof HotpassError)) throw thrown
      error = thrown
    }
  }
  if (outcome === 'breached' && error === undefined) {
    const breaches = done.flatMap(step => step.identity.errors.filter(({ code }) => code.endsWith('_BREACHED')))
    error = new HotpassError('E_BUDGET', breaches.map(({ message }) => message).join('; '), { hint: 'the findings cite rows and cells: correct those, or change what the profile allows and expects', details: { breaches } })
  }
  return { run_id: runId, attempt: entry.attempt, record_hash: record.record_hash, head: store.head(), record, steps: done, paths: staged?.paths ?? [], exitCode: exitCodeOf(outcome, error), error }
}
