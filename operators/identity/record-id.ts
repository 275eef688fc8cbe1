/** Ids of records that have none of their own: a digest of what the record says. */
import { ITEM_SEPARATOR, tableOf, textAt, type Column, type Frame } from '../../kernel/artifact/table.ts'
import { digestBytes } from '../../kernel/hash.ts'
import type { ValidMeta } from '../model/stages.ts'

/**
 * Ids by position of the row: `r-` and 20 digits of the SHA-256 of its filled columns by name, whatever file and row it
 * stands in. Rows that say the same are told apart as `…`, `…#2`, `…#3` in the order in which they stand.
 */
export function contentIds(columns: readonly Column[], rows: number): readonly string[] {
  const sorted = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1))
  const seen = new Map<string, number>()
  return Array.from({ length: rows }, (_, row) => {
    let text = ''
    for (const column of sorted) {
      const value = textAt(column, row)
      if (value !== null) text += `${column.name}\u0001${value.replaceAll(ITEM_SEPARATOR, '\u0002')}\u0003`
    }
    const id = `r-${digestBytes(text).slice(0, 20)}`
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    return count === 1 ? id : `${id}#${count}`
  })
}

/** Ids of the records of a run, which come from spreadsheets. Columns that Hotpass computes do not count. */
export function recordIds(valid: Frame<ValidMeta>): readonly string[] {
  const records = tableOf(valid, 'records')
  const computed = new Set(valid.meta.schema.fields.filter(({ derive, constant }) => derive !== undefined || constant !== undefined).map(({ name }) => name))
  return contentIds(records.columns.filter(({ name }) => !name.includes('#') && !computed.has(name)), records.rows)
}
