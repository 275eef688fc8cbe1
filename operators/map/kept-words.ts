/** Words that elsewhere stand for no value, and are values in this column: `NA` among codes of countries, `None` among surnames. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { headerWords } from '../model/header.ts'
import type { ColumnMapping } from '../model/stages.ts'
import { countryName } from '../normalise/country.ts'
import type { Subject } from './candidates.ts'

const COUNTRY = new Set('country countries countrycode iso iso2 alpha2 land landcode ländercode nation nationality pays pais país paese'.split(' '))
const SURNAME = new Set('surname lastname familyname nachname familienname achternaam apellido apellidos cognome'.split(' '))
/** Surnames that read like a word for no value, as a name is written. */
const NAMES = ['None', 'Null', 'Nil', 'Nan', 'Na']
/** Other codes that a column must hold whose header says nothing of countries. */
const FEWEST_CODES = 3
/** The share of a column's cells up to which such a word is somebody's name: programs write it wherever a value is missing. */
const MOST_NAMES = 0.02

/** What is kept in one column, in small letters, and why. */
export interface KeptWords {
  readonly words: readonly string[]
  readonly because: string
}

const NOTHING: KeptWords = { words: [], because: '' }

function says(header: string, set: ReadonlySet<string>): boolean {
  const words = headerWords(header)
  return words.some(word => set.has(word)) || set.has(words.join('')) || set.has(words.slice(-2).join(''))
}

/** Judged by the header and the values as they stand in the file. */
export function keptWords({ header, column, evidence }: Subject): KeptWords {
  if (evidence.sample.includes('NA')) {
    const others = evidence.sample.filter(text => text !== 'NA')
    const coded = others.every(text => /^[A-Z]{2}$/.test(text) && countryName(text) !== undefined)
    if (coded && others.length >= (says(header, COUNTRY) ? 0 : FEWEST_CODES)) return { words: ['na'], because: 'NA is Namibia among codes of countries' }
  }
  if (!says(header, SURNAME)) return NOTHING
  const places = new Map<number, string>()
  dictionaryOf(column).each((text, index) => void (NAMES.includes(text.trim()) && places.set(index + 1, text.trim())))
  if (places.size === 0) return NOTHING
  let cells = 0
  for (let row = 0; row < column.codes.length; row++) if (places.has(column.codes[row]!)) cells++
  if (cells > 1 && cells > evidence.filled * MOST_NAMES) return NOTHING
  const found = [...new Set(places.values())].sort()
  return { words: found.map(word => word.toLowerCase()), because: `${found.join(' and ')} ${found.length === 1 ? 'is a name' : 'are names'} among surnames` }
}

/** What a mapping says of the words. */
export function withKept(mapping: ColumnMapping, subject: Subject): ColumnMapping {
  if (mapping.target === null && mapping.extra === null) return mapping
  const { words, because } = keptWords(subject)
  return words.length === 0 ? mapping : { ...mapping, keep: words, reason: `${mapping.reason}; ${because}` }
}
