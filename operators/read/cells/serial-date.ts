/**
 * Serial numbers to dates and times, in integer arithmetic and without a time zone. Two date systems: in that of 1900, day 1
 * is 1900-01-01 and day 60 is a 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1); in that of 1904, day 0
 * is 1904-01-01.
 */
import { KIND, type Kind } from '../../../kernel/artifact/table.ts'
import type { NumberStyle } from './number-format.ts'

export type DateSystem = 1900 | 1904

export interface DateText {
  readonly text: string
  readonly kind: Kind
}

/** Last day, 9999-12-31, in each system. */
const LAST_DAY = { 1900: 2_958_465, 1904: 2_957_003 } as const

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

/** Date of a day counted from 1970-01-01, as `YYYY-MM-DD` (proleptic Gregorian; H. Hinnant, "chrono-compatible low-level date algorithms"). */
export function civilDate(days: number): string {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return `${digits(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4)}-${digits(month, 2)}-${digits(day, 2)}`
}

/** Thousandths of a second in a day. */
const PER_DAY = 86_400_000

function clock(units: number): string {
  const seconds = Math.floor(units / 1000)
  const rest = units - seconds * 1000
  const text = `${digits(Math.floor(seconds / 3600), 2)}:${digits(Math.floor(seconds / 60) % 60, 2)}:${digits(seconds % 60, 2)}`
  return rest === 0 ? text : `${text}.${digits(rest, 3)}`
}

/**
 * The date or time that a serial stands for under a style, to the thousandth of a second, whether or not the style shows
 * them: a moment short of midnight is not the next day. Null when there is no such date: before the first day, past 9999,
 * or the 29 February 1900.
 */
export function serialText(serial: number, style: NumberStyle, system: DateSystem): DateText | null {
  if (serial < 0) return null
  if (style.what === 'elapsed') {
    const units = Math.round(serial * PER_DAY)
    return units > 9999 * PER_DAY ? null : { text: clock(units), kind: KIND.time }
  }
  let day = Math.floor(serial)
  let units = Math.round((serial - day) * PER_DAY)
  const timeAlone = day === 0 && (style.what === 'time' || (system === 1900 && units > 0))
  if (timeAlone) return { text: clock(Math.min(units, PER_DAY - 1)), kind: KIND.time }
  if (units === PER_DAY) {
    units = 0
    day++
  }
  if (day > LAST_DAY[system] || (system === 1900 && (day === 0 || day === 60))) return null
  const date = civilDate(system === 1904 ? day - 24_107 : day > 60 ? day - 25_569 : day - 25_568)
  return { text: units === 0 ? date : `${date}T${clock(units)}`, kind: KIND.date }
}

const ISO = /^(?:([0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?:[T ]|$))?(?:((?:[01][0-9]|2[0-3]):[0-5][0-9])(?::([0-5][0-9])(?:[.,]([0-9]+))?)?)?Z?$/

/** A date or time that a file stores as ISO 8601 text, in the form that this reader writes; null when it is none. */
export function isoText(stored: string): DateText | null {
  const match = ISO.exec(stored.trim())
  if (match === null) return null
  const [, date, minutes, seconds = '00', fraction = ''] = match
  if (date === undefined && minutes === undefined) return null
  if (minutes === undefined) return { text: date!, kind: KIND.date }
  const thousandths = fraction.slice(0, 3).padEnd(3, '0')
  const time = `${minutes}:${seconds}${thousandths === '000' ? '' : `.${thousandths}`}`
  if (date === undefined) return { text: time, kind: KIND.time }
  return { text: time === '00:00:00' ? date : `${date}T${time}`, kind: KIND.date }
}
