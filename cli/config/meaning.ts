/** What no schema can tell of a value: whether a day is in the calendar, and whether there is such a country. */
import { HotpassError } from '../../kernel/error.ts'
import type { LeafOrigin, ResolvedConfig } from '../../kernel/config/types.ts'

/** A day, or an instant in UTC (RFC 3339, section 5.6), whole seconds. */
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})Z)?$/
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether a text is a day or an instant that there is in the Gregorian calendar. Leap seconds are not taken. */
export function isInstant(text: string): boolean {
  const [year, month, day, hour = 0, minute = 0, second = 0] = (INSTANT.exec(text) ?? []).slice(1).map(part => Number(part ?? 0))
  if (year === undefined || month === undefined || day === undefined) return false
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  return month >= 1 && month <= 12 && day >= 1 && day <= MONTHS[month - 1]! + leap && hour < 24 && minute < 60 && second < 60
}

/** Refuses an instant that is none. `said` is what the user wrote it under. Throws E_CONFIG. */
export function assertInstant(text: string, said: string, place: { readonly file?: string; readonly line?: number } = {}): void {
  if (isInstant(text)) return
  throw new HotpassError('E_CONFIG', `${said}: there is no such day or time`, { place, hint: 'give a day such as 2026-01-31, or an instant in UTC such as 2026-01-31T08:30:00Z' })
}

/** How an error names a setting: by the flag, variable or file that set it. */
function saidBy(key: string, flag: string, origin: LeafOrigin | undefined): { readonly said: string; readonly place: { readonly file?: string; readonly line?: number } } {
  if (origin?.kind === 'flag') return { said: `--${flag}`, place: {} }
  if (origin === undefined || origin.kind === 'environment') return { said: `${origin === undefined ? '' : 'environment: '}${key}`, place: {} }
  const { name, line } = origin
  return { said: `${name}${line === undefined ? '' : `:${line}`}: ${key}`, place: { file: name, ...(line === undefined ? {} : { line }) } }
}

/** Checks the meaning of a resolved configuration. Throws E_CONFIG, or E_PROFILE for what a profile says. */
export async function assertMeaning({ identity, pipeline, origins }: ResolvedConfig): Promise<void> {
  if (pipeline.as_of !== undefined) {
    const { said, place } = saidBy('pipeline.as_of', 'as-of', origins.get('pipeline.as_of'))
    assertInstant(pipeline.as_of, said, place)
  }
  const country = identity['country']
  if (typeof country === 'string') {
    const { isSupportedCountry } = await import('libphonenumber-js/min')
    if (isSupportedCountry(country)) return
    const origin = origins.get('country')
    const { said, place } = saidBy('country', 'country-code', origin)
    throw new HotpassError(origin?.kind === 'profile' ? 'E_PROFILE' : 'E_CONFIG', `${said}: there is no country ${country}`, { place, hint: 'give the two letters of ISO 3166-1, such as ZA, GB or DE' })
  }
}
