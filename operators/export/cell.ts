/** What a field's normalised text is in a format that knows numbers, dates and truth values. */
import type { SemanticType } from '../../schemas/generated/profile.ts'

export type CellType = 'text' | 'number' | 'date' | 'boolean'

/** The cell type of a semantic type. A value that does not fit it is written as text. */
export function cellTypeOf(type: SemanticType | undefined): CellType {
  return type === 'number' || type === 'currency' ? 'number' : type === 'date' ? 'date' : type === 'boolean' ? 'boolean' : 'text'
}

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
/** A double keeps this many decimal digits of any number. */
const EXACT_DIGITS = 15

/** The number that a plain decimal stands for; null when it is none or a double could not hold all its digits. */
export function numberOf(text: string): number | null {
  if (text.length > EXACT_DIGITS + 2 || !DECIMAL.test(text)) return null
  let digits = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x30) digits++
  const value = Number(text)
  return digits > EXACT_DIGITS || Object.is(value, -0) ? null : value
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export interface CalendarDate {
  /** Days since 1970-01-01. */
  readonly day: number
  /** Seconds since midnight; null when the text has no time of day. */
  readonly second: number | null
}

/** The day and second that an ISO date stands for in the proleptic Gregorian calendar; null when it is none. */
export function dateOf(text: string): CalendarDate | null {
  const match = DATE.exec(text)
  if (match === null) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month < 1 || month > 12 || day < 1 || day > MONTH_DAYS[month - 1]! + (leap && month === 2 ? 1 : 0)) return null
  // Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil: years begin in March.
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  const days = era * 146_097 + dayOfEra - 719_468
  if (match[4] === undefined) return { day: days, second: null }
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])]
  return hour > 23 || minute > 59 || second > 59 ? null : { day: days, second: hour * 3600 + minute * 60 + second }
}
