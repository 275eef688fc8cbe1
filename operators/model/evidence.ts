/** What a value looks like, judged by its text alone: evidence for headers and for the meaning of columns. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { KIND, type Column, type Kind } from '../../kernel/artifact/table.ts'

export type ValueClass = 'blank' | 'text' | 'email' | 'phone' | 'url' | 'date' | 'number' | 'boolean' | 'error'

const EMAIL = /[^\s@<>;,]+@[^\s@<>;,]+\.[^\s@<>;,.]{2,}/u
const URL_START = /^(?:https?:\/\/|www\.)\S/i
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|info|biz|edu|gov|aero|africa|academy|io|co|eu|[a-z]{2})(?:[/:?#]\S*)?$/i
const PHONE = /^[+(]? ?\d[\d\s().\-/+,;:\u2010-\u2015]*(?:(?:ext|x|or)\.?[\d\s().\-/+,;:]*)*$/i
/** A number with a word or two before or behind it: `Tel: 011 555 0123`, `011 555 0123 (after hours)`. */
const PHONE_WITH_WORDS = /^(?:(?:tel(?:ephone|efoon|efon)?|phone|ph|cell(?:phone)?|sel|mobile|mob|landline|office|work|home|fax|whatsapp|[tcmwfo])\b[. ]*:? *)?([+(]? ?\d[\d\s().\-/]{7,}\d)(?:[ (\-–]+[a-z][a-z ]{0,14}\)?)?$/i
const MARKS = /^[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+|[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+$/g
const DATE_ISO = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}:\d{2}.*)?$/
const DATE_PARTS = /^\d{1,2}[/.\- ]\d{1,2}[/.\- ](?:\d{2}|\d{4})(?: \d{1,2}:\d{2}.*)?$/
const DATE_MONTH =
  /^(?:\d{1,2}(?:st|nd|rd|th)?[\s\-.]+)?(?:jan|feb|mar|mär|maa|apr|may|mai|mei|jun|jul|aug|sep|oct|okt|nov|dec|dez|des)[a-z]*[\s\-.,]+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{2,4}$/i
const NUMBER = /^[-+(]?\s?(?:[R$€£]|ZAR|EUR|USD|GBP)?\s?[-+]?\d[\d\s.,'\u00a0\u202f]*(?:e[-+]?\d+)?\s?(?:%|€|[A-Z]{3})?\)?$/i
const BOOLEAN = /^(?:true|false|yes|no|y|n|ja|nein|nee|oui|non)$/i
const BLANK = /^(?:[\s\u200b\u2060\ufeff]|\u200c|\u200d)*$/

/** Whether a cell's text shows nothing: empty, or white space of any kind. */
export function isBlank(text: string): boolean {
  if (text.length === 0) return true
  const first = text.charCodeAt(0)
  // Most text starts with a visible character.
  if (first > 0x20 && first < 0x7f) return false
  return BLANK.test(text)
}

/** The number of ASCII digits in a text. */
export function digitCount(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) count++
  }
  return count
}

/** What one value looks like. Whole numbers of 9 to 15 digits written as text count as phones when they start with 0 or +, else as numbers. */
export function classify(text: string, kind: Kind): ValueClass {
  switch (kind) {
    case KIND.number:
      return 'number'
    case KIND.boolean:
      return 'boolean'
    case KIND.date:
    case KIND.time:
      return 'date'
    case KIND.error:
      return 'error'
    default:
  }
  if (isBlank(text)) return 'blank'
  const value = text.trim()
  if (value.length > 400) return 'text'
  if (value.includes('@') && EMAIL.test(value)) return 'email'
  if (URL_START.test(value) || (value.includes('.') && DOMAIN.test(value) && !/^\d+(\.\d+)*$/.test(value))) return 'url'
  const first = value.charCodeAt(0)
  const digits = (first >= 48 && first <= 57) || first === 43 || first === 40 || first === 45 ? digitCount(value) : 0
  if (digits > 0) {
    if (DATE_ISO.test(value) || DATE_PARTS.test(value)) return 'date'
    if (digits >= 7 && PHONE.test(value) && isPhoneShaped(value, digits)) return 'phone'
    if (NUMBER.test(value)) return 'number'
  } else if (/^[R$€£A-Z]/i.test(value) && NUMBER.test(value)) return 'number'
  if (DATE_MONTH.test(value)) return 'date'
  if (isPhoneInText(value)) return 'phone'
  return BOOLEAN.test(value) ? 'boolean' : 'text'
}

/** A phone number beside words, or between the invisible marks that copying leaves. */
function isPhoneInText(value: string): boolean {
  if (value.length > 60 || digitCount(value) < 9) return false
  const number = PHONE_WITH_WORDS.exec(value.replace(MARKS, ''))?.[1]
  return number !== undefined && isPhoneShaped(number.replace(/^\+ /, '+'), digitCount(number))
}

function isPhoneShaped(value: string, digits: number): boolean {
  if (value.startsWith('+') || value.startsWith('(')) return digits <= 32
  // Digits alone with a zero in front are a phone only at the length of one: longer ones are codes.
  if (/^0\d+$/.test(value)) return value.startsWith('00') ? digits >= 11 && digits <= 15 : digits >= 9 && digits <= 11
  if (value.startsWith('0')) return digits >= 9 && digits <= 32 && !/^0[.,]/.test(value)
  // "1 234 567,50" is an amount, "082 123 4567 / 083…" is not.
  return digits >= 9 && digits <= 32 && /[\s()/-]/.test(value) && !/[.,]\d{1,2}$/.test(value) && !/^\d{1,3}([ \u00a0\u202f]\d{3})+$/.test(value)
}

/** A sample of a column's distinct values, by class, with what else maps and types are told from. */
export interface ColumnEvidence {
  /** Cells that show something. */
  readonly filled: number
  /** Distinct values that show something. */
  readonly distinct: number
  /** Share of the sampled distinct values per class, blanks left out. */
  readonly share: Readonly<Record<ValueClass, number>>
  /** Values sampled, in order of first appearance. */
  readonly sample: readonly string[]
  /** Kinds of the sampled values. */
  readonly kinds: readonly Kind[]
  /** The decimal sign that the table of each sampled value shows, where that is known. */
  readonly signs?: readonly ('point' | 'comma' | null)[]
  /** Share of the sample that are digits only and start with 0. */
  readonly leadingZeros: number
  /** Share of the sample that are whole numbers of 9 to 13 digits without a zero in front. */
  readonly phoneIntegers: number
}

const SAMPLE = 300
const PLACEHOLDER = /^\s*[-\u2010-\u2015?.*/]+\s*$/

/**
 * Evidence from one column. Looks at no more than its first 300 distinct values. `standsForNothing` tells values that
 * count as blank cells; dashes and question marks alone always do.
 */
export function evidenceOf(column: Column, standsForNothing: (text: string, kind: Kind) => boolean = () => false): ColumnEvidence {
  const counts: Record<ValueClass, number> = { blank: 0, text: 0, email: 0, phone: 0, url: 0, date: 0, number: 0, boolean: 0, error: 0 }
  const sample: string[] = []
  const kinds: Kind[] = []
  let leadingZeros = 0
  let phoneIntegers = 0
  const dictionary = dictionaryOf(column)
  const limit = dictionary.size < SAMPLE ? dictionary.size : SAMPLE
  /** By code, 1 where it stands for nothing. */
  const nothing = new Uint8Array(limit + 1)
  nothing[0] = 1
  for (let index = 0; index < limit; index++) {
    const text = dictionary.at(index)
    const kind = column.kinds === null ? KIND.text : (column.kinds[index]! as Kind)
    // A dash or a question mark alone stands for nothing.
    const none = standsForNothing(text, kind)
    if (none) nothing[index + 1] = 1
    const found = none || PLACEHOLDER.test(text) ? 'blank' : classify(text, kind)
    counts[found]++
    if (found === 'blank') continue
    sample.push(text)
    kinds.push(kind)
    if (/^0\d+$/.test(text)) leadingZeros++
    if (found === 'number' && /^\d{9,13}(?:\.0)?$/.test(text)) phoneIntegers++
  }
  let filled = 0
  const { codes } = column
  for (let row = 0; row < codes.length; row++) if (codes[row]! > limit || nothing[codes[row]!] !== 1) filled++
  const of = sample.length === 0 ? 1 : sample.length
  const share = {} as Record<ValueClass, number>
  for (const name of Object.keys(counts) as ValueClass[]) share[name] = name === 'blank' ? 0 : counts[name] / of
  return { filled, distinct: dictionary.size - counts.blank, share, sample, kinds, leadingZeros: leadingZeros / of, phoneIntegers: phoneIntegers / of }
}
