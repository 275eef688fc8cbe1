/** The fields of a dataset whose profile declares none: one per distinct header, with a type told from name and values. */
import anyAscii from 'any-ascii'
import { KIND } from '../../kernel/artifact/table.ts'
import type { Field, SemanticType } from '../../schemas/generated/profile.ts'
import type { ColumnEvidence } from '../model/evidence.ts'
import { cleanHeader, headerKey, headerWords } from '../model/header.ts'
import { vagueDate } from './vague-dates.ts'

/** A column that asks for a field. */
export interface Wanted {
  readonly header: string
  readonly letter: string
  readonly sheet: string
  readonly evidence: ColumnEvidence
}

export interface InferredFields {
  readonly fields: readonly Field[]
  /** Per wanted column, the field that it feeds. */
  readonly of: readonly Field[]
  /** Per wanted column, why the field has its type. */
  readonly reasons: readonly string[]
}

/** The share of a column's sampled values that a type would refuse, 0 to 1. */
export type RefusedShare = (field: Field, evidence: ColumnEvidence) => number

const LONGEST = 60
const MOST_REFUSED = 0.05

/** A name that fits `^[a-z][a-z0-9_]*$`, from any text; '' when nothing of it is left. */
export function snakeCase(text: string): string {
  const words = headerWords(text).map(word => (/^[a-z0-9]+$/.test(word) ? word : anyAscii(word).toLowerCase().replace(/[^a-z0-9]+/g, '_')))
  const name = words.join('_').replace(/_+/g, '_').replace(/^_+|_+$/g, '').slice(0, LONGEST).replace(/_+$/, '')
  return /^\d/.test(name) ? `n_${name}` : name
}

const IDENTIFIER = new Set('id ids code key ref reference sku ean isbn gtin barcode vat serial uuid number no nr nummer numero artikelnummer account registration reg'.split(' '))
const PHONE = new Set('phone phones tel telephone telefon telefoon mobile cell cellphone cellnumber landline fax whatsapp'.split(' '))
const PERSON = new Set('firstname lastname surname forename fullname vorname nachname voornaam achternaam prenom contactperson contactname'.split(' '))
/** What these number has no quantity: 1.10 comes after 1.9. */
const VERSION = new Set('ver version versions release revision section chapter clause paragraph kapitel abschnitt'.split(' '))
/** A currency beside a number: a sign or an ISO 4217 code. */
const CURRENCY = /[$€£¥]|\bR ?\d|\b[A-Z]{3}\b/
/** Words of headers over amounts of money. */
export const MONEY: ReadonlySet<string> = new Set('price cost amount preis prix prijs bedrag betrag montant salary revenue fee list'.split(' '))
/** Why a column stays text whose values have the shape of dates and nothing else of them. */
export const VAGUE_DATES = 'its values may be dates with two digits for the year, but nothing else says so'
const ADDRESS = new Set('address addresses adresse adres anschrift'.split(' '))

/** A field type from a header and its values, with the reason in words. */
export function inferType(header: string, evidence: ColumnEvidence): { readonly type: SemanticType; readonly reason: string } {
  const { share, sample } = evidence
  const words = headerWords(header)
  const says = (set: ReadonlySet<string>): boolean => words.some(word => set.has(word)) || set.has(words.join(''))
  const found = (type: SemanticType, reason: string): { type: SemanticType; reason: string } => ({ type, reason })
  if (sample.length === 0) return found('text', 'has no values')
  if (share.email >= 0.7) return found('email', 'its values look like e-mail addresses')
  if (share.url >= 0.7) return found('url', 'its values look like web addresses')
  if (says(PHONE) && share.phone + share.number >= 0.5) return found('phone', 'its name and its values say so')
  if (evidence.leadingZeros >= 0.7) return found('identifier', 'digits with leading zeros are no numbers')
  if (share.phone >= 0.8) return found('phone', 'its values look like phone numbers')
  const vague = vagueDate(header, evidence) !== null
  if (share.date >= 0.8 && !vague) return found('date', 'its values are dates')
  if (evidence.leadingZeros > 0 && share.number + share.phone >= 0.6) return found('identifier', 'digits with leading zeros are no numbers')
  if ((says(IDENTIFIER) && (share.date < 0.3 || vague)) || (vague && says(VERSION))) return found('identifier', 'its name says so')
  if (share.date >= 0.8) return found('text', VAGUE_DATES)
  if (share.boolean === 1 && saysTrueAndFalse(evidence)) return found('boolean', 'its values are yes or no')
  if (share.number >= 0.95) {
    if (says(VERSION)) return found('identifier', 'its name says so')
    if (sample.filter(text => CURRENCY.test(text)).length >= sample.length * 0.05) return found('currency', 'its values are numbers with currencies')
    if (evidence.phoneIntegers >= 0.8 && !says(MONEY)) return found('identifier', 'its values are long codes of digits')
    return found('number', 'its values are numbers')
  }
  if (words.join('') !== '' && PERSON.has(words.join(''))) return found('person-name', 'its name says so')
  if (words.length > 0 && (ADDRESS.has(words.at(-1)!) || ADDRESS.has(words[0]!)) && !words.includes('email')) return found('address', 'its name says so')
  if (evidence.distinct <= 30 && evidence.filled >= 20 && evidence.distinct * 4 <= evidence.filled) return found('category', 'few values, often repeated')
  return found('text', 'its values are text')
}

