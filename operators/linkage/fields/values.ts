/** The values of a field in the form in which they are compared: folded, each distinct one once. */
import type { Column } from '../../../kernel/artifact/table.ts'
import { foldWords } from '../../model/name-key.ts'
import { dateKey } from './dates.ts'

/** `codes[record]` is 0 where there is none, else 1 + the index into `texts`. */
export interface Values {
  readonly texts: readonly string[]
  readonly codes: Uint32Array
  /** Records with each code. */
  readonly counts: Uint32Array
}

const NOTHING = new Set(['', 'na', 'n a', 'nan', 'null', 'none', 'unknown', 'nil', 'not available', 'not applicable', 'not known', 'tbc', 'tba'])

const LONGEST_NOTHING = 14
const isNothing = (folded: string): boolean => folded.length <= LONGEST_NOTHING && NOTHING.has(folded)

/** How the text of a type is folded; null where it says nothing. */
export type Fold = (text: string) => string | null

export const foldName: Fold = text => {
  const folded = foldWords(text)
  return isNothing(folded) ? null : folded
}
/** Letters and digits alone. */
export const foldIdentifier: Fold = text => {
  const folded = foldName(text)
  return folded === null ? null : folded.replaceAll(' ', '')
}
/** Digits alone, up to an extension; without the zeros and the plus that lead them. */
export const foldPhone: Fold = text => {
  let digits = ''
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign >= 48 && sign <= 57) {
      if (sign !== 48 || digits !== '') digits += text[at]!
    } else if (sign === 35 || sign === 120 || sign === 88) break
  }
  return digits.length < 4 ? null : digits
}
export const foldEmail: Fold = text => {
  const folded = text.trim().toLowerCase()
  return folded.length < 3 || isNothing(folded) ? null : folded
}
export const foldUrl: Fold = text => {
  const folded = text.trim().toLowerCase().replace(/^[a-z]+:\/\//, '').replace(/^www\./, '').replace(/\/+$/, '')
  return isNothing(folded) ? null : folded
}
export const foldNumber: Fold = text => {
  const number = Number(text.replace(/[^0-9.,-]+/g, '').replace(/,(?=\d{3}(?:\D|$))/g, '').replace(',', '.'))
  return Number.isFinite(number) && /[0-9]/.test(text) ? String(number) : null
}
export const foldDate: Fold = text => dateKey(text) ?? foldName(text)

/** Folds a column, each distinct value once. */
export function valuesOf(column: Column, fold: Fold): Values {
  const folded = column.values.map(value => fold(value))
  // Distinct values that stay as they are stay distinct.
  if (column.kinds === null && folded.every((text, index) => text === column.values[index])) return { texts: column.values, codes: column.codes, counts: countsOf(column.codes, column.values.length) }
  const seen = new Map<string, number>()
  const texts: string[] = []
  const translated = new Uint32Array(column.values.length + 1)
  folded.forEach((text, index) => {
    if (text === null || text === '') return
    let code = seen.get(text)
    if (code === undefined) {
      texts.push(text)
      code = texts.length
      seen.set(text, code)
    }
    translated[index + 1] = code
  })
  const codes = new Uint32Array(column.codes.length)
  for (let record = 0; record < codes.length; record++) codes[record] = translated[column.codes[record]!]!
  return { texts, codes, counts: countsOf(codes, texts.length) }
}

function countsOf(codes: Uint32Array, distinct: number): Uint32Array {
  const counts = new Uint32Array(distinct + 1)
  for (let record = 0; record < codes.length; record++) counts[codes[record]!]!++
  return counts
}
