/** What a rule asks of the data, whatever it is called and however it is spelled: two rules of one meaning are one rule. */
import { canonicalJson } from '../../kernel/json.ts'
import type { Json } from '../../kernel/types.ts'
import type { Expectation } from '../../schemas/generated/profile.ts'
import type { ValueForm } from './form.ts'
import type { FormRule } from './rules.ts'

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))

/** Equal for rules that pass and fail on the same data; severity, id and words are left out. */
export function meaningOf(rule: Expectation | FormRule): string {
  const { id: _id, description: _description, severity: _severity, ...says } = rule as Expectation
  const plain: Record<string, unknown> = { ...says }
  if (rule.expect === 'form') return canonicalJson({ expect: 'type', field: rule.field, type: rule.form })
  if (rule.expect === 'unique') plain['fields'] = sorted(rule.fields)
  if (rule.expect === 'in-set') plain['values'] = sorted(rule.values)
  if (rule.expect === 'columns') {
    if (rule.ordered !== true) plain['fields'] = sorted(rule.fields)
    for (const key of ['ordered', 'exact']) if (plain[key] === false) delete plain[key]
  }
  if (plain['mostly'] === 1) delete plain['mostly']
  return canonicalJson(plain as unknown as Json)
}

/** Forms that are part of a wider one. */
const WITHIN: ReadonlyMap<string, ValueForm> = new Map<string, ValueForm>([['integer', 'number'], ['date', 'day-or-time'], ['datetime', 'day-or-time']])

/** Whether a value that keeps the expectation has the form as well, so that the form needs no check of its own. */
export function tellsForm(expectation: Expectation, { field, form }: FormRule): boolean {
  return expectation.expect === 'type' && expectation.field === field && (expectation.mostly ?? 1) === 1 && expectation.severity !== 'warning' && (expectation.type === form || WITHIN.get(expectation.type) === form)
}
