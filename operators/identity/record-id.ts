/** Ids of the records of a run, which come from spreadsheets that have none: a digest of what the record says. */
import { ITEM_SEPARATOR, type Frame } from '../../kernel/artifact/table.ts'
import { tableOf, textAt } from '../../kernel/artifact/table.ts'
import { digestBytes } from '../../kernel/hash.ts'
import type { ValidMeta } from '../model/stages.ts'

/**
 * Ids by position of the record: `r-` and 20 digits of the SHA-256 of its filled fields by name, whatever file and row
 * it stands in. Records that say the same are told apart as `…`, `…#2`, `…#3` in the order in which they stand.
 */
export function recordIds(valid: Frame<ValidMeta>): readonly string[] {
  const records = tableOf(valid, 'records')
  const { fields } = valid.meta.schema
  const computed = new Set(fields.filter(({ derive, constant }) => derive !== undefined || constant !== undefined).map(({ name }) => name))
  const columns = records.columns.filter(({ name }) => !name.includes('#') && !computed.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const seen = new Map<string, number>()
  return Array.from({ length: records.rows }, (_, row) => {
    let text = ''
    for (const column of columns) {
      const value = textAt(column, row)
      if (value !== null) text += `${column.name}\u0001${value.replaceAll(ITEM_SEPARATOR, '\u0002')}\u0003`
    }
    const id = `r-${digestBytes(text).slice(0, 20)}`
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    return count === 1 ? id : `${id}#${count}`
  })
}
