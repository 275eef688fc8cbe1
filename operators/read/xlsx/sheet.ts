/** A worksheet part: its cells into a grid, and what else there is to know about it. */
import { KIND, type Kind } from '../../../kernel/artifact/table.ts'
import type { SheetFacts } from '../../model/stages.ts'
import { SHEET_COLUMNS, SHEET_ROWS, cellName, columnLetters, parseRange, rangeName } from '../address.ts'
import { readNumber } from '../cells/number-text.ts'
import { isoText } from '../cells/serial-date.ts'
import type { SheetGrid } from '../column/sheet-grid.ts'
import type { PartWindow } from '../engine/part-window.ts'
import type { LossLedger } from '../loss/ledger.ts'
import { unescapeOffice } from '../xml/entities.ts'
import { CLOSE, END, OPEN, nameCode, type XmlScanner } from '../xml/scanner.ts'
import { readPlainCells } from './plain-cells.ts'
import { readString, readText } from './rich-text.ts'
import { noSettings, noteSetting, type SheetFilter } from './sheet-settings.ts'
import { isTrue } from './workbook.ts'

const [ROW, CELL, VALUE, FORMULA, INLINE, DATA] = ['row', 'c', 'v', 'f', 'is', 'sheetData'].map(nameCode)

export interface SheetContext {
  readonly xml: XmlScanner
  readonly grid: SheetGrid
  readonly ledger: LossLedger
  /** Index of the number style of each cell format. */
  readonly styleOf: Uint16Array
  /** Shows the engine what the scanner sees. */
  readonly window: PartWindow
  /** Filters that the sheet's declared tables have. */
  readonly filters: readonly SheetFilter[]
  /** The error for a sheet that is damaged, at a cell if one is known. */
  fault(what: string, cell?: string): Error
}

export type SheetContent = Pick<SheetFacts, 'merges' | 'hidden_rows' | 'hidden_columns' | 'filters' | 'validations' | 'formulas'>

/** Reads the cells of a sheet into the grid and tells the ledger what was lost. Throws HotpassError. */
export function readSheet(context: SheetContext): SheetContent {
  const { xml, grid, ledger } = context
  const settings = noSettings()
  const hiddenRows: number[] = []
  let formulas = 0
  let row = 0
  let column = -1
  let hidden = false
  let withinData = false
  let rowDepth = -1

  function noteHidden(before: number): void {
    if (hidden && grid.cells > before && hiddenRows[hiddenRows.length - 1] !== row) hiddenRows.push(row)
  }

  function moveTo(reference: string): void {
    const at = parseRange(reference)
    if (at === null) throw context.fault('a cell has an address outside of what a sheet can have')
    column = at.firstColumn
    if (at.firstRow !== row) {
      row = at.firstRow
      grid.startRow(row)
    }
  }

  let cellsBeforeRow = 0
  for (let token = xml.next(); token !== END; token = xml.next()) {
    if (token === CLOSE) {
      if (xml.name === ROW) noteHidden(cellsBeforeRow)
      else if (xml.name === DATA) withinData = false
      continue
    }
    if (token !== OPEN) continue
    if (xml.name === CELL && withinData) {
      const reference = xml.attribute('r', true)
      if (reference === null) column++
      else moveTo(reference)
      if (column >= SHEET_COLUMNS) throw context.fault('a cell has an address outside of what a sheet can have')
      if (readCell(context, column, row)) formulas++
    } else if (xml.name === ROW && withinData) {
      const number = xml.attribute('r', true)
      row = number === null ? row + 1 : Number(number)
      if (!(row >= 1 && row <= SHEET_ROWS) || row % 1 !== 0) throw context.fault('a row has a number outside of what a sheet can have')
      column = -1
      hidden = isTrue(xml.attribute('hidden', true))
      cellsBeforeRow = grid.cells
      grid.startRow(row)
      if (xml.empty) continue
      rowDepth = xml.depth
    } else if (xml.name === DATA) {
      withinData = !xml.empty
      continue
    } else {
      if (!withinData) noteSetting(xml, settings)
      continue
    }
    column = readPlainCells(xml, context.window, grid, column, !hidden && xml.depth === rowDepth)
    row = grid.row
  }

  const { merges, hiddenColumns, validations } = settings
  const filters = [...settings.filters, ...context.filters]
  const usedHidden: number[] = []
  const hiddenThere = covered(hiddenColumns.map(([first, last]) => [first + 1, last + 1]), SHEET_COLUMNS)
  for (const index of grid.indexes) if (hiddenThere[index + 1] === 1) usedHidden.push(index)
  hiddenRows.sort((a, b) => a - b)
  for (const range of merges) ledger.add('CELLS_MERGED', range.firstColumn, range.firstRow)
  const filteredThere = covered(filters.filter(({ active }) => active).map(({ range }) => [range.firstRow + 1, range.lastRow]), hiddenRows.length === 0 ? 0 : SHEET_ROWS)
  for (const number of hiddenRows) {
    ledger.add(filteredThere[number] === 1 ? 'ROWS_FILTERED' : 'ROWS_HIDDEN', -1, number)
  }
  for (const index of usedHidden) ledger.add('COLUMNS_HIDDEN', index, 0)
  return {
    merges: merges.map(rangeName),
    hidden_rows: hiddenRows,
    hidden_columns: usedHidden.map(columnLetters),
    filters: filters.map(({ range, active }) => ({ range: rangeName(range), active })),
    validations,
    formulas
  }
}

