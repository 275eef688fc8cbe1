/** The sheets of a workbook, one after the other, with what they share. */
import type { Table } from '../../../kernel/artifact/table.ts'
import { HotpassError } from '../../../kernel/error.ts'
import type { Context } from '../../../kernel/types.ts'
import type { SheetFacts } from '../../model/stages.ts'
import { gridSources } from '../cells/rendered.ts'
import { SheetGrid } from '../column/sheet-grid.ts'
import type { Limits } from '../config.ts'
import { returnEngine } from '../engine/idle.ts'
import { PartWindow } from '../engine/part-window.ts'
import { engineFor, finishGrid, overflowOf } from '../grid-table.ts'
import { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'
import { BARE } from '../sheet-facts.ts'
import { commentsOf } from './comments.ts'
import { listObjectsOf } from './list-objects.ts'
import type { Package } from './package.ts'
import { readSharedStrings } from './shared-strings.ts'
import { readSheet } from './sheet.ts'
import { NO_STYLES, readStyles, showStyles } from './styles.ts'
import { uniqueNames, type SheetEntry, type Workbook } from './workbook.ts'

export interface SheetsRead {
  readonly tables: readonly Table[]
  readonly sheets: readonly SheetFacts[]
  readonly ledger: LossLedger
}

/** Reads every sheet. Throws HotpassError, naming the file and, where known, sheet and cell; with `salvage`, a sheet that cannot be read is empty and told as lost. */
export function readSheets(parts: Package, workbook: Workbook, limits: Limits, context: Pick<Context, 'progress'>, salvage = false): SheetsRead {
  const { file } = parts
  const styles = workbook.styles === '' ? NO_STYLES : readStyles(parts.scanner(workbook.styles))
  const engine = engineFor(file)
  const window = new PartWindow(engine)
  if (workbook.sharedStrings !== '') {
    readSharedStrings(parts.scanner(workbook.sharedStrings), engine, window, {
      tooMany: () => refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.shared_strings} shared texts (ingest.limits.shared_strings)`),
      collides: () => refusal(file, 'E_INPUT_LIMIT', 'its shared texts are made so that looking them up takes forever')
    }, limits.shared_strings)
  }
  showStyles(engine, styles)
  const sources = gridSources(engine, styles.styles, workbook.dateSystem)
  const ledger = new LossLedger(file)
  const names = uniqueNames(workbook.sheets.map(sheet => sheet.name))
  const tables: Table[] = []
  const sheets: SheetFacts[] = []
  let cells = 0
  const readOne = (sheet: SheetEntry, name: string): void => {
    if (sheet.state !== 'visible') ledger.add('SHEET_HIDDEN', -1, 0)
    // Sheets of charts and dialogs have no cells.
    const xml = sheet.type === 'worksheet' ? parts.scanner(sheet.part) : null
    const overflow = overflowOf(file, name, limits)
    const grid = new SheetGrid(sources, limits.columns, limits.cells - cells, overflow, (column, row) => ledger.add('CELL_REPEATED', column, row))
    const declared = listObjectsOf(parts, sheet.part)
    const content = xml === null ? BARE : readSheet({
      xml,
      grid,
      ledger,
      styleOf: styles.ofFormat,
      window,
      filters: declared.filters,
      fault: (what, cell) => refusal(file, 'E_INPUT_UNREADABLE', what, cell === undefined ? { sheet: name } : { sheet: name, cell })
    })
    const comments = commentsOf(parts, sheet.part)
    for (const { column, row } of comments) ledger.add('CELL_COMMENTED', column, row)
    cells += grid.cells
    tables.push(finishGrid(grid, name, file, name, limits, true, ledger))
    sheets.push({ ...BARE, ...content, name, state: sheet.state, comments: comments.map(({ cell }) => cell), list_objects: declared.objects })
  }
  workbook.sheets.forEach((sheet, index) => {
    const name = names[index]!
    ledger.startSheet(name)
    try {
      readOne(sheet, name)
    } catch (error) {
      if (!salvage || !(error instanceof HotpassError)) throw error
      ledger.forgetSheet()
      ledger.add('SHEET_LOST', -1, 0)
      tables.push({ name, rows: 0, columns: [], integers: [{ name: 'row', data: new Uint32Array(0) }] })
      sheets.push({ ...BARE, name, state: sheet.state })
    }
    context.progress((index + 1) / workbook.sheets.length)
  })
  returnEngine(engine)
  return { tables, sheets, ledger }
}
