/** Shapes hand-made sheets, for tests. */
import { integersOf, type Frame } from '../../kernel/artifact/table.ts'
import type { Source } from '../../schemas/generated/profile.ts'
import { workbookOf, type Cell, type SheetSketch } from '../model/sheet-fixture.ts'
import type { TablesMeta } from '../model/stages.ts'
import { shapeWorkbook } from './operator.ts'

export interface Finding { readonly code: string; readonly severity: string; readonly message: string; readonly details: object }

/** The tables of one sheet; `findings` takes what is diagnosed. */
export function shape(rows: readonly (readonly Cell[])[], more: Partial<SheetSketch> & { sources?: Source[]; hidden?: 'include' | 'exclude'; findings?: Finding[] } = {}): Frame<TablesMeta> {
  const workbook = workbookOf('book.xlsx', [{ name: 'Sheet', rows, ...more }])
  return shapeWorkbook(workbook, { ingest: { sources: more.sources ?? [], hidden_sheets: more.hidden ?? 'include' } }, { diagnose: finding => void more.findings?.push(finding as Finding) })
}

export function headers(frame: Frame<TablesMeta>, index = 0): readonly string[] {
  return frame.meta.tables[index]!.columns.map(column => column.header)
}

/** Row numbers of the data of a table. */
export function rowsOf(frame: Frame<TablesMeta>, index = 0): readonly number[] {
  return [...integersOf(frame.tables[index]!, 'row')]
}

/** Rows left out of the first sheet, by reason. */
export function excluded(frame: Frame<TablesMeta>): Record<string, number> {
  return Object.fromEntries(frame.meta.sheets[0]!.excluded.map(each => [each.reason, each.rows]))
}

/** Whether rows present = data rows + rows left out, in every sheet. */
export function reconciles(frame: Frame<TablesMeta>): boolean {
  return frame.meta.sheets.every(sheet => {
    const data = frame.meta.tables.reduce((sum, table, index) => sum + (table.sheet === sheet.sheet ? frame.tables[index]!.rows : 0), 0)
    return sheet.rows_present === data + sheet.excluded.reduce((sum, each) => sum + each.rows, 0)
  })
}
