/**
 * Decimal numbers as text, without a detour through floating point: `1 234,50` and `1,234.50` are both `1234.5`.
 *
 * One comma or point with three digits behind it (`1,234`, `1.234`) can mean thousands or decimals: in a cell of text it
 * is ambiguous unless the column, the other columns of its table, or the profile say which. Where they do not say that the
 * point is the decimal sign, the number one and 234 thousandths is written `1.2340`: it then reads the same to everybody.
 */

export type DecimalSign = 'auto' | 'point' | 'comma'

const GROUP_SPACES = /(?<=\d)[ '’´`](?=\d{3}(?!\d))/g
const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/
/** The shape that would be read as thousands in a column with decimal commas. */
export const LIKE_THOUSANDS = /^-?[1-9]\d{0,2}\.\d{3}$/
/** Text, with its signs, in which one comma or point may mark thousands or decimals. */
const EITHER_WAY = /^[-+(\s]*[1-9]\d{0,2}[.,]\d{3}[\s)-]*$/
const GUARDED = /^-?[1-9]\d{0,2}\.\d{3}0$/
const SCIENTIFIC = /^([+-]?)(\d+)(?:[.,](\d+))?[eE]([+-]?\d{1,3})$/
/** Thousands in threes, or as in India: two digits each before the last three. */
const COMMA_GROUPS = /^\d{1,3}(?:,\d{3})+$|^\d{1,2}(?:,\d{2})+,\d{3}$/
const POINT_GROUPS = /^\d{1,3}(?:\.\d{3})+$/
const MAX_EXPONENT = 308

/** Whether one comma or point in the text may mark thousands or decimals. */
export function readsEitherWay(text: string): boolean {
  return EITHER_WAY.test(text)
}

/** Why text is no decimal number. */
export type DecimalFailure = 'ambiguous' | 'invalid'
export interface Decimal {
  readonly value: string
  /** The sign that the text gives away; null when it gives none. */
  readonly sign: 'point' | 'comma' | null
}

/** Digits and point without superfluous zeros: `-0012.50` → `-12.5`, `-0` → `0`. */
export function shortest(negative: boolean, whole: string, fraction: string): string {
  const left = whole.replace(/^0+(?=\d)/, '')
  const right = fraction.replace(/0+$/, '')
  const value = right === '' ? left : `${left}.${right}`
  return negative && value !== '0' ? `-${value}` : value
}

function expand(match: RegExpExecArray): Decimal | DecimalFailure {
  const exponent = Number(match[4])
  if (exponent > MAX_EXPONENT || exponent < -MAX_EXPONENT) return 'invalid'
  return { value: shiftPoint(match[1] === '-', match[2]!, match[3] ?? '', exponent), sign: null }
}

/** Moves the decimal point by `places` to the right. */
export function shiftPoint(negative: boolean, whole: string, fraction: string, places: number): string {
  const digits = whole + fraction
  const point = whole.length + places
  if (point <= 0) return shortest(negative, '0', '0'.repeat(-point) + digits)
  if (point >= digits.length) return shortest(negative, digits + '0'.repeat(point - digits.length), '')
  return shortest(negative, digits.slice(0, point), digits.slice(point))
}

/** Reads an unsigned or signed decimal without currency or percent sign. */
export function parseDecimal(text: string, decimal: DecimalSign): Decimal | DecimalFailure {
  const scientific = SCIENTIFIC.exec(text)
  if (scientific !== null) return expand(scientific)
  if (GUARDED.test(text)) return { value: text, sign: 'point' }
  let body = text
  let negative = false
  const bracket = /^\((.*)\)$/.exec(body)
  if (bracket !== null) {
    negative = true
    body = bracket[1]!.trim()
  }
  const sign = /^([+-]) ?(.*)$/.exec(body) ?? null
  if (sign !== null) {
    if (sign[1] === '-') negative = !negative
    body = sign[2]!
  } else if (body.endsWith('-')) {
    negative = !negative
    body = body.slice(0, -1).trim()
  }
  body = body.replace(GROUP_SPACES, '')
  if (!/^[\d.,]*\d[.,]?$/.test(body)) return 'invalid'
  if (/^\d+$/.test(body)) return { value: shortest(negative, body, ''), sign: null }
  body = body.replace(/[.,]$/, '')
  const comma = body.lastIndexOf(',')
  const point = body.lastIndexOf('.')
  if (comma === -1 && point === -1) return { value: shortest(negative, body, ''), sign: null }
  if (comma >= 0 && point >= 0) {
    const last = Math.max(comma, point)
    const whole = body.slice(0, last)
    const groups = comma > point ? POINT_GROUPS : COMMA_GROUPS
    if (!groups.test(whole)) return 'invalid'
    return { value: shortest(negative, whole.replace(/[.,]/g, ''), body.slice(last + 1)), sign: comma > point ? 'comma' : 'point' }
  }
  const mark = comma >= 0 ? ',' : '.'
  const at = comma >= 0 ? comma : point
  if (body.indexOf(mark) !== at) {
    if (!(mark === ',' ? COMMA_GROUPS : POINT_GROUPS).test(body)) return 'invalid'
    return { value: shortest(negative, body.replace(/[.,]/g, ''), ''), sign: mark === ',' ? 'point' : 'comma' }
  }
  const whole = body.slice(0, at) === '' ? '0' : body.slice(0, at)
  const fraction = body.slice(at + 1)
  const undecided = fraction.length === 3 && whole.length <= 3 && !whole.startsWith('0')
  const own = mark === ',' ? 'comma' : 'point'
  if (!undecided) return { value: guard(shortest(negative, whole, fraction), own), sign: own }
  const thousands = decimal === 'auto' ? (mark === ',' ? null : false) : decimal !== own
  if (thousands === null) return 'ambiguous'
  if (thousands) return { value: shortest(negative, whole + fraction, ''), sign: null }
  return { value: guard(shortest(negative, whole, fraction), own), sign: null }
}

/** Keeps one zero where the value would otherwise change its meaning in its own column. */
function guard(value: string, own: 'comma' | 'point'): string {
  return own === 'comma' && LIKE_THOUSANDS.test(value) ? `${value}0` : value
}

/** Whether text is a number in the form that `parseDecimal` returns. */
export function isShortest(text: string): boolean {
  return (PLAIN.test(text) && text !== '-0') || GUARDED.test(text)
}
