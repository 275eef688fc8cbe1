/** Takes personal values out of a dataset for the rows that nobody consented to. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { columnOf, integersOf, kindAt, tableOf, textAt, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { maskWords } from '../masking/mask.ts'
import type { DatasetMeta } from '../model/stages.ts'

/** What a boolean field holds where it is so. */
const YES = new Set(['true', 'yes', '1'])

/** Rows of the dataset, from 0, whose consent field is not true. */
export function withoutConsent(data: Table, consent: Column | undefined): ReadonlySet<number> {
  const rows = new Set<number>()
  for (let row = 0; row < data.rows; row++) if (!YES.has((consent === undefined ? null : textAt(consent, row))?.toLowerCase() ?? '')) rows.add(row)
  return rows
}

/** The column built anew, so that what is taken out stands in no dictionary either. */
function rebuilt(column: Column, rows: number, isOut: (row: number) => boolean, instead: (text: string) => string | null): Column {
  const builder = createColumnBuilder(column.name, rows)
  for (let row = 0; row < rows; row++) {
    const text = textAt(column, row)
    builder.push(text === null || !isOut(row) ? text : instead(text), kindAt(column, row))
  }
  return builder.finish()
}

/** The dataset without the values of `targets` in the rows of `out`; of what was set aside, whose consent nobody knows, values of persons are masked. */
export function withhold(dataset: Frame<DatasetMeta>, targets: ReadonlySet<string>, out: ReadonlySet<number>): Frame<DatasetMeta> {
  const { groups } = dataset.meta.schema
  const nothing = (): null => null
  const tables = dataset.tables.map((table): Table => {
    if (table.name === 'data') return { ...table, columns: table.columns.map(column => (targets.has(column.name) ? rebuilt(column, table.rows, row => out.has(row), nothing) : column)) }
    if (groups[table.name] !== undefined) {
      const entity = integersOf(table, 'entity')
      return { ...table, columns: table.columns.map(column => (targets.has(`${table.name}.${column.name}`) ? rebuilt(column, table.rows, row => out.has(entity[row]! - 1), nothing) : column)) }
    }
    if (table.name === 'conflicts') {
      const [entity, field] = [integersOf(table, 'entity'), columnOf(table, 'field')!]
      const isOut = (row: number): boolean => out.has(entity[row]! - 1) && targets.has(textAt(field, row) ?? '')
      return { ...table, columns: table.columns.map(column => (column.name === 'kept' || column.name === 'lost' ? rebuilt(column, table.rows, isOut, nothing) : column)) }
    }
    if (table.name === 'quarantine') {
      const [level, field] = [columnOf(table, 'level')!, columnOf(table, 'field')!]
      const isOut = (row: number): boolean => textAt(level, row) === 'row' || targets.has(textAt(field, row) ?? '')
      return { ...table, columns: table.columns.map(column => (column.name === 'value' ? rebuilt(column, table.rows, isOut, maskedRow) : column)) }
    }
    return table
  })
  return { ...dataset, tables }
}

/** A set-aside value, or the values of a whole row (JSON, header to text), masked. */
function maskedRow(text: string): string {
  if (!text.startsWith('{')) return maskWords(text)
  return text.replace(/:"((?:[^"\\]|\\.)*)"/g, (_, value: string) => `:"${maskWords(value.replace(/\\./g, ' '))}"`)
}

/** The rows of the main table. */
export const dataOf = (dataset: Frame<DatasetMeta>): Table => tableOf(dataset, 'data')
