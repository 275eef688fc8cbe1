/** Expectations about what changed since the run before. */
import type { Column } from '../../kernel/artifact/table.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import { plural } from '../model/plural.ts'
import { spreadsOf } from './bins.ts'
import { jensenShannon, stabilityIndex } from './divergence.ts'
import { ofAll, rounded, shareOf, skipped, type ExpectationOf, type Finding, type Limits } from './finding.ts'
import { rowsOfCodes, tallyOf } from './tally.ts'

const DEFAULT_BINS = 10

/** Growth and loss as shares of the rows before. */
export function checkRowCountChange({ increase, decrease }: Pick<ExpectationOf<'row-count-change'>, 'increase' | 'decrease'>, rows: number, before: number): Finding {
  if (before === 0) return skipped('the run before had no row')
  const change = rounded((rows - before) / before)
  const allowed = change > 0 ? increase : change < 0 ? decrease : undefined
  const passed = allowed === undefined || Math.abs(rows - before) <= allowed * before + 1e-9
  const how = change === 0 ? 'as many as before' : `${Math.abs(change)} ${change > 0 ? 'more' : 'less'} than the ${before} before, as a share`
  return { outcome: passed ? 'passed' : 'failed', message: `there ${rows === 1 ? 'is' : 'are'} ${plural(rows, 'row')}, ${how}${passed ? '' : `; ${allowed} is allowed`}`, checked: rows, failed: 0, observed: change, rows: [], field: '' }
}

/** Values that came and values that went. */
export function checkCategories(expectation: Pick<ExpectationOf<'categories'>, 'field' | 'new' | 'vanished'>, column: Column, before: Column, limits: Limits): Finding {
  const { field } = expectation
  const old = new Set(before.values)
  const now = new Set(column.values)
  const marked = new Uint8Array(column.values.length + 1)
  let came = 0
  column.values.forEach((value, index) => {
    if (old.has(value)) return
    came++
    marked[index + 1] = 1
  })
  const went = before.values.filter(value => !now.has(value)).length
  const over = expectation.new !== undefined && came > expectation.new
  const under = expectation.vanished !== undefined && went > expectation.vanished
  const faults = [...(over ? [`${plural(came, 'value')} ${came === 1 ? 'is' : 'are'} new; ${expectation.new} allowed`] : []), ...(under ? [`${plural(went, 'value')} ${went === 1 ? 'is' : 'are'} gone; ${expectation.vanished} allowed`] : [])]
  return {
    outcome: over || under ? 'failed' : 'passed',
    message: faults.length === 0 ? `${plural(came, 'value')} new, ${went} gone` : faults.join('; '),
    checked: column.values.length,
    failed: (over ? came : 0) + (under ? went : 0),
    observed: came + went,
    rows: over ? firstOfEach(column, marked, limits.examples) : [],
    field
  }
}

/** One row for each of the first marked codes. */
function firstOfEach(column: Column, marked: Uint8Array, most: number): readonly number[] {
  const left = marked.slice()
  const rows: number[] = []
  while (rows.length < most) {
    const [row] = rowsOfCodes(column, left, 1)
    if (row === undefined) break
    rows.push(row)
    left[column.codes[row]!] = 0
  }
  return rows
}

export function checkDistribution(expectation: Pick<ExpectationOf<'distribution'>, 'field' | 'measure' | 'max' | 'bins'>, column: Column, before: Column, type: SemanticType): Finding {
  const { field, measure = 'psi', max, bins = DEFAULT_BINS } = expectation
  if (tallyOf(before).filled === 0) return skipped(`${field} was empty in the run before`)
  if (tallyOf(column).filled === 0) return { outcome: 'failed', message: 'there is no value any more', checked: 0, failed: 0, observed: null, rows: [], field }
  const spreads = spreadsOf(column, before, type, bins)
  const shift = rounded(measure === 'psi' ? stabilityIndex(spreads.now, spreads.before) : jensenShannon(spreads.now, spreads.before))
  const passed = shift <= max
  return { outcome: passed ? 'passed' : 'failed', message: `the ${measure === 'psi' ? 'population stability index' : 'Jensen–Shannon distance'} is ${shift}${passed ? '' : `; ${max} is allowed`}`, checked: tallyOf(column).filled, failed: 0, observed: shift, rows: [], field }
}

interface Side {
  readonly rows: number
  column(field: string): Column
}

/** Of the rows that both have by their key, those with another value. Keys that stand in several rows are left out. */
export function checkChangedValues({ field, key, max }: Pick<ExpectationOf<'changed-values'>, 'field' | 'key' | 'max'>, now: Side, before: Side, limits: Limits): Finding {
  const old = valuesByKey(before, key, field)
  const current = valuesByKey(now, key, field)
  let [both, changed] = [0, 0]
  const rows: number[] = []
  for (const [id, { value, row }] of current) {
    const was = old.get(id)
    if (was === undefined || row < 0 || was.row < 0) continue
    both++
    if (was.value !== value && ++changed <= limits.examples) rows.push(row)
  }
  if (both === 0) return skipped('no row of the run before is here')
  const passed = changed <= max * both + 1e-9
  return { outcome: passed ? 'passed' : 'failed', message: `${ofAll(changed, both, 'row')} ${changed === 1 ? 'has' : 'have'} another value of ${field}${passed ? '' : `; a share of ${max} is allowed`}`, checked: both, failed: changed, observed: shareOf(changed, both), rows: passed ? [] : rows, field }
}

/** Row -1 says that a key stands in several rows. */
function valuesByKey({ rows, column }: Side, key: readonly string[], field: string): ReadonlyMap<string, { readonly value: string | null; readonly row: number }> {
  const parts = key.map(column)
  const values = column(field)
  const found = new Map<string, { value: string | null; row: number }>()
  for (let row = 0; row < rows; row++) {
    let id = ''
    let whole = true
    for (const { codes, values: texts } of parts) {
      const code = codes[row]!
      if (code === 0) whole = false
      else id += `${texts[code - 1]!.length}:${texts[code - 1]!}`
    }
    if (!whole) continue
    const known = found.get(id)
    if (known !== undefined) known.row = -1
    else found.set(id, { value: values.codes[row] === 0 ? null : values.values[values.codes[row]! - 1]!, row })
  }
  return found
}
