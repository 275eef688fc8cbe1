/** The decimal text of numbers. */
const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/
const EXPONENT = /^(-?)([0-9])(?:\.([0-9]+))?e([+-][0-9]+)$/
/** Exponents beyond this stay in scientific notation. */
const MAX_ZEROS = 40

/** Shortest decimal text that reads back as the same double (ECMA-262, Number::toString), without an exponent where that is readable. */
export function plainDecimal(value: number): string {
  const text = String(value)
  const size = Math.abs(value)
  // The bounds of the notation without an exponent.
  if (size < 1e21 && (size >= 1e-6 || size === 0)) return text
  const match = EXPONENT.exec(text)
  if (match === null) return text
  const [, sign, first, rest = '', exponent] = match
  const shift = Number(exponent)
  if (Math.abs(shift) > MAX_ZEROS) return text.replace('e+', 'e')
  const digits = first! + rest
  return sign! + (shift < 0 ? '0.' + '0'.repeat(-shift - 1) + digits : digits.padEnd(shift + 1, '0'))
}

/** A number as a file writes it. `exact` is the text when the double does not hold all digits of an integer, else null. */
export interface StoredNumber {
  readonly value: number
  readonly exact: string | null
}

/** Largest integer below which every integer has a double of its own. */
const EXACT_BELOW = 9_007_199_254_740_992

/** Reads a number as `xsd:double` allows it; null when the text is none or is not finite. */
export function readNumber(text: string): StoredNumber | null {
  const trimmed = text.trim()
  if (!DECIMAL.test(trimmed)) return null
  const value = Number(trimmed)
  if (!Number.isFinite(value)) return null
  if (Math.abs(value) < EXACT_BELOW || !/^[+-]?[0-9]{1,40}$/.test(trimmed)) return { value: value + 0, exact: null }
  const digits = trimmed.replace(/^([+-]?)0+(?=[0-9])/, '$1').replace('+', '')
  return { value, exact: digits === plainDecimal(value) ? null : digits }
}
