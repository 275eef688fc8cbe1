/** `read.xlsx`: an Office Open XML workbook into tables, by a reader of our own that works on bytes and is bounded. */
import type { Frame, Table } from '../../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../../kernel/types.ts'
import type { SheetFacts, WorkbookMeta } from '../../model/stages.ts'
import { SheetGrid } from '../column/sheet-grid.ts'
import type { Limits, WorkbookReadConfig } from '../config.ts'
import { finishGrid, overflowOf, rendererOf } from '../grid-table.ts'
import { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'
import { setsAside } from '../refused.ts'
import { BARE } from '../sheet-facts.ts'
import { checkSize, checkZipped } from '../workbook-type.ts'
import { commentsOf } from './comments.ts'
import { listObjectsOf } from './list-objects.ts'
import { openPackage } from './package.ts'
import { noSharedStrings, readSharedStrings } from './shared-strings.ts'
import { readSheet } from './sheet.ts'
import { NO_STYLES, readStyles } from './styles.ts'
import { tellTraits } from './traits.ts'
import { readWorkbook, uniqueNames } from './workbook.ts'

const VERSION = '1.2.0'

type Told = Pick<Context, 'diagnose' | 'progress'>

/** Reads a workbook. Throws HotpassError, naming the file and, where known, sheet and cell. `window`: bytes of a part that are looked at together. */
export function readXlsx(file: string, bytes: Uint8Array, limits: Limits, context: Told = { diagnose: () => {}, progress: () => {} }, window?: number): Frame<WorkbookMeta> {
  checkSize(file, bytes, limits)
  checkZipped(file, bytes)
  const parts = openPackage(file, bytes, limits, window)
  const workbook = readWorkbook(parts, limits.sheets)
  const styles = workbook.styles === '' ? NO_STYLES : readStyles(parts.scanner(workbook.styles))
  const shared = workbook.sharedStrings === '' ? noSharedStrings() : readSharedStrings(parts.scanner(workbook.sharedStrings), limits.shared_strings, () => refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.shared_strings} shared texts (ingest.limits.shared_strings)`))
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
    const sources = { shared: shared.texts, render }
    const overflow = overflowOf(file, name, limits)
    const grid = new SheetGrid(sources, limits.columns, limits.cells - cells, overflow, (column, row) => ledger.add('CELL_REPEATED', column, row))
    const declared = listObjectsOf(parts, sheet.part)
    const content = xml === null ? BARE : readSheet({
      xml,
      grid,
      ledger,
      styleOf: styles.ofFormat,
      sharedIds: shared.ids,
      filters: declared.filters,
      fault: (what, cell) => refusal(file, 'E_INPUT_UNREADABLE', what, cell === undefined ? { sheet: name } : { sheet: name, cell })
    })
    const comments = commentsOf(parts, sheet.part)
    for (const { column, row } of comments) ledger.add('CELL_COMMENTED', column, row)
    cells += grid.cells
    tables.push(finishGrid(grid, name, file, name, limits, true, ledger))
    sheets.push({ ...BARE, ...content, name, state: sheet.state, comments: comments.map(({ cell }) => cell), list_objects: declared.objects })
    context.progress((index + 1) / workbook.sheets.length)
  })
  tellTraits(parts, workbook, sheets.reduce((sum, { formulas }) => sum + formulas, 0), context)
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
    return { workbook: readXlsx(id, value, config.ingest.limits, context) }
  },
  refused: setsAside(`read.xlsx@${VERSION}`)
}
