/** Persons who are named in free text, where the column is not about them. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { ITEM_SEPARATOR, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import { keyOf, maskKnown, SHORTEST } from '../masking/known.ts'
import { maskPatterns, WORD } from '../masking/mask.ts'
import type { DatasetSchema } from '../model/stages.ts'
import { fieldsOf, isGuess, type ColumnClass } from '../personal/classify.ts'

/** A text that is longer is not judged in bounded time, and goes as a whole. */
const MOST_JUDGED = 20_000

/** Whether a field holds words that anybody may be named in. Names of organisations and addresses on the web are public, and enough to tell rows apart. */
function isFreeText(field: Field | undefined): boolean {
  return field === undefined || (field.derive === undefined ? (field.type ?? 'text') === 'text' || field.type === 'category' : !('lineage' in field.derive) && !('score' in field.derive) && (field.type ?? 'text') === 'text')
}

/** The columns of free text in the data and the groups, by target. */
export function freeTextOf(schema: DatasetSchema, tables: readonly Table[]): ReadonlyMap<string, Column> {
  const fields = fieldsOf(schema)
  const found = new Map<string, Column>()
  for (const table of tables) {
    if (table.name !== 'data' && schema.groups[table.name] === undefined) continue
    for (const column of table.columns) {
      const target = table.name === 'data' ? column.name : `${table.name}.${column.name}`
      if (isFreeText(fields.get(target))) found.set(target, column)
    }
  }
  return found
}

/** A text without what is personal in it: what is known, and what its form tells. Null when it is too long to be judged. */
export function withoutMentions(text: string, isKnown: (key: string) => boolean): string | null {
  return text.length > MOST_JUDGED ? null : maskPatterns(maskKnown(text, isKnown))
}

/** A text without the known values alone. */
export function withoutKnown(text: string, isKnown: (key: string) => boolean): string | null {
  return text.length > MOST_JUDGED ? null : maskKnown(text, isKnown)
}

/** Keys of a value: the whole of it, and for a name each of its words, by which people call each other. */
export function keysOfPerson(value: string, isName: boolean): readonly string[] {
  return value.split(ITEM_SEPARATOR).flatMap(item => [keyOf(item), ...(isName ? (item.match(WORD) ?? []).map(word => word.toLowerCase()) : [])]).filter(key => key.length >= SHORTEST)
}

/** The columns that hold personal data, those of free text included in which a known person is named. */
export function withMentions(classes: readonly ColumnClass[], schema: DatasetSchema, tables: readonly Table[], known: ReadonlySet<string>): readonly ColumnClass[] {
  const own = new Map(classes.map(one => [one.target, one]))
  const fields = fieldsOf(schema)
  for (const [target, column] of freeTextOf(schema, tables)) {
    if (own.has(target)) continue
    const dictionary = dictionaryOf(column)
    const counts = new Uint32Array(dictionary.size + 1)
    for (const code of column.codes) counts[code]!++
    let [cells, filled] = [0, 0]
    for (let at = 0; at < dictionary.size; at++) {
      const text = dictionary.at(at)
      filled += counts[at + 1]!
      if (withoutKnown(text, key => known.has(key)) !== text) cells += counts[at + 1]!
    }
    if (cells > 0) own.set(target, { target, type: fields.get(target)?.type ?? null, basis: 'mentions', masked: false, kinds: [{ kind: 'person-name', cells, share: Math.round((cells * 10_000) / filled) / 10_000, confidence: 0.7 }] })
  }
  return [...own.values()]
}

/** Whether a column is withheld as a whole: it is about persons, and not by the form of its values alone. */
export const isAbout = (one: ColumnClass): boolean => one.masked && (one.basis !== 'mentions' || isGuess(one))
