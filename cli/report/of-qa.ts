/** What the quality gates checked: a suite for each gate. */
import type { JsonObject } from '../../kernel/types.ts'
import type { QualityGate } from '../../schemas/generated/quality-gate.ts'
import { assessment, findingOf, type Assessment } from './assessment.ts'

/** The assessment of a `qa-result`. What could not be checked is skipped, with the reason. */
export function assessQa(result: JsonObject): Assessment {
  const gates = result['gates'] as unknown as readonly (QualityGate & { readonly summary: string })[]
  return assessment('qa', {
    title: `hotpass qa ${String(result['target'])}: ${String(result['verdict'])}`,
    verdict: result['verdict'] as string,
    exit: result['exit'] as number,
    subject: gates[0]?.summary ?? '.',
    facts: gates.map(({ title, status, message }): [string, string] => [title, status === 'passed' ? `passed, ${message}` : `${status}: ${message}`]),
    cases: gates.flatMap(({ title, checks }) =>
      checks.map(({ name, status, message, seconds, findings }) => ({
        suite: title,
        name,
        status: status === 'passed' || status === 'failed' ? status : ('skipped' as const),
        message: status === 'not-built' ? `not built: ${message}` : message,
        seconds,
        findings: findings.map(finding => findingOf(finding as never, title, ''))
      }))
    )
  })
}
