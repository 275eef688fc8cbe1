/** The dataset as CSV: RFC 4180, UTF-8 without a byte order mark, lines ended by CR LF, a header in every file. */
import { ITEM_SEPARATOR, type Frame } from '../../../kernel/artifact/table.ts'
import { NO_STAMP, type OutputFile } from '../../../kernel/artifact/files.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { DatasetMeta } from '../../model/stages.ts'
import { exportTables, infixOf, type ExportTable } from '../dataset.ts'
import { neutraliseFormula } from '../../model/formula.ts'
import { fieldsOf, joinRows } from './fields.ts'

export const LINE_END = '\r\n'
const NEEDS_QUOTES = /[",\r\n]/
const encoder = new TextEncoder()

/** A value as a field: quoted where it must be, and never a formula. */
export function csvField(text: string): string {
  const safe = neutraliseFormula(text)
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One table as CSV. Items of a list are joined by `listSeparator`; formulas are neutralised. */
export function writeCsv(table: ExportTable, listSeparator: string): Uint8Array {
  const head = encoder.encode(table.columns.map(({ name }) => csvField(name)).join(',') + LINE_END)
  const written = (text: string): string => csvField(text.includes(ITEM_SEPARATOR) ? text.replaceAll(ITEM_SEPARATOR, listSeparator) : text)
  return joinRows(head, table.columns.map(({ column }) => fieldsOf(column, written)), table.rows)
}

export const operator: Operator = {
  id: 'export.csv',
  version: '1.1.0',
  summary: 'Writes the dataset, its groups, the conflicts and the quarantine as CSV files',
  inputs: { dataset: { kind: 'dataset' } },
  outputs: { files: { kind: 'files' } },
  config: ['export.list_separator'],
  entropy: ['none'],
  run(inputs, config, context) {
    const tables = exportTables(inputs['dataset']![0]!.value as Frame<DatasetMeta>)
    const files = tables.map((table, index): OutputFile => {
      const bytes = writeCsv(table, config.export.list_separator)
      context.progress((index + 1) / tables.length)
      return { suffix: `${infixOf(table)}.csv`, media_type: 'text/csv; charset=utf-8; header=present', bytes, stamp: NO_STAMP }
    })
    return { files }
  }
}
