/** Dates: ISO 8601 out, whatever came in; what can be read two ways is refused, never guessed. */
import { KIND } from '../../kernel/artifact/table.ts'
import { foldWord, oneLine } from './clean.ts'
import { createNormaliser, type Draft } from './normaliser.ts'
import { MONTHS, WEEKDAYS } from './tables/months.ts'

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.\d*[1-9])?(Z|[+-]\d{2}:\d{2})?)?$/
const TIME = /^(.*?)(?:[T,]? ?)(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d+))?)? ?([ap]\.?m\.?)?(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?(?: ?(?:Uhr|hrs|h))?$/i
const TIME_FIRST = /^(\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?)[ ,]+(.+)$/i
const SERIAL = /^(\d{5})(?:[.,](\d+))?$/
/** Day numbers taken for dates: 1950 to 2099 in the 1900 system. */
const FIRST_SERIAL = 18264
const LAST_SERIAL = 73050
const DAYS_1904 = 1462
/** Two-digit years from here on belong to the twentieth century. */
const PIVOT = 50
const DAY_SECONDS = 86_400

/** Days before 1 March of year 0 shifted so that day 0 is 1970-01-01. Source: H. Hinnant, "chrono-compatible low-level date algorithms". */
function civilFromDays(days: number): readonly [year: number, month: number, day: number] {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1
  const month = mp < 10 ? mp + 3 : mp - 9
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, day]
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether year, month and day are a day of the calendar, from 1000 to 9999. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`
}

function iso(year: number, month: number, day: number): string {
  return `${year}-${two(month)}-${two(day)}`
}

/** The date, or date and time, of a spreadsheet's day number; null outside 1950 to 2099. */
export function dateOfSerial(text: string, system: 1900 | 1904): string | null {
  const match = SERIAL.exec(text)
  if (match === null) return null
  let days = Number(match[1]) + (system === 1904 ? DAYS_1904 : 0)
  if (days < FIRST_SERIAL || days > LAST_SERIAL) return null
  let seconds = Math.round(Number(`0.${match[2] ?? '0'}`) * DAY_SECONDS)
  if (seconds === DAY_SECONDS) {
    days++
    seconds = 0
  }
  const [year, month, day] = civilFromDays(days - 25_569)
  const date = iso(year, month, day)
  return seconds === 0 ? date : `${date}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** `HH:MM:SS`, with zone; '' for midnight without one; null when it is no time. */
function timeOf(match: RegExpExecArray): string | null {
  let hour = Number(match[2])
  const minute = Number(match[3])
  const second = Number(match[4] ?? '0')
  const half = match[6]?.toLowerCase().replace(/\./g, '')
  if (half !== undefined && (hour < 1 || hour > 12)) return null
  if (half === 'pm' && hour < 12) hour += 12
  if (half === 'am' && hour === 12) hour = 0
  if (hour > 23 || minute > 59 || second > 59) return null
  const fraction = (match[5] ?? '').replace(/0+$/, '')
  const zone = match[7]?.toUpperCase() ?? ''
  const offset = zone === '' ? '' : zone === 'Z' || zone === 'UTC' || zone === 'GMT' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  if (offset.length > 1 && (Number(offset.slice(1, 3)) > 14 || Number(offset.slice(4)) > 59)) return null
  const time = `${two(hour)}:${two(minute)}:${two(second)}${fraction === '' ? '' : `.${fraction}`}${offset}`
  return time === '00:00:00' ? '' : time
}

function fullYear(text: string, draft: Draft): number {
  if (text.length !== 2) return Number(text)
  draft.rule('TWO_DIGIT_YEAR')
  const year = Number(text)
  return year < PIVOT ? 2000 + year : 1900 + year
}

/** Year, month and day from three numbers; the reason when they are none. */
function fromNumbers(parts: readonly string[], draft: Draft, dots = false): string | 'DATE_INVALID' | 'DATE_AMBIGUOUS' {
  const [a, b, c] = parts as [string, string, string]
  // With dots the day comes first wherever dots are the custom (DIN 5008 and its like); the profile may say otherwise.
  const byDots = dots && draft.options.date_order === null && draft.options.country !== 'US'
  const order = byDots ? 'day-first' : draft.options.date_order
  if (a.length === 4) {
    const year = Number(a)
    if (isCalendarDay(year, Number(b), Number(c))) return iso(year, Number(b), Number(c))
    return 'DATE_INVALID'
  }
  if (a.length > 2 || b.length > 2 || (c.length !== 2 && c.length !== 4)) return 'DATE_INVALID'
  if (c.length === 2 && order === 'year-first') {
    const year = fullYear(a, draft)
    return a.length === 2 && isCalendarDay(year, Number(b), Number(c)) ? iso(year, Number(b), Number(c)) : 'DATE_INVALID'
  }
  const year = fullYear(c, draft)
  const dayFirst = isCalendarDay(year, Number(b), Number(a))
  const monthFirst = isCalendarDay(year, Number(a), Number(b))
  if (dayFirst && monthFirst && Number(a) !== Number(b)) {
    if (order === null || order === 'year-first') return 'DATE_AMBIGUOUS'
    draft.rule(byDots ? 'DATE_ORDER_BY_DOTS' : draft.options.date_order_shown ? 'DATE_ORDER_BY_COLUMN' : 'DATE_ORDER_BY_PROFILE')
    return order === 'day-first' ? iso(year, Number(b), Number(a)) : iso(year, Number(a), Number(b))
  }
  // With a year of two digits and no order given, 25/03/04 could still begin with its year.
  if (c.length === 2 && order === null && isCalendarDay(Number(a) < PIVOT ? 2000 + Number(a) : 1900 + Number(a), Number(b), Number(c)) && a.length === 2 && (dayFirst || monthFirst) && a !== c) return 'DATE_AMBIGUOUS'
  if (!dayFirst && !monthFirst) return 'DATE_INVALID'
  if (Number(a) !== Number(b)) draft.rule('DATE_ORDER_BY_VALUE')
  return dayFirst ? iso(year, Number(b), Number(a)) : iso(year, Number(a), Number(b))
}

/** A date with a month by name. */
function fromWords(words: readonly string[], draft: Draft): string | 'DATE_INVALID' | 'DATE_INCOMPLETE' {
  let month = 0
  const numbers: string[] = []
  for (const word of words) {
    const named = MONTHS.get(word)
    if (named !== undefined && month === 0) {
      month = named
      continue
    }
    if (WEEKDAYS.has(word)) continue
    const number = /^(\d{1,4})(?:st|nd|rd|th|er|e|de|ste)?$/.exec(word)
    if (number !== null) numbers.push(number[1]!)
    else if (word !== 'of' && word !== 'the' && word !== 'den' && word !== 'der' && word !== 'le' && word !== 'de' && word !== 'die') return 'DATE_INVALID'
  }
  if (month === 0) return 'DATE_INVALID'
  if (numbers.length === 1) return 'DATE_INCOMPLETE'
  if (numbers.length !== 2) return 'DATE_INVALID'
  const yearFirst = numbers[0]!.length === 4
  const day = Number(yearFirst ? numbers[1] : numbers[0])
  const yearText = (yearFirst ? numbers[0] : numbers[1])!
  if (yearText.length !== 4 && yearText.length !== 2) return 'DATE_INVALID'
  const year = fullYear(yearText, draft)
  return isCalendarDay(year, month, day) ? iso(year, month, day) : 'DATE_INVALID'
}

/** A date as `YYYY-MM-DD`, or with a time that is not midnight as `YYYY-MM-DDTHH:MM:SS`, with its zone if it had one. */
export const normaliseDate = createNormaliser('date', (text, draft) => {
  const done = ISO.exec(text)
  if (done !== null) {
    if (!isCalendarDay(Number(done[1]), Number(done[2]), Number(done[3])) || Number(done[4] ?? 0) > 23 || Number(done[5] ?? 0) > 59 || Number(done[6] ?? 0) > 59) return draft.fail('DATE_INVALID')
    if (!text.endsWith('T00:00:00')) {
      if (done[7] === undefined || done[7] === 'Z' || (Number(done[7].slice(1, 3)) <= 14 && Number(done[7].slice(4)) <= 59 && done[7] !== '+00:00' && done[7] !== '-00:00')) return draft.add(text)
    }
  }
  const line = oneLine(text.normalize('NFKC')).replace(/^'+/, '').replace(/[‐‑‒–—−]/g, '-').replace(/[.,;]+$/, '').replace(/ +/g, ' ').trim()
  if (draft.kind === KIND.number || SERIAL.test(line)) {
    const date = dateOfSerial(line, draft.options.date_system)
    if (date !== null) {
      draft.rule('EXCEL_SERIAL')
      return draft.add(date)
    }
  }
  let body = line
  let time = ''
  const swapped = TIME_FIRST.exec(body)
  if (swapped !== null) body = `${swapped[2]} ${swapped[1]}`
  const timed = TIME.exec(body)
  if (timed !== null) {
    const found = timeOf(timed)
    if (found === null) return draft.fail('DATE_INVALID')
    if (found === '') draft.rule('TIME_DROPPED')
    time = found
    body = timed[1]!.replace(/[ ,T-]+$/, '')
  }
  const result = dayOf(body, draft)
  if (result === 'DATE_INVALID' || result === 'DATE_INCOMPLETE' || result === 'DATE_AMBIGUOUS') return draft.fail(result)
  const value = time === '' ? result : `${result}T${time.endsWith('+00:00') || time.endsWith('-00:00') ? `${time.slice(0, -6)}Z` : time}`
  if (value !== text) draft.rule('DATE_FORMAT')
  draft.add(value)
})

function dayOf(body: string, draft: Draft): string {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(body)
  if (compact !== null) return fromNumbers(compact.slice(1), draft)
  const numeric = /^(\d{1,4})(?: ?[/.\-,] ?| )(\d{1,2})(?: ?[/.\-,] ?| )(\d{1,4})$/.exec(body)
  if (numeric !== null) return fromNumbers(numeric.slice(1), draft, /^\d+\. ?\d+\. ?\d+$/.test(body))
  const words = foldWord(body.replace(/(\d)([A-Za-zÀ-ÿ])/g, (all, digit: string, letter: string, at: number) => (/^\d{1,2}(?:st|nd|rd|th|er|e|de|ste)\b/i.test(body.slice(at)) ? all : `${digit} ${letter}`)).replace(/([A-Za-zÀ-ÿ])(\d)/g, '$1 $2'))
  if (words === '') return 'DATE_INVALID'
  if (/^\d{4}$/.test(words) || /^(?:\d{1,2} \d{4}|\d{4} \d{1,2})$/.test(words)) return 'DATE_INCOMPLETE'
  return fromWords(words.split(' '), draft)
}
