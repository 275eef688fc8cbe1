/** Counts raw cells, before anything is changed. */
import type { Column } from '../../kernel/artifact/table.ts'
import type { DatasetSchema, RecordsMeta } from '../model/stages.ts'
import type { Parts } from './parts.ts'

function filledCells(column: Column): number {
  let count = 0
  for (let row = 0; row < column.codes.length; row++) if (column.codes[row] !== 0) count++
  return count
}

/** Non-empty cells per target, over all tables that are not set aside. Every field of the schema is named. */
export function filledOf(schema: DatasetSchema, parts: readonly Parts[]): RecordsMeta['filled'] {
  const counts = new Map<string, number>()
  for (const field of schema.fields) counts.set(field.name, 0)
  for (const group of Object.keys(schema.groups)) for (const field of schema.groups[group]!.fields) counts.set(`${group}.${field.name}`, 0)
  for (const extra of schema.extras) counts.set(extra, 0)
  const add = (target: string, column: Column): void => void counts.set(target, (counts.get(target) ?? 0) + filledCells(column))
  for (const { fields, members } of parts) {
    for (const [name, column] of fields) add(name, column)
    for (const member of members) for (const [name, column] of member.fields) add(`${member.group}.${name}`, column)
  }
  return Object.fromEntries(counts)
}
