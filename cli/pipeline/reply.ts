/** What every command that leaves an acknowledged run says of it. */
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { RunResult } from '../../kernel/run/types.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import type { Request } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { asHotpassError, errorJson } from '../render/error.ts'
import { findingsOf, stepsOf } from './runs.ts'

/** The reply of a command: what the run's record says, and what the command adds. */
export function recordedReply(result: RunResult, request: Request, host: CommandHost, schema: string, own: JsonObject): Reply {
  const { identity, observed } = result.record
  const records = new Map(result.steps.map(record => [record.identity.step, record]))
  const error = result.error === undefined ? undefined : asHotpassError(result.error)
  return {
    exit: result.exitCode,
    error,
    result: {
      schema,
      run_id: result.run_id,
      attempt: result.attempt,
      mode: identity.mode,
      verdict: identity.outcome,
      exit: result.exitCode,
      profile: request.profile.name,
      record_hash: result.record_hash,
      config_hash: identity.config_hash,
      inputs: identity.input_refs.map(({ id, hash, bytes }) => ({ id, hash, bytes })),
      counts: identity.summary as JsonObject,
      steps: stepsOf(result.record, records),
      cache: observed.cache,
      findings: identity.counts,
      warnings: findingsOf(result.record, records, 'warnings'),
      errors: findingsOf(result.record, records, 'errors'),
      error: error === undefined ? null : (errorJson(error)['error'] as Json),
      ledger_head: result.head,
      store: shownPath(request.storeDir, host.cwd),
      duration_ms: observed.cost.duration_ms,
      ...own
    }
  }
}
