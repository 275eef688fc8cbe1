/** `read.xlsx`: an Office Open XML workbook into tables, by a reader of our own that works on bytes and is bounded. */
import type { Frame, Table } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { SheetFacts, WorkbookMeta } from '../../model/stages.ts'
import { SheetGrid } from '../column/sheet-grid.ts'
import type { Limits, WorkbookReadConfig } from '../config.ts'
import { finishGrid, overflowOf, rendererOf } from '../grid-table.ts'
import { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'
import { checkSize, checkZipped } from '../workbook-type.ts'
import { listObjectsOf } from './list-objects.ts'
import { openPackage } from './package.ts'
import { noSharedStrings, readSharedStrings } from './shared-strings.ts'
import { readSheet, type SheetContent } from './sheet.ts'
import { NO_STYLES, readStyles } from './styles.ts'
import { readWorkbook, uniqueNames } from './workbook.ts'

const VERSION = '1.0.0'
const NOTHING: SheetContent = { merges: [], hidden_rows: [], hidden_columns: [], formulas: 0 }
const NO_BYTES = new Uint8Array(0)

/** Reads a workbook. Throws HotpassError, naming the file and, where known, sheet and cell. */
export function readXlsx(file: string, bytes: Uint8Array, limits: Limits, progress: (share: number) => void = () => {}): Frame<WorkbookMeta> {
  checkSize(file, bytes, limits)
  checkZipped(file, bytes)
  const parts = openPackage(file, bytes, limits)
  const workbook = readWorkbook(parts, limits.sheets)
  const styles = workbook.styles === '' ? NO_STYLES : readStyles(parts.scanner(workbook.styles))
  const shared = workbook.sharedStrings === '' ? noSharedStrings() : readSharedStrings(parts.scanner(workbook.sharedStrings))
  const render = rendererOf(styles.styles, workbook.dateSystem)
  const ledger = new LossLedger(file)
  const names = uniqueNames(workbook.sheets.map(sheet => sheet.name))
  const tables: Table[] = []
  const sheets: SheetFacts[] = []
  let cells = 0
  workbook.sheets.forEach((sheet, index) => {
    const name = names[index]!
    ledger.startSheet(name)
    if (sheet.state !== 'visible') ledger.add('SHEET_HIDDEN', -1, 0)
    // Sheets of charts and dialogs have no cells.
    const xml = sheet.type === 'worksheet' ? parts.scanner(sheet.part) : null
    const sources = { bytes: xml?.bytes ?? NO_BYTES, shared: shared.texts, render }
    const overflow = overflowOf(file, name, limits)
    const grid = new SheetGrid(sources, limits.columns, limits.cells - cells, overflow, (column, row) => ledger.add('CELL_REPEATED', column, row))
    const content = xml === null ? NOTHING : readSheet({
      xml,
      grid,
      ledger,
      styleOf: styles.ofFormat,
      sharedIds: shared.ids,
      fault: (what, cell) => refusal(file, 'E_INPUT_UNREADABLE', what, cell === undefined ? { sheet: name } : { sheet: name, cell })
    })
    cells += grid.cells
    tables.push(finishGrid(grid, name, file, name, limits, true, ledger))
    sheets.push({ name, state: sheet.state, ...content, list_objects: listObjectsOf(parts, sheet.part) })
    progress((index + 1) / workbook.sheets.length)
  })
  return {
    meta: {
      file,
      format: 'xlsx',
      reader: `read.xlsx@${VERSION}`,
      date_system: workbook.dateSystem,
      dialect: null,
      properties: workbook.properties,
      sheets,
      loss: ledger.entries()
    },
    tables
  }
}

export const operator: Operator = {
  id: 'read.xlsx',
  version: VERSION,
  summary: 'Reads an Excel workbook (.xlsx, .xlsm)',
  inputs: { file: { kind: 'bytes' } },
  outputs: { workbook: { kind: 'workbook' } },
  config: ['ingest.limits'],
  entropy: ['none'],
  isolation: 'inline',
  run(inputs, config: WorkbookReadConfig, context) {
    const { id, value } = inputs['file']![0]!
    return { workbook: readXlsx(id, value, config.ingest.limits, context.progress) }
  }
}
