/**
 * A quick path through one country's numbering plan, for the cells that leave no doubt. libphonenumber compiles
 * its patterns anew for every number; here they are compiled once. Anything that the quick path does not accept goes to
 * libphonenumber itself, and a test compares the two.
 *
 * Layout of a country in libphonenumber-js metadata version 4: 0 calling code, 1 international prefix,
 * 2 national pattern, 5 national prefix, 7 national prefix for parsing, 8 its transform, 11 patterns per type.
 */
import metadata from 'libphonenumber-js/max/metadata'

/** One number, and whether it was given without its country code. */
export interface PlannedNumber {
  readonly number: string
  readonly national: boolean
}
export interface NationalPlan {
  /** Whether this text is a valid number of the plan in E.164 form. */
  accepts(text: string): boolean
  /** The number that these digits are; null when it takes libphonenumber to tell. */
  read(digits: string, international: boolean): PlannedNumber | null
}

const TYPES = 11
const PLANS = new Map<string, NationalPlan | null>()

/** The plan of a country (alpha-2); null when it shares its calling code or has rules beyond a plain prefix. */
export function nationalPlan(country: string): NationalPlan | null {
  let plan = PLANS.get(country)
  if (plan === undefined) PLANS.set(country, (plan = compile(country)))
  return plan
}

function compile(country: string): NationalPlan | null {
  if (!Object.hasOwn(metadata.countries, country)) return null
  const row = (metadata.countries as unknown as Readonly<Record<string, readonly unknown[]>>)[country]!
  const code = row[0] as string
  const prefix = row[5]
  const types = row[TYPES]
  const shared = (metadata.country_calling_codes as unknown as Readonly<Record<string, readonly string[]>>)[code]
  if (shared === undefined || shared.length !== 1 || !Array.isArray(types)) return null
  if (typeof prefix !== 'string' || !/^\d$/.test(prefix) || row[7] || row[8]) return null
  const idd = new RegExp(`^(?:${row[1] as string})`)
  const general = new RegExp(`^(?:${row[2] as string})$`)
  const patterns: { readonly pattern: RegExp; readonly lengths: readonly number[] | null }[] = []
  for (const type of types as readonly (readonly [string, (readonly number[])?] | 0)[]) {
    if (type === 0 || type[0] === '') continue
    patterns.push({ pattern: new RegExp(`^(?:${type[0]})$`), lengths: type[1] ?? null })
  }
  const isValid = (national: string): boolean => {
    if (!general.test(national)) return false
    for (const { pattern, lengths } of patterns) if ((lengths === null || lengths.includes(national.length)) && pattern.test(national)) return true
    return false
  }
  const whole = `+${code}`
  return {
    accepts(text) {
      if (!text.startsWith(whole) || text.startsWith(prefix, whole.length)) return false
      const national = text.slice(whole.length)
      return /^\d+$/.test(national) && isValid(national)
    },
    read(digits, international) {
      if (international || (digits.startsWith(code) && !general.test(digits) && !idd.test(digits))) {
        if (!digits.startsWith(code) || digits.startsWith(prefix, code.length)) return null
        const national = digits.slice(code.length)
        return isValid(national) ? { number: whole + national, national: false } : null
      }
      if (idd.test(digits) || digits.startsWith(code)) return null
      if (!digits.startsWith(prefix)) return isValid(digits) ? { number: whole + digits, national: true } : null
      const national = digits.slice(prefix.length)
      return !general.test(digits) && isValid(national) ? { number: whole + national, national: true } : null
    }
  }
}
