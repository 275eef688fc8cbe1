/** Builds workbook frames from rows of cells, for tests of the steps that follow the readers. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { KIND, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { SheetFacts, WorkbookMeta } from './stages.ts'

/** A cell: null is none, a number or a boolean is itself, `{ date }` a date, `{ error }` an error. */
export type Cell = null | string | number | boolean | { readonly date: string } | { readonly error: string }
export interface SheetSketch {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
  readonly merges?: readonly string[]
  readonly state?: SheetFacts['state']
  readonly list_objects?: SheetFacts['list_objects']
}

/** The letters of a column, from 0. */
export function columnLetter(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** A workbook as a reader gives it. Rows are numbered from 1; rows without any cell are left out, as are columns without any. */
export function workbookOf(file: string, sheets: readonly SheetSketch[], properties: { readonly [name: string]: string } = {}): Frame<WorkbookMeta> {
  const tables = sheets.map(({ name, rows }): Table => {
    const kept = rows.map((cells, index) => ({ cells, row: index + 1 })).filter(({ cells }) => cells.some(cell => cell !== null))
    const width = rows.reduce((most, cells) => Math.max(most, cells.length), 0)
    const columns = []
    for (let index = 0; index < width; index++) {
      if (!kept.some(({ cells }) => (cells[index] ?? null) !== null)) continue
      const builder = createColumnBuilder(columnLetter(index), kept.length)
      for (const { cells } of kept) {
        const cell = cells[index] ?? null
        if (cell === null) builder.push(null)
        else if (typeof cell === 'string') builder.push(cell)
        else if (typeof cell === 'number') builder.push(String(cell), KIND.number)
        else if (typeof cell === 'boolean') builder.push(String(cell), KIND.boolean)
        else if ('date' in cell) builder.push(cell.date, KIND.date)
        else builder.push(cell.error, KIND.error)
      }
      columns.push(builder.finish())
    }
    return { name, rows: kept.length, columns, integers: [{ name: 'row', data: Uint32Array.from(kept.map(({ row }) => row)) }] }
  })
  const facts = sheets.map(({ name, merges = [], state = 'visible', list_objects = [] }): SheetFacts => ({ name, state, merges, hidden_rows: [], hidden_columns: [], formulas: 0, filters: [], validations: [], comments: [], list_objects }))
  return { meta: { file, format: file.endsWith('.csv') ? 'csv' : 'xlsx', reader: 'test', date_system: 1900, dialect: null, properties, sheets: facts, loss: [] }, tables }
}
