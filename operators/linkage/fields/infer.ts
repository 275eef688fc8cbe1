/** What the columns of a file mean to linkage, told from their values first and their names second. */
import type { Column } from '../../../kernel/artifact/table.ts'
import type { LinkField, LinkType } from '../stages.ts'
import { dateKey } from './dates.ts'

const LOOKED_AT = 4000
const words = (header: string): string => ` ${header.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()} `

const HEADER = {
  email: / e ?mails? /,
  phone: / (phones?|tel|telephone|fax|mobile|cell|cellphone|msisdn|contact number) /,
  date: / (dob|date|birth ?date|born|birthday|year|yr|valid until|expiry|expires) /,
  given: / (first ?name|given ?names?|fore ?name|fname|christian name) /,
  family: / (surname|last ?name|family ?name|lname) /,
  person: / (full ?name|authors?|editor|director|person|contact( name| person)?|manager|owner|and surname) /,
  organisation: / (company|organi[sz]ations?|agency|supplier|vendor|firm|employer|trading|legal|business|institution|manufacturer|brand|site name) /,
  address: / (addr|address|street|road|postal address) /,
  identifier: / (id|ids|no|nr|code|ssn|soc sec|reg|registration|vat|tax|passport|zip|zipcode|postcode|postal|isbn|issn|sku|ean|upc|gtin) /,
  number: / (price|amount|cost|total|qty|quantity|weight|height|size|count|pages?|enrollment|capacity|lat|lon|latitude|longitude) /,
  text: / (description|notes?|comments?|abstract|remarks?|summary) /
}

/** Shares of a column's distinct values that have a form. */
interface Forms {
  readonly email: number
  readonly url: number
  readonly date: number
  readonly year: number
  readonly number: number
  readonly phone: number
  readonly code: number
  readonly address: number
  readonly tokens: number
  readonly length: number
}

function formsOf(values: readonly string[]): Forms {
  const step = Math.max(1, Math.floor(values.length / LOOKED_AT))
  const sum = { email: 0, url: 0, date: 0, year: 0, number: 0, phone: 0, code: 0, address: 0, tokens: 0, length: 0 }
  let count = 0
  for (let at = 0; at < values.length; at += step) {
    const value = values[at]!.trim()
    count++
    if (/^[^\s@]+@[^\s@]+$/.test(value)) sum.email++
    if (/^(https?:\/\/|www\.)\S+$/i.test(value) || /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|org|net|edu|gov|co\.[a-z]{2}|[a-z]{2})(\/\S*)?$/i.test(value)) sum.url++
    const date = dateKey(value)
    if (date !== null && (date.length < 8 || (Number(date.slice(4, 6)) <= 12 && Number(date.slice(6)) <= 31))) sum[date.length === 4 ? 'year' : 'date']++
    if (/^[^\dA-Za-z]{0,3}-?\d{1,3}(,\d{3})*(\.\d+)?\s*%?$|^[^\dA-Za-z]{0,3}-?\d+([.,]\d+)?\s*%?$/.test(value)) sum.number++
    const digits = value.replace(/[^0-9]/g, '').length
    if (digits >= 7 && digits <= 15 && /^\+?[0-9()\s./-]+((ext|x)\.?\s*\d+)?$/i.test(value) && (/[^0-9]/.test(value) || value.startsWith('0'))) sum.phone++
    if (digits > 0 && /^[A-Za-z0-9]{1,5}[\s-]?[A-Za-z0-9/-]*$/.test(value)) sum.code++
    if (/^\d+\S*\s+\S*[A-Za-z]/.test(value) || /[A-Za-z]\s+\d+[A-Za-z]?$/.test(value)) sum.address++
    sum.tokens += value.split(/\s+/).length
    sum.length += value.length
  }
  const share = (part: number): number => (count === 0 ? 0 : part / count)
  return { email: share(sum.email), url: share(sum.url), date: share(sum.date), year: share(sum.year), number: share(sum.number), phone: share(sum.phone), code: share(sum.code), address: share(sum.address), tokens: share(sum.tokens), length: share(sum.length) }
}

