/** Which comparisons a set of records gets: one per field, by its type; fields that repeat others are no evidence of their own. */
import { columnOf, tableOf, type Column, type Frame } from '../../../kernel/artifact/table.ts'
import { createColumnBuilder } from '../../../kernel/artifact/builder.ts'
import { foldAddress } from '../fields/address.ts'
import { foldDate, foldEmail, foldIdentifier, foldName, foldNumber, foldPhone, foldUrl, valuesOf, type Fold, type Values } from '../fields/values.ts'
import type { LinkRecordsMeta, LinkType } from '../stages.ts'
import type { Comparer } from './comparer.ts'
import { codeComparer, codesOf } from './codes.ts'
import { categoryComparer, dateComparer, emailComparer, identifierComparer, numberComparer, phoneComparer, textComparer, swapped, wordComparer } from './kinds.ts'

const FOLDS: { readonly [type in LinkType]: Fold } = {
  'given-name': foldName, 'family-name': foldName, 'person-name': foldName, 'organisation-name': foldName, word: foldName, title: foldName, text: foldName,
  category: foldName, address: foldAddress, email: foldEmail, phone: foldPhone, url: foldUrl, date: foldDate, identifier: foldIdentifier, number: foldNumber
}
const WORDY: ReadonlySet<string> = new Set(['given-name', 'family-name', 'person-name', 'organisation-name', 'word', 'title', 'text', 'address'])

function comparerOf(name: string, fields: readonly string[], type: LinkType, values: Values): Comparer {
  const given = { name, fields, type, values }
  switch (type) {
    case 'email': return emailComparer(given)
    case 'phone': return phoneComparer(given)
    case 'date': return dateComparer(given)
    case 'number': return numberComparer(given)
    case 'category': return categoryComparer(given)
    case 'identifier':
    case 'url': return identifierComparer(given)
    case 'given-name':
    case 'family-name':
    case 'word': return wordComparer(given)
    default: return textComparer(given)
  }
}

interface Part { readonly name: string; readonly type: LinkType; readonly column: Column; readonly values: Values; readonly filled: number; readonly named: boolean }

/** Share of the records with both in which every word of `inner` stands in `outer`. */
function containment(outer: Values, inner: Values): number {
  let both = 0
  let inside = 0
  const step = Math.max(1, Math.floor(outer.codes.length / 5000))
  for (let record = 0; record < outer.codes.length; record += step) {
    const [x, y] = [outer.codes[record]!, inner.codes[record]!]
    if (x === 0 || y === 0) continue
    both++
    const words = outer.texts[x - 1]!.split(' ')
    if (inner.texts[y - 1]!.split(' ').every(word => words.includes(word))) inside++
  }
  return both < 20 ? 0 : inside / both
}

/** Fields whose words stand in another field anyway, with the field that holds them. */
export function repeats(parts: readonly Part[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const wordy = parts.filter(({ type }) => WORDY.has(type))
  for (const inner of wordy) {
    if (inner.named) continue
    for (const outer of wordy) {
      if (inner === outer || found.has(outer.name) || outer.filled < 0.9 * inner.filled) continue
      if (containment(outer.values, inner.values) < 0.9) continue
      if (containment(inner.values, outer.values) >= 0.9 && parts.indexOf(outer) > parts.indexOf(inner)) continue
      found.set(inner.name, outer.name)
      break
    }
  }
  return found
}

/** Several columns as one text per record. */
function together(columns: readonly Column[], rows: number): Column {
  const builder = createColumnBuilder(columns.map(({ name }) => name).join(' + '), rows)
  for (let record = 0; record < rows; record++) {
    const texts = columns.flatMap(({ codes, values }) => (codes[record] === 0 ? [] : [values[codes[record]! - 1]!]))
    builder.push(texts.length === 0 ? null : texts.join(' '))
  }
  return builder.finish()
}

export interface Comparisons {
  /** In the order of the fields. */
  readonly comparers: readonly Comparer[]
  /** Fields that repeat others: no evidence of their own, but keys by which candidates are found. */
  readonly keys: readonly Comparer[]
}

/** The comparisons of a set of records. */
export function chooseComparers(records: Frame<LinkRecordsMeta>): Comparisons {
  const table = tableOf(records, 'records')
  // By name: floating-point sums must not hang on the order of columns.
  const fields = [...records.meta.fields].sort((a, b) => (a.name < b.name ? -1 : 1))
  const parts: Part[] = fields.flatMap(field => {
    if (field.type === 'ignored') return []
    const column = columnOf(table, field.name)!
    const values = valuesOf(column, FOLDS[field.type])
    return values.texts.length < Math.min(2, field.distinct) ? [] : [{ name: field.name, type: field.type, column, values, filled: field.filled, named: field.named === true }]
  })
  const repeated = repeats(parts)
  const kept = parts.filter(({ name }) => !repeated.has(name))
  // A text that few records have says nothing of the others: it is compared by itself.
  const few = (part: Part): boolean => part.type === 'text' && part.filled < table.rows / 2
  const comparers = kept.filter(part => part.type !== 'text' || few(part)).map(({ name, type, values }) => comparerOf(name, [name], type, values))
  const [given, family] = [comparers.findIndex(({ type }) => type === 'given-name'), comparers.findIndex(({ type }) => type === 'family-name')]
  if (given >= 0 && family >= 0) comparers[given] = swapped(comparers[given]!, comparers[family]!)
  const texts = kept.filter(({ type }) => type === 'title' || type === 'text')
  if (texts.some(part => part.type === 'text' && !few(part))) {
    const whole = together(texts.map(({ column }) => column), table.rows)
    comparers.push(comparerOf(whole.name, texts.map(({ name }) => name), 'text', valuesOf(whole, foldName)))
  }
  if (texts.length > 0) {
    const whole = together(texts.map(({ column }) => column), table.rows)
    const codes = codesOf(whole)
    if (codes !== null) comparers.push(codeComparer({ name: `codes in ${whole.name}`, fields: texts.map(({ name }) => name), type: 'identifier' }, codes, table.rows))
  }
  const keys = parts.filter(({ name }) => repeated.has(name)).map(({ name, type, values }) => comparerOf(name, [name], type, values))
  return { comparers, keys }
}
