/** What a run checked: each step is a case, its diagnostics are the findings. */
import type { JsonObject } from '../../kernel/types.ts'
import { countsText } from '../render/runs.ts'
import { assessment, findingOf, type Assessment, type Case, type Diagnosed } from './assessment.ts'

interface Step { readonly step: string; readonly operator_id: string; readonly outcome: string; readonly cache: string | null; readonly duration_ms: number | null }

const STATUS: Readonly<Record<string, Case['status']>> = { succeeded: 'passed', degraded: 'passed', breached: 'failed', failed: 'error', skipped: 'skipped' }

/** The assessment of a `run-result`. */
export function assessRun(result: JsonObject): Assessment {
  const root = result['input_dir'] as string
  const found = [...(result['errors'] as unknown as Diagnosed[]), ...(result['warnings'] as unknown as Diagnosed[])]
  const of = (step: string | undefined): Case['findings'] => found.filter(({ details }) => details['step'] === step).map(one => findingOf(one, step ?? 'run', root))
  const cases: Case[] = (result['steps'] as unknown as Step[]).map(({ step, operator_id, outcome, cache, duration_ms }) => {
    const findings = of(step)
    const first = findings.find(({ level }) => level === 'error')
    return {
      suite: 'run',
      name: step,
      status: STATUS[outcome] ?? 'error',
      message: outcome === 'skipped' ? 'an earlier step failed' : outcome === 'succeeded' || outcome === 'degraded' ? `${operator_id}${cache === 'hit' ? ', from the cache' : ''}` : (first?.message ?? outcome),
      seconds: duration_ms === null ? null : duration_ms / 1000,
      findings
    }
  })
  // What stopped the run as a whole: a refusal, an attempt that differs, an output that could not be written.
  const own = of(undefined)
  const error = result['error'] as { readonly code: string; readonly message: string; readonly place: JsonObject; readonly hint: string } | null
  const known = found.some(({ code }) => code === error?.code) || cases.some(({ status }) => status === 'failed')
  const told = error === null || known ? own : [...own, findingOf({ code: error.code, severity: 'error', message: error.message, details: { ...error.place, hint: error.hint } }, 'run', '')]
  if (told.length > 0) cases.push({ suite: 'run', name: 'the run as a whole', status: 'error', message: told[0]!.message, seconds: null, findings: told })
  return assessment('run', {
    title: `hotpass run: ${String(result['verdict'])}`,
    verdict: result['verdict'] as string,
    exit: result['exit'] as number,
    subject: root,
    facts: [
      ['run', result['run_id'] as string],
      ['profile', result['profile'] as string],
      ['mode', result['mode'] as string],
      ['rows', countsText(result['counts'] as JsonObject)],
      ['record', `sha256:${result['record_hash'] as string}`]
    ],
    cases
  })
}
