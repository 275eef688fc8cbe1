/** Expectations about the values of one field: each distinct value is looked at once. */
import { distinctOf } from '../../kernel/artifact/dictionary.ts'
import type { Column } from '../../kernel/artifact/table.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import { compareToBound } from '../validate/rule.ts'
import { compilePattern } from '../validate/pattern.ts'
import { isEnough, ofAll, shareOf, type ExpectationOf, type Finding, type Limits } from './finding.ts'
import { formWords, hasForm, numberOf, type ValueForm } from './form.ts'
import { failing, rowsOfCodes, tallyOf } from './tally.ts'

export type ValueExpectation = ExpectationOf<'in-set' | 'matches' | 'range' | 'length' | 'type'>

const NUMERIC: ReadonlySet<SemanticType> = new Set<SemanticType>(['number', 'currency'])

/** Which values pass, and what the others are not, in words. Throws E_PROFILE for a pattern that cannot be used. */
export function testOf(expectation: ValueExpectation | { readonly expect: 'form'; readonly field: string; readonly form: ValueForm }, type: SemanticType): { readonly passes: (item: string) => boolean; readonly fault: string } {
  switch (expectation.expect) {
    case 'in-set': {
      const allowed = new Set<string>(expectation.values)
      return { passes: item => allowed.has(item), fault: 'not one of the allowed values' }
    }
    case 'matches':
      return { passes: compilePattern(expectation.pattern, expectation.field), fault: 'not as the pattern says' }
    case 'range': {
      const { min, max, above, below } = expectation
      const numeric = NUMERIC.has(type)
      const compare = (item: string, bound: number | string | undefined): number | null => {
        if (bound === undefined) return null
        if (!numeric && typeof bound !== 'number') return compareToBound(item, bound, false)
        const [value, limit] = [numberOf(item), typeof bound === 'number' ? bound : numberOf(bound)]
        return value === null || limit === null ? null : Math.sign(value - limit)
      }
      const bounds = [min === undefined ? '' : `at least ${min}`, above === undefined ? '' : `above ${above}`, max === undefined ? '' : `at most ${max}`, below === undefined ? '' : `below ${below}`].filter(text => text !== '')
      return {
        passes(item) {
          const low = compare(item, min)
          const high = compare(item, max)
          const over = compare(item, above)
          const under = compare(item, below)
          return low !== -1 && high !== 1 && (over === null || over === 1) && (under === null || under === -1)
        },
        fault: `not ${bounds.join(' and ')}`
      }
    }
    case 'length': {
      const { min = 0, max = Infinity } = expectation
      return {
        passes(item) {
          const length = lengthOf(item, max)
          return length >= min && length <= max
        },
        fault: max === Infinity ? `shorter than ${min}` : min === 0 ? `longer than ${max}` : `not ${min === max ? min : `${min} to ${max}`} characters long`
      }
    }
    case 'type':
      return { passes: item => hasForm(expectation.type, item), fault: `not ${formWords(expectation.type)}` }
    case 'form':
      return { passes: item => hasForm(expectation.form, item), fault: `not ${formWords(expectation.form)}` }
  }
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/** Code points; counted only where surrogates may be among the units. */
function lengthOf(text: string, most: number): number {
  if (text.length <= most && !/[\ud800-\udbff]/.test(text)) return text.length
  let length = text.length
  for (let at = 1; at < text.length; at++) if (isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))) length--
  return length
}

/** Holds every value of a column to a test. */
export function checkValues(column: Column, field: string, { passes, fault }: ReturnType<typeof testOf>, mostly: number | undefined, limits: Limits): Finding {
  const { filled } = tallyOf(column)
  const { marked, cells } = failing(column, passes)
  const passed = isEnough(filled, cells, mostly)
  return {
    outcome: passed ? 'passed' : 'failed',
    message: cells === 0 ? `no value is ${fault}` : `${ofAll(cells, filled, 'value')} ${cells === 1 ? 'is' : 'are'} ${fault}${mostly === undefined ? '' : `; ${mostly} must pass`}`,
    checked: filled,
    failed: cells,
    observed: shareOf(cells, filled),
    rows: passed ? [] : rowsOfCodes(column, marked, limits.examples),
    field
  }
}

/**
 * No empty cells, or no more than are allowed. Cells that were withheld for lack of consent are empty in what leaves, so
 * they count, and are told apart; examples are cells that are empty at their source, as long as there are some.
 */
export function checkNotNull(column: Column, field: string, mostly: number | undefined, limits: Limits, isWithheld?: (row: number) => boolean): Finding {
  const empty = tallyOf(column).counts[0]!
  const rows = column.codes.length
  const passed = isEnough(rows, empty, mostly)
  const marked = new Uint8Array(distinctOf(column) + 1)
  marked[0] = 1
  const withheld = isWithheld === undefined || passed ? [] : [...column.codes.keys()].filter(row => column.codes[row] === 0 && isWithheld(row))
  const isOut = new Set(withheld)
  const shown = withheld.length === 0 ? rowsOfCodes(column, marked, limits.examples) : rowsOfCodes(column, marked, rows).filter(row => !isOut.has(row)).slice(0, limits.examples)
  const because = withheld.length === 0 ? '' : withheld.length === empty ? `, ${empty === 1 ? '' : 'all of them '}withheld because consent is missing` : `, ${withheld.length} of them withheld because consent is missing`
  return {
    outcome: passed ? 'passed' : 'failed',
    message: empty === 0 ? 'no cell is empty' : `${ofAll(empty, rows, 'cell')} ${empty === 1 ? 'is' : 'are'} empty${because}${mostly === undefined ? '' : `; ${mostly} must be filled`}`,
    checked: rows,
    failed: empty,
    observed: shareOf(empty, rows),
    rows: passed ? [] : shown,
    field
  }
}
