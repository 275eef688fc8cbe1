/** A table of the dataset as it may be shown to whoever must not see personal values. */
import { columnOf, type Table, type Column } from '../../kernel/artifact/table.ts'
import type { Masker } from '../../operators/masking/masker.ts'

/** Words of the product, which name nobody, and addresses of cells, without which nobody would find one. */
const OWN: ReadonlySet<string> = new Set(['file', 'sheet', 'header', 'level', 'column', 'field', 'reason', 'severity', 'rule'])
/** Raw values whose field stands in the column `field` of their row. */
const OF_FIELD: ReadonlySet<string> = new Set(['value', 'kept', 'lost'])

/** The same rows with every personal value masked: by field in the dataset and its groups, by row in conflicts and quarantine. */
export function maskedTable(table: Table, masker: Masker): Table {
  const isList = table.name === 'conflicts' || table.name === 'quarantine'
  const prefix = table.name === 'data' ? '' : `${table.name}.`
  const columns = table.columns.map((column): Column => {
    if (!isList) return { ...column, values: column.values.map(value => masker.value(value, prefix + column.name)) }
    if (OWN.has(column.name)) return column
    return OF_FIELD.has(column.name) ? byField(column, table, masker) : { ...column, values: column.values.map(value => masker.text(value)) }
  })
  return { ...table, columns }
}

function byField(column: Column, table: Table, masker: Masker): Column {
  const fields = columnOf(table, 'field')
  const values: string[] = []
  const known = new Map<string, number>()
  const codes = column.codes.slice()
  for (let at = 0; at < table.rows; at++) {
    const code = column.codes[at]!
    if (code === 0) continue
    const field = fields?.codes[at] ?? 0
    const key = `${code} ${field}`
    if (!known.has(key)) {
      const text = column.values[code - 1]!
      values.push(field === 0 ? masker.unknown(text) : masker.compared(text, fields!.values[field - 1]!))
      known.set(key, values.length)
    }
    codes[at] = known.get(key)!
  }
  return { ...column, values, codes, kinds: null }
}
