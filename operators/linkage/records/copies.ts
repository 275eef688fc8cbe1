/**
 * Records that say the very same in every field: copies, and no matter of weights. Looking for them first is usual
 * (P. Christen, "Data Matching", 2012). What copies share must point to one thing, though: two rows that say no more than
 * `Anna` may be two people.
 */
import type { Column, IntegerColumn, Table } from '../../../kernel/artifact/table.ts'
import { foldWords } from '../../model/name-key.ts'
import type { LinkField } from '../stages.ts'

/** One value of these is enough. */
const STRONG: ReadonlySet<string> = new Set(['email', 'phone', 'url'])
const NAMES: ReadonlySet<string> = new Set(['given-name', 'family-name', 'person-name', 'organisation-name', 'title', 'text', 'address'])
/** Letters and digits from which an identifier tells one thing from all others. */
const LONG_IDENTIFIER = 6
/** Different words of names that point to one thing; or one such word, and so many words altogether. */
const [NAME_WORDS, ALL_WORDS] = [2, 4]

/** For each record the first that has the same value in every column; itself when none has. */
export function equalRows(columns: readonly Column[], rows: number): Uint32Array {
  const first = new Uint32Array(rows)
  let slots = 16
  while (slots < rows * 2) slots *= 2
  const held = new Uint32Array(slots)
  for (let record = 0; record < rows; record++) {
    let hash = 0x811c9dc5
    for (const { codes } of columns) hash = Math.imul(hash ^ codes[record]!, 0x01000193) ^ (hash >>> 13)
    let slot = (hash ^ (hash >>> 15)) & (slots - 1)
    while (held[slot] !== 0 && !columns.every(({ codes }) => codes[held[slot]! - 1] === codes[record])) slot = (slot + 1) & (slots - 1)
    if (held[slot] === 0) held[slot] = record + 1
    first[record] = held[slot]! - 1
  }
  return first
}

/** The fields that copies agree in: all but those that are told to be no evidence. */
export function comparedFields(fields: readonly LinkField[]): readonly LinkField[] {
  return fields.filter(({ type, origin, filled }) => filled > 0 && (type !== 'ignored' || origin === 'inferred'))
}

/** The column `copy_of` of the records: 1 + the first record that says the same, where it says enough to be one thing; else 0. */
export function copyColumn(fields: readonly LinkField[], columns: readonly Column[], first: Uint32Array): IntegerColumn {
  const compared = comparedFields(fields)
  const own = compared.map(({ name }) => columns.find(column => column.name === name)!)
  const data = new Uint32Array(first.length)
  /** Of a record with copies: 1 where it says enough, 2 where not. */
  const enough = new Uint8Array(first.length)
  for (let record = 0; record < data.length; record++) {
    const before = first[record]!
    if (before === record) continue
    if (enough[before] === 0) enough[before] = saysEnough(compared, own, record) ? 1 : 2
    if (enough[before] === 1) data[record] = before + 1
  }
  return { name: 'copy_of', data }
}

/** The records' column `copy_of`. */
export function copiesOf({ integers, rows }: Table): Uint32Array {
  return integers.find(({ name }) => name === 'copy_of')?.data ?? new Uint32Array(rows)
}

function saysEnough(fields: readonly LinkField[], columns: readonly Column[], record: number): boolean {
  const names = new Set<string>()
  const all = new Set<string>()
  for (let at = 0; at < fields.length; at++) {
    const { values, codes } = columns[at]!
    if (codes[record] === 0) continue
    const text = values[codes[record]! - 1]!.toLowerCase()
    const type = fields[at]!.likely ?? fields[at]!.type
    if (STRONG.has(type) || (type === 'identifier' && text.replace(/[^a-z0-9]+/g, '').length >= LONG_IDENTIFIER)) return true
    for (const word of foldWords(text).split(' ')) {
      if (word === '') continue
      all.add(word)
      if (NAMES.has(type)) names.add(word)
    }
  }
  return names.size >= NAME_WORDS || (names.size > 0 && all.size >= ALL_WORDS)
}
