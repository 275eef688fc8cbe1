/** `hotpass runs list` and `runs show`. */
import { EXIT } from '../../kernel/error.ts'
import type { RunRecord, StepRecord } from '../../kernel/record/types.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Diagnostic, Json, JsonObject } from '../../kernel/types.ts'
import { shownPath } from '../config/workspace.ts'
import { findAttempt, openStoreToRead, profileOf, readRun } from './store.ts'

/** Steps as results show them. */
export function stepsOf(run: RunRecord, steps: ReadonlyMap<string, StepRecord>): JsonObject[] {
  return run.identity.steps.map(({ step, operator_id, outcome, record_hash }) => {
    const observed = steps.get(step)?.observed
    return { step, operator_id, outcome, cache: observed?.cache ?? null, duration_ms: observed?.cost.duration_ms ?? null, record_hash }
  })
}

/** The findings of every step, in plan order, each with the step in its details. */
export function findingsOf(run: RunRecord, steps: ReadonlyMap<string, StepRecord>, part: 'notices' | 'warnings' | 'errors'): JsonObject[] {
  const own: readonly Diagnostic[] = part === 'errors' ? run.identity.errors : []
  return [
    ...own,
    ...run.identity.steps.flatMap(({ step }) => (steps.get(step)?.identity[part] ?? []).map(finding => ({ ...finding, details: { step, ...finding.details } })))
  ] as unknown as JsonObject[]
}

export async function listRuns(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const store = await openStoreToRead(input, host)
  try {
    const entries = store.attempts()
    const limit = (input['limit'] as number | undefined) ?? 20
    const runs = [...entries].reverse().slice(0, limit).map(entry => {
      const { run } = readRun(store, entry)
      return {
        sequence: entry.sequence,
        run_id: entry.run_id,
        attempt: entry.attempt,
        outcome: entry.outcome,
        mode: run.identity.mode,
        profile: profileOf(store, run),
        started_at: run.observed.started_at,
        duration_ms: run.observed.cost.duration_ms,
        inputs: run.identity.input_refs.length,
        counts: run.identity.summary as JsonObject,
        cache: run.observed.cache,
        record_hash: entry.record_hash
      }
    })
    return { exit: EXIT.ok, result: { schema, runs, total: entries.length, ledger_head: store.head(), store: shownPath(store.location, host.cwd) } }
  } finally {
    store.close()
  }
}

export async function showRun(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const store = await openStoreToRead(input, host)
  try {
    const attempt = input['attempt'] as number | undefined
    const entry = findAttempt(store, (input['run'] as string | undefined) ?? 'latest', attempt === undefined ? {} : { attempt })
    const { run, steps } = readRun(store, entry)
    const { identity } = run
    return {
      exit: EXIT.ok,
      result: {
        schema,
        run_id: identity.run_id,
        attempt: entry.attempt,
        attempts: store.attempts().filter(other => other.run_id === entry.run_id).length,
        outcome: identity.outcome,
        mode: identity.mode,
        profile: profileOf(store, run),
        pipeline: identity.pipeline,
        record_hash: run.record_hash,
        config_hash: identity.config_hash,
        pins: { as_of: identity.pins.as_of, seed: identity.pins.seed },
        inputs: identity.input_refs as unknown as Json,
        counts: identity.summary as JsonObject,
        outputs: identity.published as unknown as Json,
        dataset: identity.dataset as unknown as Json,
        steps: stepsOf(run, steps),
        notices: findingsOf(run, steps, 'notices'),
        warnings: findingsOf(run, steps, 'warnings'),
        errors: findingsOf(run, steps, 'errors'),
        best_effort: (identity.best_effort ?? null) as Json,
        observed: run.observed as unknown as JsonObject
      }
    }
  } finally {
    store.close()
  }
}
