/** Expectations about a table as a whole. */
import { dictionaryOf, distinctOf } from '../../kernel/artifact/dictionary.ts'
import type { Column } from '../../kernel/artifact/table.ts'
import { dateOf } from '../export/cell.ts'
import { plural } from '../model/plural.ts'
import { skipped, type ExpectationOf, type Finding, type Limits } from './finding.ts'
import { rowsOfCodes, tallyOf } from './tally.ts'

const whole = (outcome: Finding['outcome'], message: string, numbers: { readonly checked: number; readonly failed: number; readonly observed: number | null }): Finding => ({ outcome, message, ...numbers, rows: [], field: '' })

export function checkRowCount({ min = 0, max = Infinity }: { readonly min?: number; readonly max?: number }, rows: number): Finding {
  const passed = rows >= min && rows <= max
  const wanted = max === Infinity ? `at least ${min}` : min === 0 ? `at most ${max}` : min === max ? `exactly ${min}` : `${min} to ${max}`
  return whole(passed ? 'passed' : 'failed', `there ${rows === 1 ? 'is' : 'are'} ${plural(rows, 'row')}${passed ? '' : `; ${wanted} ${wanted.endsWith(' 1') ? 'is' : 'are'} expected`}`, { checked: rows, failed: 0, observed: rows })
}

/** `names` are the headings of the table, `has` tells whether a field has a column, under whichever heading; `repeatsOf` in which columns one stands that stands in several. */
export function checkColumns({ fields, exact, ordered }: Pick<ExpectationOf<'columns'>, 'exact' | 'ordered'> & { readonly fields: readonly string[] }, names: readonly string[], headingOf: (field: string) => string | undefined, repeatsOf: (field: string) => readonly string[] = () => []): Finding {
  const missing = fields.filter(field => headingOf(field) === undefined)
  const there = fields.flatMap(field => headingOf(field) ?? [])
  const wanted = new Set(there)
  const extra = exact === true ? names.filter(name => !wanted.has(name)).length : 0
  const order = ordered === true && missing.length === 0 && !inOrder(there, names)
  const repeated = fields.filter(field => repeatsOf(field).length > 0)
  const faults = [
    ...repeated.map(field => `the column ${headingOf(field)} stands more than once, in ${repeatsOf(field).join(' and ')}`),
    ...(missing.length === 0 ? [] : [`there is no column ${missing.slice(0, 10).join(', ')}${missing.length > 10 ? `, and ${missing.length - 10} more` : ''}`]),
    ...(extra === 0 ? [] : [`${plural(extra, 'column')} ${extra === 1 ? 'is' : 'are'} not in the contract`]),
    ...(order ? ['the columns stand in another order'] : [])
  ]
  const failed = missing.length + repeated.length + extra + (order ? 1 : 0)
  return whole(failed === 0 ? 'passed' : 'failed', failed === 0 ? `${plural(fields.length, 'column')} ${fields.length === 1 ? 'is' : 'are'} there` : faults.join('; '), { checked: fields.length, failed, observed: failed })
}

function inOrder(wanted: readonly string[], names: readonly string[]): boolean {
  let at = -1
  for (const name of wanted) {
    const found = names.indexOf(name)
    if (found < at) return false
    at = found
  }
  return true
}

/** Days that a date may lie ahead: it is tomorrow somewhere when it is today elsewhere. */
const AHEAD = 1

/**
 * `asOf` is a day or an RFC 3339 instant, or null when nobody says what day it is. A date that lies ahead of it shows
 * that something is wrong, not that the data is fresh.
 */
export function checkFresh({ field, days }: Pick<ExpectationOf<'fresh'>, 'field' | 'days'>, column: Column, asOf: string | null, limits: Limits): Finding {
  const today = asOf === null ? null : dateOf(asOf.slice(0, 10))
  if (today === null) return skipped('as_of is not given, so nothing is old or new')
  const { counts } = tallyOf(column)
  const ahead = new Uint8Array(counts.length)
  let latest: number | null = null
  let [dates, future] = [0, 0]
  dictionaryOf(column).each((text, index) => {
    const date = dateOf(text.slice(0, 10))
    if (date === null) return
    dates++
    if (date.day > today.day + AHEAD) {
      ahead[index + 1] = 1
      future += counts[index + 1]!
    } else if (latest === null || date.day > latest) latest = date.day
  })
  if (dates === 0) return { ...whole('failed', `${field} holds no date`, { checked: 0, failed: 0, observed: null }), field }
  const age = latest === null ? null : today.day - latest
  const isOld = age !== null && age > days
  const told = age === null ? 'no date has come yet' : `the latest date is ${age < 0 ? `${plural(-age, 'day')} ahead` : `${plural(age, 'day')} old`}`
  const faults = [...(isOld ? [`${days} are allowed`] : []), ...(future > 0 ? [`${plural(future, 'date')} ${future === 1 ? 'lies' : 'lie'} in the future of ${asOf!.slice(0, 10)}`] : [])]
  return {
    ...whole(faults.length === 0 ? 'passed' : 'failed', [told, ...faults].join('; '), { checked: distinctOf(column), failed: (isOld ? 1 : 0) + future, observed: age }),
    rows: future > 0 ? rowsOfCodes(column, ahead, limits.examples) : [],
    field
  }
}
