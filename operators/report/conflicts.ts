/** Values that lost against another one. */
import { columnOf, integersOf, textAt, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Report } from '../../schemas/generated/report.ts'
import { keyFieldOf } from '../export/dataset.ts'
import type { Masker } from '../masking/masker.ts'
import type { DatasetMeta } from '../model/stages.ts'
import { shorten } from './shorten.ts'
import { tallyOf } from './tally.ts'

function counted(column: Column): { name: string; count: number }[] {
  const counts = new Uint32Array(column.values.length + 1)
  for (let row = 0; row < column.codes.length; row++) counts[column.codes[row]!]!++
  return tallyOf(column.values.map((name, index) => [name, counts[index + 1]!]))
}

/** Counts by field and by rule, and the first few of every field. */
export function conflictsOf(table: Table, meta: DatasetMeta, masker: Masker, most: number): Report['conflicts'] {
  const column = (name: string): Column => columnOf(table, name)!
  const [field, kept, lost, rule, key] = [column('field'), column('kept'), column('lost'), column('rule'), column('entity_key')]
  const [source, line] = [integersOf(table, 'source'), integersOf(table, 'row')]
  const keyField = keyFieldOf(meta.schema.fields)
  const nameField = meta.schema.fields[0]
  const personal = [keyField, nameField].some(one => one !== undefined && masker.isPersonal(one.name))
  const shown = new Uint32Array(field.values.length + 1)
  const examples: Report['conflicts']['examples'] = []
  for (let row = 0; row < table.rows; row++) {
    const code = field.codes[row]!
    if (shown[code]! >= most) continue
    shown[code]!++
    const target = textAt(field, row) ?? ''
    const from = meta.sources[source[row]! - 1]
    const entity = textAt(key, row) ?? ''
    examples.push({
      entity: shorten(personal ? masker.unknown(entity) : masker.text(entity)),
      field: target,
      kept: shorten(masker.compared(textAt(kept, row) ?? '', target)),
      lost: shorten(masker.compared(textAt(lost, row) ?? '', target)),
      rule: textAt(rule, row) ?? '',
      file: from?.file ?? '',
      sheet: from?.sheet ?? '',
      row: line[row]!
    })
  }
  return { total: table.rows, by_field: counted(field), by_rule: counted(rule), examples }
}
