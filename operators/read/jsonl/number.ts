/** Numbers as a JSON text writes them (RFC 8259, 6): decimal digits, of which a double holds fifteen at most. */

/** Whether a line may hold a number that a double does not: sixteen digits and more, or an exponent. */
export const MAY_BE_INEXACT = /[0-9.]{16}|[0-9][eE]/
const PARTS = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/
/** Exponents beyond this stay in scientific notation, as those of doubles do. */
const MAX_ZEROS = 40

/** A number whose digits a double does not hold. */
export class ExactNumber {
  /** Its decimal text without needless zeros. */
  readonly text: string
  /** Whether it is within the range of a double, if not within its precision. */
  readonly inRange: boolean

  constructor(text: string, inRange: boolean) {
    this.text = text
    this.inRange = inRange
  }

  toString(): string {
    return this.text
  }
}

/** The number that a JSON text writes: a double where one has all its digits, else the text in canonical form. */
export function exactNumber(source: string): number | ExactNumber {
  const value = Number(source)
  const match = PARTS.exec(source)
  if (match === null) return value
  const [, sign, whole, fraction = '', exponent = '0'] = match
  const written = whole! + fraction
  let from = 0
  while (written[from] === '0') from++
  if (from === written.length) return 0
  let to = written.length
  while (written[to - 1] === '0') to--
  const digits = written.slice(from, to)
  /** The number is 0.digits times ten to this power. */
  const point = whole!.length - from + Number(exponent)
  if (!Number.isSafeInteger(point)) return new ExactNumber(source, false)
  const inRange = Number.isFinite(value) && value !== 0
  if (inRange && sameDigits(value, digits, point)) return value
  return new ExactNumber(sign! + plain(digits, point), inRange)
}

/** Whether the shortest text of a double has these digits and this power. */
function sameDigits(value: number, digits: string, point: number): boolean {
  const [mantissa, power] = Math.abs(value).toExponential().split('e') as [string, string]
  return mantissa.replace('.', '') === digits && Number(power) + 1 === point
}

function plain(digits: string, point: number): string {
  if (point - 1 > Math.max(MAX_ZEROS, digits.length - 1) || point - 1 < -MAX_ZEROS) return `${digits[0]!}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${point - 1}`
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`
  return point >= digits.length ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`
}
