/** What the doctor checked. */
import type { JsonObject } from '../../kernel/types.ts'
import { assessment, findingOf, type Assessment, type Case } from './assessment.ts'

interface Check { readonly id: string; readonly title: string; readonly group: string; readonly status: string; readonly message: string; readonly hint: string; readonly details: JsonObject }

const STATUS: Readonly<Record<string, Case['status']>> = { ok: 'passed', fixed: 'passed', warning: 'passed', error: 'failed', skipped: 'skipped' }

/** The code of an error where the check met one, else one made of the check's id: `store.leftovers` → `DOCTOR_STORE_LEFTOVERS`. */
function codeOf({ id, details }: Check): string {
  return typeof details['code'] === 'string' ? details['code'] : `DOCTOR_${id.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
}

/** The assessment of a `doctor-result`. */
export function assessDoctor(result: JsonObject): Assessment {
  const checks = result['checks'] as unknown as Check[]
  return assessment('doctor', {
    title: `hotpass doctor: ${String(result['verdict'])}`,
    verdict: result['verdict'] as string,
    exit: result['exit'] as number,
    subject: '.',
    facts: [['ledger', result['ledger_head'] === null ? 'none' : `sha256:${result['ledger_head'] as string}`]],
    cases: checks.map(check => ({
      suite: `doctor ${check.group}`,
      name: check.title,
      status: STATUS[check.status] ?? 'error',
      message: check.message,
      seconds: null,
      findings: check.status === 'error' || check.status === 'warning' ? [findingOf({ code: codeOf(check), severity: check.status, message: check.message, details: { ...check.details, id: check.id, hint: check.hint } }, check.group, '')] : []
    }))
  })
}
