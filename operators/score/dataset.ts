/** The tables of the dataset beside its data: made readable without the numbers that operators pass on. */
import { createColumnBuilder, selectRows } from '../../kernel/artifact/builder.ts'
import { integersOf, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import type { DatasetSchema, Source } from '../model/stages.ts'

/** The field whose value names an entity for people: the slug, or the first field. */
export function keyField(schema: DatasetSchema): Field | undefined {
  return schema.fields.find(({ derive }) => derive !== undefined && 'slug' in derive) ?? schema.fields[0]
}

/** The conflicts with the key of their entity in front. */
export function readableConflicts(conflicts: Table, key: Column | undefined): Table {
  const entities = integersOf(conflicts, 'entity')
  const name = 'entity_key'
  const column = key === undefined ? createColumnBuilder(name) : null
  column?.pad(conflicts.rows)
  return { ...conflicts, columns: [column?.finish() ?? { ...selectRows(key!, entities.map(entity => entity - 1)), name }, ...conflicts.columns] }
}

/** The quarantine with `file` and `sheet` in front; `row` stays an integer. */
export function readableQuarantine(quarantine: Table, sources: readonly Source[]): Table {
  const of = integersOf(quarantine, 'source')
  const file = createColumnBuilder('file', quarantine.rows)
  const sheet = createColumnBuilder('sheet', quarantine.rows)
  for (let at = 0; at < quarantine.rows; at++) {
    const source = sources[of[at]! - 1]
    file.push(source?.file ?? null)
    sheet.push(source?.sheet ?? null)
  }
  return { ...quarantine, columns: [file.finish(), sheet.finish(), ...quarantine.columns] }
}

/** Cells of a column that hold something. */
export function filledCells(column: Column): number {
  let count = 0
  for (let row = 0; row < column.codes.length; row++) if (column.codes[row] !== 0) count++
  return count
}