/** Which numbers from 1 to `last` lie in one of the spans, in one pass however many there are. */
function covered(spans: readonly (readonly [first: number, last: number])[], last: number): Uint8Array {
  const changes = new Int32Array(last + 2)
  for (const [from, to] of spans) {
    if (from > to || from > last) continue
    changes[from]!++
    changes[Math.min(to, last) + 1]!--
  }
  const within = new Uint8Array(last + 1)
  for (let at = 1, open = 0; at <= last; at++) {
    open += changes[at]!
    if (open > 0) within[at] = 1
  }
  return within
}

/** After the OPEN token of a cell: puts its value into the grid. Returns whether it holds a formula. */
function readCell(context: SheetContext, column: number, row: number): boolean {
  const { xml, ledger } = context
  const type = xml.attribute('t', true) ?? 'n'
  const style = context.styleOf[Number(xml.attribute('s', true) ?? '0')] ?? 0
  if (xml.empty) {
    if (type === 'e') putError(context, column, row, '')
    return false
  }
  const outside = xml.depth - 1
  let formula = false
  let value: string | null = null
  let inline: string | null = null
  for (;;) {
    const token = xml.next()
    if (token === CLOSE) {
      if (xml.depth === outside) break
    } else if (token === OPEN) {
      if (xml.name === VALUE) value = type === 'str' ? unescapeOffice(readText(xml)) : xml.content()
      else if (xml.name === INLINE) inline = readString(xml)
      else {
        if (xml.name === FORMULA) formula = true
        xml.skip()
      }
    }
  }
  const text = type === 'inlineStr' ? (inline ?? value) : (value ?? inline)
  if (type === 'e') {
    putError(context, column, row, (text ?? '').trim())
    if (formula) ledger.add('FORMULA_VALUE', column, row)
    return formula
  }
  if (text === null || (text === '' && type !== 'str' && type !== 'inlineStr')) {
    if (formula) ledger.add('FORMULA_NO_VALUE', column, row)
    return formula
  }
  if (formula) ledger.add('FORMULA_VALUE', column, row)
  putValue(context, column, row, type, style, text)
  return formula
}

/** Puts an error value: one that the file does not name is an error all the same. */
function putError({ grid, ledger }: SheetContext, column: number, row: number, text: string): void {
  ledger.add('CELL_ERROR', column, row)
  grid.putLiteral(column, text === '' ? '#UNKNOWN!' : text.toWellFormed(), KIND.error)
}

const KIND_OF_TYPE = new Map<string, Kind>([
  ['b', KIND.boolean],
  ['d', KIND.date]
])

function putValue(context: SheetContext, column: number, row: number, type: string, style: number, text: string): void {
  const { grid, ledger } = context
  if (type === 's') {
    const id = /^\s*[0-9]{1,10}\s*$/.test(text) ? Number(text) : Infinity
    if (id >= grid.sharedTexts) throw context.fault('the cell refers to a shared text that is not there', cellName(column, row))
    grid.putShared(column, id)
    return
  }
  if (type === 'str' || type === 'inlineStr') return grid.putText(column, text)
  const kind = KIND_OF_TYPE.get(type) ?? KIND.number
  if (kind === KIND.boolean) return grid.putLiteral(column, isTrue(text.trim().toLowerCase()) ? 'true' : 'false', kind)
  if (kind === KIND.date) {
    const iso = isoText(text)
    if (iso !== null) return grid.putLiteral(column, iso.text, iso.kind)
    ledger.add('DATE_INVALID', column, row)
    return grid.putText(column, text)
  }
  const number = readNumber(text)
  if (number === null) {
    ledger.add('NUMBER_INVALID', column, row)
    return grid.putText(column, text)
  }
  if (number.exact !== null) grid.putLiteral(column, number.exact, KIND.number)
  else grid.putNumber(column, number.value, style)
}
