/** What a review workbook showed of each record, cell by cell, so that an edited one can be named when it comes back. */
import { digestJson } from '../../../kernel/hash.ts'
import { cutText } from '../../export/xlsx/text.ts'

/** Hexadecimal digits kept of a digest: enough to tell an edit. */
const DIGITS = 8

const short = (parts: readonly string[]): string => digestJson(parts).slice(0, DIGITS)

/** Digests of a field's name and of its value in one record. Programs that save a workbook may change spaces; that is no edit. */
function markOf(field: string, value: string | null, seen: string): readonly [name: string, value: string] {
  const name = field.trim()
  // eslint-disable-next-line no-control-regex
  return [short([name]), short([seen, name, cutText(value ?? '').replace(/[\u0000-\u0020\u00a0]+/g, ' ').trim()])]
}

/** The stamp of one record: its fields in order. `seen` is the digest of the record. */
export function stampOf(fields: readonly string[], values: readonly (string | null)[], seen: string): string {
  return fields.map((field, at) => markOf(field, values[at] ?? null, seen).join('')).join(' ')
}

/** Whether a value differs from what the stamp says was shown; false for a column that is no field of the record. */
export function isEdited(stamp: string, field: string, value: string | null, seen: string): boolean {
  const [name, shown] = markOf(field, value, seen)
  const mark = stamp.split(' ').find(each => each.startsWith(name))
  return mark !== undefined && mark !== name + shown
}