/** One word alone, such as a `y` beside blank cells, is a mark that somebody made; `true` and `false` are what programs write. */
function saysTrueAndFalse({ sample, kinds }: ColumnEvidence): boolean {
  const words = new Set(sample.map(text => text.trim().toLowerCase()))
  return words.size > 1 || words.has('true') || words.has('false') || kinds.every(kind => kind === KIND.boolean)
}

/** The order that dates such as 13/04/2025 give away, when none of the others contradicts it; undefined when they do not tell. */
function dateOrder({ sample }: ColumnEvidence): 'day-first' | 'month-first' | undefined {
  let dayFirst = 0
  let monthFirst = 0
  for (const text of sample) {
    const found = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ]\d{2,4}\b/.exec(text)
    if (found === null) continue
    if (Number(found[1]) > 12) dayFirst++
    if (Number(found[2]) > 12) monthFirst++
  }
  if (dayFirst > 0 && monthFirst === 0) return 'day-first'
  return monthFirst > 0 && dayFirst === 0 ? 'month-first' : undefined
}

function joined(a: ColumnEvidence, b: ColumnEvidence): ColumnEvidence {
  const total = a.sample.length + b.sample.length
  if (total === 0) return a
  const mean = (x: number, y: number): number => (x * a.sample.length + y * b.sample.length) / total
  const share = { ...a.share }
  for (const name of Object.keys(share) as (keyof typeof share)[]) share[name] = mean(a.share[name], b.share[name])
  // That one table has the values of another says nothing about how often they repeat.
  const repeats = (one: ColumnEvidence): boolean => one.filled >= 2 * one.distinct
  const more = a.filled * b.distinct >= b.filled * a.distinct ? a : b
  return {
    filled: repeats(a) && repeats(b) ? a.filled + b.filled : more.filled,
    distinct: a.distinct > b.distinct ? a.distinct : b.distinct,
    share,
    sample: [...a.sample, ...b.sample],
    kinds: [...a.kinds, ...b.kinds],
    ...(a.signs === undefined && b.signs === undefined ? {} : { signs: [...(a.signs ?? a.sample.map(() => null)), ...(b.signs ?? b.sample.map(() => null))] }),
    leadingZeros: mean(a.leadingZeros, b.leadingZeros),
    phoneIntegers: mean(a.phoneIntegers, b.phoneIntegers)
  }
}

/**
 * The field, or the same as text when too many of its values would be refused: a type that was guessed must not cost
 * values. `refused` is the share that its normaliser would not take.
 */
function borneOut(field: Field, reason: string, evidence: ColumnEvidence, refused: RefusedShare): { readonly field: Field; readonly reason: string } {
  if (field.type === 'text' || field.type === 'category' || field.type === 'identifier') return { field, reason }
  const share = refused(field, evidence)
  if (share <= MOST_REFUSED) return { field, reason }
  const { date_order: _, ...plain } = field
  return { field: { ...plain, type: 'text' }, reason: `kept as text: ${reason}, but ${Math.round(share * 100)} % of them cannot be read as ${field.type} for sure` }
}

/** Fields for the columns of several tables. Equal headers share a field; a header twice in one table does not. */
export function inferFields(tables: readonly (readonly Wanted[])[], refused: RefusedShare): InferredFields {
  const order: string[] = []
  const evidence = new Map<string, ColumnEvidence>()
  const first = new Map<string, Wanted>()
  const keys: string[] = []
  for (const table of tables) {
    const times = new Map<string, number>()
    for (const wanted of table) {
      // Nothing ties columns without a header to each other but their place.
      const base = wanted.header === '' ? `\u0000${wanted.sheet}\u0000${wanted.letter}` : headerKey(wanted.header)
      const time = (times.get(base) ?? 0) + 1
      times.set(base, time)
      const key = time === 1 ? base : `${base}\u0000${time}`
      keys.push(key)
      const before = evidence.get(key)
      if (before === undefined) {
        order.push(key)
        first.set(key, wanted)
        evidence.set(key, wanted.evidence)
      } else evidence.set(key, joined(before, wanted.evidence))
    }
  }
  const taken = new Set<string>()
  /** Where to go on counting, by name: thousands of columns may share a header. */
  const numbers = new Map<string, number>()
  const fields = new Map<string, { field: Field; reason: string }>()
  for (const key of order) {
    const wanted = first.get(key)!
    const title = cleanHeader(wanted.header)
    const base = snakeCase(wanted.header) || snakeCase(`${wanted.sheet} column ${wanted.letter}`) || `column_${wanted.letter.toLowerCase()}`
    let name = base
    for (let number = numbers.get(base) ?? 2; taken.has(name); number++) {
      name = `${base}_${number}`
      numbers.set(base, number)
    }
    taken.add(name)
    const { type, reason } = inferType(wanted.header === '' ? '' : title, evidence.get(key)!)
    const order = type === 'date' ? dateOrder(evidence.get(key)!) : undefined
    const field: Field = {
      name,
      type,
      ...(title === '' || title === name || !title.isWellFormed() ? {} : { title }),
      ...(order === undefined ? {} : { date_order: order })
    }
    const why = order === undefined ? reason : `${reason}, ${order === 'day-first' ? 'the day' : 'the month'} first as some of them show`
    fields.set(key, borneOut(field, why, evidence.get(key)!, refused))
  }
  return { fields: order.map(key => fields.get(key)!.field), of: keys.map(key => fields.get(key)!.field), reasons: keys.map(key => fields.get(key)!.reason) }
}
