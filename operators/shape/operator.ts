/** Finds the tables in every sheet of a workbook. */
import type { Frame, Table } from '../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../kernel/types.ts'
import type { Source } from '../../schemas/generated/profile.ts'
import { plural } from '../model/plural.ts'
import { sheetSettings } from '../model/settings.ts'
import type { SheetShape, TableShape, TablesMeta, WorkbookMeta } from '../model/stages.ts'
import { rowRanges } from './range.ts'
import { shapeSheet } from './sheet.ts'
import { describeMismatches } from './totals.ts'

interface Config {
  readonly ingest: { readonly sources: readonly Source[]; readonly hidden_sheets: 'include' | 'exclude' }
}

/** Cells of wrong totals that a finding names; the decisions name more. */
const CITED = 100

/** Shapes one workbook. Pure; never throws on data. */
export function shapeWorkbook(workbook: Frame<WorkbookMeta>, config: Config, context: Pick<Context, 'diagnose'>): Frame<TablesMeta> {
  const { meta } = workbook
  const sheets: SheetShape[] = []
  const shapes: TableShape[] = []
  const tables: Table[] = []
  meta.sheets.forEach((facts, index) => {
    const pins = sheetSettings(config.ingest.sources, meta.file, facts.name)
    const shaped = shapeSheet(meta.file, facts, workbook.tables[index]!, pins, config.ingest.hidden_sheets, meta.dialect?.comment, meta.loss)
    sheets.push(shaped.shape)
    for (const { shape, table } of shaped.tables) {
      shapes.push(shape)
      tables.push(table)
    }
    for (const severity of ['warning', 'info'] as const) {
      const wrong = shaped.wrongTotals.filter(({ doubtful }) => doubtful === (severity === 'info'))
      if (wrong.length === 0) continue
      const mismatches = wrong.flatMap(each => each.mismatches)
      const more = severity === 'info' && !mismatches.every(({ rounding }) => rounding) ? ' (the rows below may overlap)' : ''
      const message = `${meta.file}: sheet ${facts.name}: ${wrong.length === 1 ? 'a printed total does not agree with its rows' : `${wrong.length} printed totals do not agree with their rows`}${describeMismatches(mismatches)}${more}`
      const cells = mismatches.slice(0, CITED).map(({ cell, printed, computed, rows: [first, last] }) => ({ cell, printed, computed, rows: `${first}:${last}` }))
      context.diagnose({ code: 'TOTAL_MISMATCH', severity, message, details: { file: meta.file, sheet: facts.name, totals: wrong.length, cells } })
    }
    if (shaped.doubtful.length > 0) {
      const rows = rowRanges([...shaped.doubtful].sort((a, b) => a - b))
      const message = `${meta.file}: sheet ${facts.name}: ${plural(shaped.doubtful.length, 'row was', 'rows were')} left out as headings or remarks and may be records: ${rows}; if so, name them in keep_rows`
      context.diagnose({ code: 'ROWS_DOUBTFUL', severity: 'warning', message, details: { file: meta.file, sheet: facts.name, count: shaped.doubtful.length, rows } })
    }
    if (shaped.unlooked.length > 0) {
      const row = Math.min(...shaped.unlooked)
      const message = `${meta.file}: sheet ${facts.name}: it has so many tables that from row ${row} on no more were looked for, and headers below may have become records; name the tables in the profile, or split the sheet`
      context.diagnose({ code: 'TABLES_TOO_MANY', severity: 'warning', message, details: { file: meta.file, sheet: facts.name, row } })
    }
    if (shaped.shape.rows_present === 0 && !meta.loss.some(({ code, sheet }) => code === 'SHEET_LOST' && sheet === facts.name)) {
      context.diagnose({ code: 'SHEET_EMPTY', severity: 'info', message: `${meta.file}: sheet ${facts.name} is empty`, details: { file: meta.file, sheet: facts.name } })
    }
    const headerless = shaped.tables.filter(({ shape, table }) => shape.header_rows.length === 0 && table.rows > 0)
    if (headerless.length > 0) {
      const message = `${meta.file}: sheet ${facts.name} has ${headerless.length === 1 ? 'a table' : `${headerless.length} tables`} without a header; columns are told by their values`
      context.diagnose({ code: 'HEADER_MISSING', severity: 'info', message, details: { file: meta.file, sheet: facts.name, tables: headerless.length } })
    }
  })
  const { file, format, reader, properties, dialect, loss, refused } = meta
  return { meta: { file, format, reader, properties, dialect, sheets, tables: shapes, loss, ...(refused === undefined ? {} : { refused }) }, tables }
}

export const operator: Operator = {
  id: 'shape',
  version: '1.11.0',
  summary: 'Finds the tables in every sheet: titles, headers, totals and notes told from data.',
  inputs: { workbook: { kind: 'workbook' } },
  outputs: { tables: { kind: 'tables' } },
  config: ['ingest.sources', 'ingest.hidden_sheets'],
  entropy: ['none'],
  run(inputs, config: Config, context) {
    return { tables: shapeWorkbook(inputs['workbook']![0]!.value as Frame<WorkbookMeta>, config, context) }
  }
}
