/** Countries, by name, alias or ISO 3166-1 code, to their English name. */
import { foldWord, oneLine } from './clean.ts'
import { createNormaliser } from './normaliser.ts'
import { COUNTRIES } from './tables/countries.ts'

const NAMES = new Map<string, string>()
const CODES = new Map<string, string>()
for (const country of COUNTRIES) {
  for (const name of [country.name, ...country.aliases]) {
    NAMES.set(countryKey(name), country.name)
    // Abbreviations stay whole: "U.K." and "UK" are one.
    NAMES.set(countryKey(name).replace(/ /g, ''), country.name)
  }
  CODES.set(country.alpha2.toLowerCase(), country.name)
  CODES.set(country.alpha3.toLowerCase(), country.name)
}
const BY_ALPHA2 = new Map(COUNTRIES.map(country => [country.alpha2, country.name]))

function countryKey(text: string): string {
  return foldWord(text.replace(/&/g, ' and ')).replace(/^the /, '').replace(/\bst\b/g, 'saint')
}

/** English name of an ISO 3166-1 alpha-2 code; undefined when there is none. */
export function countryName(alpha2: string): string | undefined {
  return BY_ALPHA2.get(alpha2)
}

const ALPHA2_BY_NAME = new Map(COUNTRIES.map(country => [country.name, country.alpha2]))

/** ISO 3166-1 alpha-2 code of a country by its English name, as normalised; undefined when there is none. */
export function countryCode(name: string): string | undefined {
  return ALPHA2_BY_NAME.get(name)
}

/** What people at home write although ISO 3166-1 gives it to another country. */
const AT_HOME: ReadonlyMap<string, string> = new Map([['ZA sa', 'South Africa']])

function lookUp(text: string, home: string): string | undefined {
  const key = countryKey(text)
  return AT_HOME.get(`${home} ${key.replace(/ /g, '')}`) ?? NAMES.get(key) ?? CODES.get(foldWord(text)) ?? (key.length <= 24 ? NAMES.get(key.replace(/ /g, '')) : undefined)
}

/** The English name. What ISO 3166-1 does not know leaves the cell: the list is complete. */
export const normaliseCountry = createNormaliser('country', (text, draft) => {
  const line = oneLine(text)
  // "South Africa (ZA)", "ZA - South Africa": two names of one country.
  const found = lookUp(line, draft.options.country) ?? agreed(line, draft.options.country)
  if (found === undefined) return draft.fail('COUNTRY_UNKNOWN')
  if (found !== text) draft.rule('COUNTRY_LOOKUP')
  draft.add(found)
})

function agreed(line: string, home: string): string | undefined {
  const parts = line.split(/[()[\],:;/|]| - |[.]$/).map(part => part.trim()).filter(part => part !== '')
  const first = parts.length === 0 ? undefined : lookUp(parts[0]!, home)
  return first !== undefined && parts.every(part => lookUp(part, home) === first) ? first : undefined
}
