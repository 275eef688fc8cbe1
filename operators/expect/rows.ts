/** Expectations about rows: which repeat each other, and how fields stand to each other. */
import { dictionaryOf, distinctOf } from '../../kernel/artifact/dictionary.ts'
import type { Column } from '../../kernel/artifact/table.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import { isEnough, ofAll, shareOf, type ExpectationOf, type Finding, type Limits } from './finding.ts'
import { hasForm, numberOf } from './form.ts'

/** Number of one combination of values for every row, 0 where one of them is empty; combinations are told apart exactly. */
export function combine(columns: readonly Column[], rows: number): Uint32Array {
  let codes: Uint32Array = columns[0]!.codes
  for (let at = 1; at < columns.length; at++) {
    const { codes: next } = columns[at]!
    const number = numbering(rows)
    const joined = new Uint32Array(rows)
    const width = distinctOf(columns[at]!) + 1
    for (let row = 0; row < rows; row++) {
      if (codes[row] === 0 || next[row] === 0) continue
      // Both are bound by the rows of a file, so that the product stays an exact integer.
      joined[row] = number(codes[row]! * width + next[row]!)
    }
    codes = joined
  }
  return codes
}

/** Numbers keys from 1 in order of first appearance. Keys are positive integers; open addressing in flat memory, a fifth of what a Map takes. */
function numbering(most: number): (key: number) => number {
  let size = 16
  while (size < most * 2) size *= 2
  const keys = new Float64Array(size)
  const numbers = new Uint32Array(size)
  let count = 0
  return key => {
    const high = Math.floor(key / 0x1_0000_0000)
    let slot = (Math.imul(key >>> 0, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & (size - 1)
    while (numbers[slot] !== 0) {
      if (keys[slot] === key) return numbers[slot]!
      slot = (slot + 1) & (size - 1)
    }
    keys[slot] = key
    return (numbers[slot] = ++count)
  }
}

export function checkUnique(columns: readonly Column[], fields: readonly string[], rows: number, limits: Limits): Finding {
  const codes = combine(columns, rows)
  let most = 0
  for (let row = 0; row < rows; row++) if (codes[row]! > most) most = codes[row]!
  const seen = new Uint8Array(most + 1)
  let [checked, failed] = [0, 0]
  const found: number[] = []
  for (let row = 0; row < rows; row++) {
    const code = codes[row]!
    if (code === 0) continue
    checked++
    if (seen[code] === 0) seen[code] = 1
    else if (++failed <= limits.examples) found.push(row)
  }
  const what = fields.length === 1 ? 'the value' : 'the values'
  return {
    outcome: failed === 0 ? 'passed' : 'failed',
    message: failed === 0 ? 'no row repeats another' : `${ofAll(failed, checked, 'row')} ${failed === 1 ? 'repeats' : 'repeat'} ${what} of an earlier one`,
    checked,
    failed,
    observed: shareOf(failed, checked),
    rows: found,
    field: fields[0]!
  }
}

type Relation = ExpectationOf<'compare'>['is']
const HOLDS: { readonly [R in Relation]: (sign: number) => boolean } = {
  '<': sign => sign < 0,
  '<=': sign => sign <= 0,
  '=': sign => sign === 0,
  '!=': sign => sign !== 0,
  '>=': sign => sign >= 0,
  '>': sign => sign > 0
}
const WORDS: { readonly [R in Relation]: string } = { '<': 'below', '<=': 'at most', '=': 'the same as', '!=': 'other than', '>=': 'at least', '>': 'above' }

const NUMERIC: ReadonlySet<SemanticType> = new Set<SemanticType>(['number', 'currency'])
const DAY = /^\d{4}-\d{2}-\d{2}$/

export interface Side {
  readonly field: string
  readonly column: Column
  readonly type: SemanticType
}

/** By its type, or because a column that nobody typed holds nothing but numbers. */
function isNumeric({ type, column }: Side): boolean {
  return NUMERIC.has(type) || (type === 'text' && isNumbers(column))
}

/** Looks no further than the first value that is none. */
function isNumbers(column: Column): boolean {
  const dictionary = dictionaryOf(column)
  for (let index = 0; index < dictionary.size; index++) if (!hasForm('number', dictionary.at(index))) return false
  return true
}

function numbersOf(column: Column): Float64Array {
  const numbers = new Float64Array(distinctOf(column))
  dictionaryOf(column).each((text, index) => {
    numbers[index] = numberOf(text) ?? Number.NaN
  })
  return numbers
}

/** Numbers compare as numbers; a day and an instant by the day; anything else by code unit. Rows with a value that is no number are left out. */
export function checkCompare(is: Relation, left: Side, right: Side, rows: number, mostly: number | undefined, limits: Limits): Finding {
  const numeric = isNumeric(left) && isNumeric(right)
  const [a, b] = numeric ? [numbersOf(left.column), numbersOf(right.column)] : [null, null]
  const holds = HOLDS[is]
  let [checked, failed] = [0, 0]
  const found: number[] = []
  for (let row = 0; row < rows; row++) {
    const from = left.column.codes[row]!
    const to = right.column.codes[row]!
    if (from === 0 || to === 0) continue
    let sign: number
    if (a !== null && b !== null) {
      sign = a[from - 1]! - b[to - 1]!
      if (sign !== sign) continue
    } else sign = compareTexts(left.column.values[from - 1]!, right.column.values[to - 1]!)
    checked++
    if (!holds(sign) && ++failed <= limits.examples) found.push(row)
  }
  const passed = isEnough(checked, failed, mostly)
  return {
    outcome: passed ? 'passed' : 'failed',
    message: failed === 0 ? `${left.field} is ${WORDS[is]} ${right.field} in every row` : `in ${ofAll(failed, checked, 'row')} ${left.field} is not ${WORDS[is]} ${right.field}${mostly === undefined ? '' : `; ${mostly} must pass`}`,
    checked,
    failed,
    observed: shareOf(failed, checked),
    rows: passed ? [] : found,
    field: left.field
  }
}

function compareTexts(a: string, b: string): number {
  if (a.length !== b.length) {
    if (a.length > b.length && DAY.test(b)) return compareTexts(a.slice(0, b.length), b)
    if (b.length > a.length && DAY.test(a)) return compareTexts(a, b.slice(0, a.length))
  }
  return a < b ? -1 : a > b ? 1 : 0
}
