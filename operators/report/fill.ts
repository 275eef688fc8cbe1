/** How full the columns were as read, and how full they are in the dataset. */
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Report } from '../../schemas/generated/report.ts'
import type { DatasetMeta, ValidMeta } from '../model/stages.ts'

const DECIMALS = 10_000

/** A share with four decimals, between 0 and 1. */
function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(1, Math.round((part / whole) * DECIMALS) / DECIMALS)
}

function rowsOf(frame: Frame, name: string): number {
  return frame.tables.find(table => table.name === name)?.rows ?? 0
}

/** One line per field of the dataset, then per field of its groups, in order. */
export function fillOf(valid: Frame<ValidMeta>, dataset: Frame<DatasetMeta>): Report['fill'] {
  const { schema, filled } = dataset.meta
  const line = (field: string, type: string | undefined, beforeOf: number, afterOf: number): Report['fill'][number] => {
    const { before, after } = Object.hasOwn(filled, field) ? filled[field]! : { before: 0, after: 0 }
    return { field, type: type ?? 'text', before, before_of: beforeOf, before_share: shareOf(before, beforeOf), after, after_of: afterOf, after_share: shareOf(after, afterOf) }
  }
  const lines = schema.fields.map(({ name, type }) => line(name, type, rowsOf(valid, 'records'), rowsOf(dataset, 'data')))
  for (const group of Object.keys(schema.groups)) {
    for (const { name, type } of schema.groups[group]!.fields) lines.push(line(`${group}.${name}`, type, rowsOf(valid, group), rowsOf(dataset, group)))
  }
  return lines
}
