/**
 * Numbers that name a person or an account, each with the check that tells it from any other number of its length.
 * `confidence` is how sure a match is: low where a check digit lets one number in ten through.
 */
import { isDay, luhn, mod1110, mod97, remainder, verhoeff, weighted } from './check-digits.ts'

export interface Identifier {
  readonly kind: 'payment-card' | 'iban' | 'national-id'
  /** ISO 3166-1 code of the country that gives it; empty for all. */
  readonly country: string
  /** Of the whole text, without spaces. */
  readonly form: RegExp
  readonly confidence: number
  matches(text: string): boolean
}

/** ISO 13616: letters and digits of an IBAN by country. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(Object.entries({
  AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BR: 29, CH: 21, CR: 22, CY: 28, CZ: 24, DE: 22, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FO: 18, FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HR: 21, HU: 28, IE: 22, IL: 23, IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20, LB: 28, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MD: 24, ME: 22, MK: 19, MR: 27, MT: 31, MU: 30, NL: 18, NO: 15, PK: 24, PL: 28, PS: 29, PT: 25, QA: 29, RO: 24, RS: 22, SA: 24, SE: 24, SI: 19, SK: 24, SM: 27, TN: 24, TR: 26, UA: 29, VG: 24, XK: 20
}))

const digitsOf = (text: string): string => text.replace(/\D+/g, '')
const month = (digits: string, at: number): number => Number(digits.slice(at, at + 2))

/** Prefixes and lengths of Visa, Mastercard, American Express, Discover and Diners Club. */
const CARD = /^(?:4\d{12}(?:\d{3})?(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11})$/

const CONTROL_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'
const FISCAL_ODD: Readonly<Record<string, number>> = Object.fromEntries([...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((sign, at) => [sign, [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23][at]!]))

/** The last letter of an Italian fiscal code (DM 23/12/1976). */
function fiscalLetter(code: string): string {
  let sum = 0
  for (let at = 0; at < 15; at++) {
    const sign = code[at]!
    sum += at % 2 === 0 ? FISCAL_ODD[sign]! : sign >= 'A' ? sign.charCodeAt(0) - 65 : Number(sign)
  }
  return String.fromCharCode(65 + (sum % 26))
}

export const IDENTIFIERS: readonly Identifier[] = [
  { kind: 'iban', country: '', form: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, confidence: 0.99, matches: text => IBAN_LENGTHS.get(text.slice(0, 2)) === text.length && mod97(text) },
  { kind: 'payment-card', country: '', form: /^\d{4}[\d-]{8,19}$/, confidence: 0.9, matches: text => CARD.test(digitsOf(text)) && luhn(digitsOf(text)) },
  { kind: 'national-id', country: 'ZA', form: /^\d{13}$/, confidence: 0.97, matches: text => isDay(month(text, 2), month(text, 4)) && text[10]! <= '2' && luhn(text) },
  { kind: 'national-id', country: 'IT', form: /^[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/, confidence: 0.99, matches: text => fiscalLetter(text) === text[15] },
  { kind: 'national-id', country: 'FI', form: /^\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]$/, confidence: 0.97, matches: text => isDay(month(text, 2), month(text, 0)) && '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(text.slice(0, 6) + text.slice(7, 10)) % 31] === text[10] },
  { kind: 'national-id', country: 'ES', form: /^(?:\d{8}|[XYZ]\d{7})-?[A-Z]$/, confidence: 0.9, matches: text => CONTROL_LETTERS[Number(digitsOf(text.replace(/^[XYZ]/, sign => String('XYZ'.indexOf(sign))))) % 23] === text.at(-1) },
  { kind: 'national-id', country: 'CN', form: /^\d{17}[\dX]$/, confidence: 0.97, matches: text => isDay(month(text, 10), month(text, 12)) && '10X98765432'[weighted(text, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === text[17] },
  { kind: 'national-id', country: 'FR', form: /^[12]\d{14}$/, confidence: 0.95, matches: text => month(text, 3) >= 1 && (month(text, 3) <= 12 || month(text, 3) >= 20) && 97 - remainder(text.slice(0, 13), 97) === Number(text.slice(13)) },
  { kind: 'national-id', country: 'BE', form: /^\d{2}\.?\d{2}\.?\d{2}-?\d{3}[.-]?\d{2}$/, confidence: 0.93, matches: text => {
    const digits = digitsOf(text)
    return isDay(month(digits, 2), month(digits, 4)) && [digits.slice(0, 9), `2${digits.slice(0, 9)}`].some(body => 97 - remainder(body, 97) === Number(digits.slice(9)))
  } },
  { kind: 'national-id', country: 'PL', form: /^\d{11}$/, confidence: 0.85, matches: text => isDay(month(text, 2) % 20, month(text, 4)) && (10 - (weighted(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(text[10]) },
  { kind: 'national-id', country: 'BR', form: /^\d{3}\.?\d{3}\.?\d{3}-?\d{2}$/, confidence: 0.9, matches: text => {
    const digits = digitsOf(text)
    const at = (sum: number): number => (sum % 11 < 2 ? 0 : 11 - (sum % 11))
    return !/^(\d)\1+$/.test(digits) && at(weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2])) === Number(digits[9]) && at(weighted(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])) === Number(digits[10])
  } },
  { kind: 'national-id', country: 'SE', form: /^(?:19|20)?\d{6}[-+]?\d{4}$/, confidence: 0.8, matches: text => {
    const digits = digitsOf(text).slice(-10)
    return isDay(month(digits, 2), month(digits, 4)) && luhn(digits)
  } },
  { kind: 'national-id', country: 'DE', form: /^[1-9]\d{10}$/, confidence: 0.7, matches: text => new Set(text.slice(0, 10)).size >= 8 && new Set(text.slice(0, 10)).size < 10 && mod1110(text) },
  { kind: 'national-id', country: 'IN', form: /^[2-9]\d{11}$/, confidence: 0.6, matches: verhoeff },
  { kind: 'national-id', country: 'NL', form: /^\d{9}$/, confidence: 0.55, matches: text => !/^0+$/.test(text) && weighted(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 },
  { kind: 'national-id', country: 'GB', form: /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/, confidence: 0.85, matches: text => !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(text) },
  { kind: 'national-id', country: 'US', form: /^\d{3}-\d{2}-\d{4}$/, confidence: 0.8, matches: text => !/^(?:000|666|9)|-00-|-0000$/.test(text) }
]

/** The surest identifier that a text is, spaces aside; undefined when it is none. */
export function identifierOf(text: string): Identifier | undefined {
  const plain = text.replace(/[\s\u00a0]+/g, '').toUpperCase()
  let best: Identifier | undefined
  for (const one of IDENTIFIERS) if ((best === undefined || one.confidence > best.confidence) && one.form.test(plain) && one.matches(plain)) best = one
  return best
}
