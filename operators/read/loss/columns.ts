/** Losses that only a whole column shows: its numbers, its digits, and the zeros in front of them. */
import { dictionaryOf } from '../../../kernel/artifact/dictionary.ts'
import type { Table } from '../../../kernel/artifact/table.ts'
import type { LossLedger } from './ledger.ts'
import { traitsOf } from './traits.ts'

/** What a text looks like, as bits: `engine/assembly/traits.ts` tells them. */
const DIGITS = 1
const NUMERIC = 2
const ZERO_LED = 4
const SCIENTIFIC = 8
const IS_NUMBER = 16
const ROUNDED = 32
/** A whole number of as many digits whose last ones are not all zero. */
const EXACT = 64

/** Shares of a column's cells from which it counts as one kind. */
const MOSTLY = 0.5
const LONGEST_NUMBER = 24
const YEAR = /^(?:19|20)\d\d$/

/** Adds to the ledger what the columns of a sheet show. `typed` says whether the format tells numbers from text, `exact` whether with all their digits. */
export function findColumnLosses(table: Table, columnIndexes: readonly number[], typed: boolean, ledger: LossLedger, exact: boolean): void {
  const rows = table.integers[0]!.data
  table.columns.forEach((column, position) => {
    const { codes, kinds } = column
    const { size, starts: bounds } = dictionaryOf(column)
    const index = columnIndexes[position]!
    const { traits, any } = traitsOf(dictionaryOf(column), kinds)
    // Where the format does not tell numbers from text, their shares say nothing.
    if ((any & (typed ? NUMERIC | SCIENTIFIC | ROUNDED : ZERO_LED | SCIENTIFIC | ROUNDED)) === 0) return
    const lengthOf = (code: number): number => bounds[code]! - bounds[code - 1]!
    const counts = new Uint32Array(size + 1)
    for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++
    counts[0] = 0
    let filled = 0
    let numbers = 0
    let numericTexts = 0
    const withZero = new Uint32Array(LONGEST_NUMBER + 1)
    let zeroLed = 0
    let digitCells = 0
    const lengths = new Uint32Array(LONGEST_NUMBER + 1)
    for (let code = 1; code < counts.length; code++) {
      const count = counts[code]!
      const trait = traits[code]!
      filled += count
      if (trait & IS_NUMBER) numbers += count
      else if (trait & NUMERIC && !(trait & ZERO_LED)) numericTexts += count
      if (!(trait & DIGITS)) continue
      const length = Math.min(LONGEST_NUMBER, lengthOf(code))
      digitCells += count
      lengths[length]! += count
      if (trait & ZERO_LED) {
        zeroLed += count
        withZero[length]! += count
      }
    }
    const flag = (code: Parameters<LossLedger['add']>[0], test: (code: number) => boolean): void => {
      const marked = new Uint8Array(traits.length)
      for (let at = 1; at < marked.length; at++) if (test(at)) marked[at] = 1
      for (let row = 0; row < codes.length; row++) if (marked[codes[row]!] === 1) ledger.add(code, index, rows[row]!)
    }
    if (any & ROUNDED && !exact) {
      // As text, a long number may end in zeros by chance, but not all of a column's.
      const inText = traits.reduce((count, trait) => count + ((trait & (ROUNDED | IS_NUMBER)) === ROUNDED ? 1 : 0), 0)
      const byChance = inText < 2 || (any & EXACT) !== 0
      flag('NUMBER_ROUNDED', code => (traits[code]! & ROUNDED) !== 0 && ((traits[code]! & IS_NUMBER) !== 0 || !byChance))
    }
    if (any & SCIENTIFIC) flag('SCIENTIFIC_IDENTIFIER', code => (traits[code]! & SCIENTIFIC) !== 0)
    if (typed && numericTexts > 0 && numbers > filled * MOSTLY) {
      const heads = yearsAbove(codes, traits, code => YEAR.test(dictionaryOf(column).at(code - 1)))
      flag('NUMBER_AS_TEXT', code => (traits[code]! & NUMERIC) !== 0 && !heads.has(code))
    }
    if (typed && numbers > 0 && numericTexts + zeroLed > filled * MOSTLY) flag('TEXT_AS_NUMBER', code => (traits[code]! & IS_NUMBER) !== 0)
    const width = commonLength(withZero)
    // The usual length of the column must be that of the values with a zero, or shorter values are just shorter.
    if (zeroLed > 0 && width > 4 && lengths[width]! > digitCells * MOSTLY && digitCells > lengths[width]!) {
      flag('LEADING_ZEROS_LOST', code => (traits[code]! & (DIGITS | ZERO_LED)) === DIGITS && lengthOf(code) === width - 1 && (!typed || (traits[code]! & IS_NUMBER) !== 0))
    }
  })
}

/** Codes of years as text that stand only above all numbers of a column: they head it. None where its numbers are years, too. */
function yearsAbove(codes: Uint32Array, traits: Uint8Array, isYear: (code: number) => boolean): ReadonlySet<number> {
  const heads = new Set<number>()
  const isNumber = (code: number): boolean => (traits[code]! & IS_NUMBER) !== 0
  const first = codes.findIndex(isNumber)
  if (isYear(codes[first]!)) return heads
  for (let row = 0; row < first; row++) if ((traits[codes[row]!]! & DIGITS) !== 0 && isYear(codes[row]!)) heads.add(codes[row]!)
  if (heads.size > 0) for (let row = first; row < codes.length; row++) heads.delete(codes[row]!)
  return heads
}

function commonLength(counts: Uint32Array): number {
  let best = 0
  for (let length = 1; length < counts.length; length++) if (counts[length]! > counts[best]!) best = length
  return best
}
