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

/** How the text of a type is folded; null where it says nothing. */
export type Fold = (text: string) => string | null

export const foldName: Fold = text => {
  const folded = foldWords(text)
  return NOTHING.has(folded) ? null : folded
}
/** Letters and digits alone. */
export const foldIdentifier: Fold = text => {
  const folded = foldName(text)
  return folded === null ? null : folded.replaceAll(' ', '')
}
/** Digits alone; without the zeros and the plus that lead them. */
export const foldPhone: Fold = text => {
  const digits = text.replace(/(?:ext|x|#).*$/i, '').replace(/[^0-9]+/g, '').replace(/^0+/, '')
  return digits.length < 4 ? null : digits
}
export const foldEmail: Fold = text => {
  const folded = text.trim().toLowerCase()
  return NOTHING.has(folded) || folded.length < 3 ? null : folded
}
export const foldUrl: Fold = text => {
  const folded = text.trim().toLowerCase().replace(/^[a-z]+:\/\//, '').replace(/^www\./, '').replace(/\/+$/, '')
  return NOTHING.has(folded) ? null : folded
}
export const foldNumber: Fold = text => {
  const number = Number(text.replace(/[^0-9.,-]+/g, '').replace(/,(?=\d{3}(?:\D|$))/g, '').replace(',', '.'))
  return Number.isFinite(number) && /[0-9]/.test(text) ? String(number) : null
}
export const foldDate: Fold = text => dateKey(text) ?? foldName(text)

/** Folds a column, each distinct value once. */
export function valuesOf(column: Column, fold: Fold): Values {
  const seen = new Map<string, number>()
  const texts: string[] = []
  const translated = new Uint32Array(column.values.length + 1)
  column.values.forEach((value, index) => {
    const text = fold(value)
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
  const counts = new Uint32Array(texts.length + 1)
  for (let record = 0; record < codes.length; record++) {
    const code = translated[column.codes[record]!]!
    codes[record] = code
    counts[code]!++
  }
  return { texts, codes, counts }
}
