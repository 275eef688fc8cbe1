/** Provinces, states, Länder: by name, alias or ISO 3166-2 code, to the name in common use. */
import { foldWord, oneLine } from './clean.ts'
import { createNormaliser } from './normaliser.ts'
import { REGIONS, type Region } from './tables/regions.ts'

/** Names, aliases and codes of each country; codes and abbreviations only count at home. */
const AT_HOME = new Map<string, Map<string, Region>>()
/** Full names and full codes (`ZA-GP`) of all countries; the first country wins. */
const ANYWHERE = new Map<string, Region>()
/** Names as they are written here, to the countries that have one of that name. */
const OWNERS = new Map<string, Region[]>()
const ABBREVIATION = 4

for (const region of REGIONS) {
  let home = AT_HOME.get(region.country)
  if (home === undefined) AT_HOME.set(region.country, (home = new Map()))
  for (const name of [region.name, ...region.aliases, region.code]) {
    const key = regionKey(name)
    home.set(key, region)
    home.set(key.replace(/ /g, ''), region)
    if (key.length > ABBREVIATION && !ANYWHERE.has(key)) ANYWHERE.set(key, region)
  }
  ANYWHERE.set(regionKey(`${region.country} ${region.code}`), region)
  OWNERS.set(region.name, [...(OWNERS.get(region.name) ?? []), region])
}
/** A region's own name beats another region's alias. */
for (const region of REGIONS) if (regionKey(region.name).length > ABBREVIATION && ANYWHERE.get(regionKey(region.name))!.name !== region.name) ANYWHERE.set(regionKey(region.name), region)

function regionKey(text: string): string {
  const key = foldWord(text.replace(/&/g, ' and '))
  const bare = key.replace(/^(?:province of|state of|provincie|provinsie|province|prov|region)(?: the)? /, '').replace(/ (?:province|provinsie|provincie|prov|state|region|bundesland)$/, '')
  // "Free State" and "New York State" are known with the word.
  return bare === '' || bare === 'free' ? key : bare
}

function lookUp(text: string, country: string): Region | undefined {
  const key = regionKey(text)
  const home = AT_HOME.get(country)
  return home?.get(key) ?? home?.get(key.replace(/ /g, '')) ?? ANYWHERE.get(key)
}

/** ISO 3166-1 alpha-2 code of the country that a region's name belongs to, with preference for `country`; null when unknown. */
export function countryOfRegion(name: string, country: string): string | null {
  const owners = OWNERS.get(name)
  if (owners !== undefined) return (owners.find(region => region.country === country) ?? owners[0]!).country
  return lookUp(name, country)?.country ?? null
}

/** The region's name. What the tables do not know is kept and listed. */
export const normaliseRegion = createNormaliser('region', (text, draft) => {
  const line = oneLine(text)
  const { country } = draft.options
  const own = OWNERS.get(line)
  if (own !== undefined) return draft.add(line)
  const region = lookUp(line, country) ?? agreed(line, country)
  if (region === undefined) {
    const several = line.split(/ *(?:[;/|]| and | & |,) */).map(part => lookUp(part, country))
    if (several.length > 1 && several.every(each => each !== undefined)) {
      draft.rule('ITEM_SPLIT')
      draft.rule('REGION_LOOKUP')
      for (const each of several) draft.add(each.name)
      return
    }
    if (line !== text) draft.rule('SPACING')
    draft.unknown = [line]
    return draft.add(line)
  }
  if (region.name !== text) draft.rule('REGION_LOOKUP')
  draft.add(region.name)
})

/** "Gauteng (GP)", "Gauteng, South Africa": a region with its code, or its country or a town beside it. */
function agreed(line: string, country: string): Region | undefined {
  const parts = line.split(/[()[\],]| [-–—] /).map(part => part.trim()).filter(part => part !== '')
  if (parts.length < 2) return undefined
  const known = parts.map(part => lookUp(part, country)).filter(region => region !== undefined)
  return known.length > 0 && known.every(region => region === known[0]) ? known[0] : undefined
}