function typeOf(header: string, column: Column, filled: number): { readonly type: LinkType; readonly reason: string } {
  const name = words(header)
  const forms = formsOf(column.values)
  const distinct = column.values.length
  const percent = (share: number): string => `${Math.round(share * 100)} % of its values`
  const by = (type: LinkType, reason: string): { type: LinkType; reason: string } => ({ type, reason })
  if (forms.email >= 0.5) return by('email', `${percent(forms.email)} are e-mail addresses`)
  if (forms.url >= 0.7) return by('url', `${percent(forms.url)} are web addresses`)
  if (forms.date >= 0.7 || (forms.date >= 0.4 && HEADER.date.test(name))) return by('date', `${percent(forms.date)} are dates`)
  if (HEADER.phone.test(name) && forms.tokens < 4) return by('phone', 'its name says so')
  if (forms.year >= 0.8 && HEADER.date.test(name)) return by('date', `${percent(forms.year)} are years`)
  if (forms.phone >= 0.8 && !HEADER.identifier.test(name)) return by('phone', `${percent(forms.phone)} are phone numbers`)
  if (distinct <= 40 && filled >= 4 * distinct && forms.tokens < 4) return by('category', `${distinct} different values`)
  if (HEADER.identifier.test(name) && forms.tokens < 2.2 && forms.code >= 0.5) return by('identifier', 'its name and its values say so')
  if (HEADER.address.test(name) && forms.tokens >= 1.5) return by('address', 'its name says so')
  if (forms.number >= 0.9) {
    if (HEADER.number.test(name) || column.values.some(value => /[.$€£%]/.test(value))) return by('number', `${percent(forms.number)} are numbers`)
    return by('identifier', `${percent(forms.number)} are whole numbers`)
  }
  if (forms.code >= 0.8 && forms.tokens < 2.2) return by('identifier', `${percent(forms.code)} are codes`)
  if (HEADER.given.test(name) && forms.tokens < 2.2) return by('given-name', 'its name says so')
  if (HEADER.family.test(name) && forms.tokens < 2 && !/first/.test(name)) return by('family-name', 'its name says so')
  if (HEADER.text.test(name) || forms.tokens >= 9) return by('text', `${forms.tokens.toFixed(1)} words on average`)
  if (HEADER.person.test(name)) return by('person-name', 'its name says so')
  if (forms.address >= 0.6 && forms.tokens >= 2) return by('address', `${percent(forms.address)} are a number with words`)
  if (HEADER.organisation.test(name)) return by('organisation-name', 'its name says so')
  if (forms.tokens >= 1.6) return by('title', `${forms.tokens.toFixed(1)} words on average`)
  return by('word', 'a word or two')
}

/** Records up to which a value that all of them share is evidence, if it is of these types: no more than a household has. */
const FEWEST = 3
const TELLING: ReadonlySet<LinkType> = new Set(['given-name', 'family-name', 'person-name', 'organisation-name', 'email', 'phone', 'url', 'date', 'title'])

/** Describes every column. `first` tells rows that repeat an earlier one: how often a value stands there says nothing. `declared` are the types that the profile gives; `ignore` are columns that are no evidence. */
export function inferFields(columns: readonly Column[], declared: ReadonlyMap<string, LinkType>, ignore: ReadonlySet<string>, first?: Uint32Array): LinkField[] {
  let different = first === undefined ? Infinity : 0
  first?.forEach((before, record) => void (different += before === record ? 1 : 0))
  return columns.map(column => {
    let own = 0
    let filled = 0
    for (let record = 0; record < column.codes.length; record++) if (column.codes[record] !== 0) {
      filled++
      if (first === undefined || first[record] === record) own++
    }
    const base = { name: column.name, filled, distinct: column.values.length }
    const said = declared.get(column.name)
    if (ignore.has(column.name)) return { ...base, type: 'ignored' as const, origin: 'declared' as const, reason: 'no evidence: an id, a source, or left out by the profile' }
    const alone = column.values.length === 1 ? (said ?? typeOf(column.name, column, 0).type) : undefined
    if (alone !== undefined && different <= FEWEST && filled > 1 && TELLING.has(alone)) return { ...base, type: alone, origin: said === undefined ? ('inferred' as const) : ('declared' as const), reason: 'all records share its one value, and there are few' }
    if (column.values.length < 2) return { ...base, type: 'ignored' as const, ...(alone === undefined ? {} : { likely: alone }), origin: 'inferred' as const, reason: column.values.length === 0 ? 'no evidence: it is empty' : 'no evidence: it has one value' }
    if (said !== undefined) return { ...base, type: said, origin: 'declared' as const, reason: 'the profile says so' }
    return { ...base, ...typeOf(column.name, column, own), origin: 'inferred' as const }
  })
}
