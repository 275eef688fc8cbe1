/** The `Summary` sheet: the run's id, counts that reconcile, how full the columns are, and notes. Stored, so that the id can be stamped. */
import { RUN_ID_TOKEN } from '../../../kernel/artifact/files.ts'
import type { DatasetMeta } from '../../model/stages.ts'
import { FIT_PAGE, LANDSCAPE, lettersOf, SHEET_HEAD } from './sheet.ts'
import { STYLE } from './styles.ts'
import { cutText, textElement } from './text.ts'

/** A number, a text, or either with a style. */
type Cell = string | number | { readonly value: string | number; readonly style: number }

function cellXml(cell: Cell, row: number, column: number): string {
  const { value, style } = typeof cell === 'object' ? cell : { value: cell, style: STYLE.plain }
  if (value === '') return ''
  const open = `<c r="${lettersOf(column)}${row}"${style === STYLE.plain ? '' : ` s="${style}"`}`
  return typeof value === 'number' ? `${open}><v>${value}</v></c>` : `${open} t="inlineStr"><is>${textElement(cutText(value))}</is></c>`
}

function heading(...names: string[]): Cell[] {
  return names.map(value => ({ value, style: STYLE.header }))
}

/** A share with four decimals, so that no sum of floats reaches the file. */
function share(part: number, whole: number): Cell {
  return { value: whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000, style: STYLE.percent }
}

/** The part's XML. `sheets` lists the other sheets with their number of rows; `notes` what a reader must know. */
export function summaryXml(meta: DatasetMeta, rows: number, sheets: readonly { readonly name: string; readonly rows: number }[], notes: readonly string[]): string {
  const total = { rows_in: 0, used: 0, merged: 0, quarantined: 0 }
  for (const line of meta.reconciliation) {
    total.rows_in += line.rows_in
    total.used += line.used
    total.merged += line.merged
    total.quarantined += line.quarantined
  }
  const lines: Cell[][] = [
    [{ value: 'Summary', style: STYLE.title }],
    [{ value: 'Run', style: STYLE.label }, RUN_ID_TOKEN],
    [{ value: 'One row is', style: STYLE.label }, meta.schema.entity],
    [{ value: 'Rows of data', style: STYLE.label }, rows],
    [{ value: 'Mean quality score', style: STYLE.label }, meta.score.mean],
    [],
    [{ value: 'Rows in = used + merged + quarantined', style: STYLE.title }],
    heading('File', 'Sheet', 'Role', 'Rows in', 'Used', 'Merged', 'Quarantined'),
    ...meta.reconciliation.map(line => [line.file, line.sheet, line.role, line.rows_in, line.used, line.merged, line.quarantined]),
    [{ value: 'Total', style: STYLE.label }, '', '', total.rows_in, total.used, total.merged, total.quarantined],
    [],
    [{ value: 'Filled cells', style: STYLE.title }],
    heading('Field', 'Before', 'After', 'Share after'),
    ...meta.schema.fields.map(({ name }) => {
      const filled = Object.hasOwn(meta.filled, name) ? meta.filled[name]! : { before: 0, after: 0 }
      return [name, filled.before, filled.after, share(filled.after, rows)]
    }),
    [],
    [{ value: 'Sheets', style: STYLE.title }],
    heading('Sheet', 'Rows'),
    ...sheets.map(sheet => [sheet.name, sheet.rows]),
    ...(notes.length === 0 ? [] : [[], [{ value: 'Notes', style: STYLE.title }], ...notes.map(note => [note])])
  ]
  const data = lines.map((cells, index) => `<row r="${index + 1}">${cells.map((cell, column) => cellXml(cell, index + 1, column)).join('')}</row>`).join('')
  return (
    `${SHEET_HEAD}${FIT_PAGE}<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>` +
    '<cols><col min="1" max="1" width="40" customWidth="1"/><col min="2" max="2" width="40" customWidth="1"/><col min="3" max="7" width="13" customWidth="1"/></cols>' +
    `<sheetData>${data}</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>${LANDSCAPE}</worksheet>`
  )
}
