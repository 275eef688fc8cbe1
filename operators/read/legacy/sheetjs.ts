/** Workbooks by SheetJS: `.xls` and `.xlsb`, and the others for a second opinion. It sees untrusted bytes, so the operator runs in a child process that can be killed. */
import XLSX from 'xlsx'
import { KIND, type Frame, type Table } from '../../../kernel/artifact/table.ts'
import { HotpassError } from '../../../kernel/error.ts'
import type { SheetFacts, WorkbookMeta } from '../../model/stages.ts'
import { SHEET_COLUMNS, SHEET_ROWS, cellName, columnLetters, parseRange, rangeName } from '../address.ts'
import { PLAIN, styleOfFormat, type NumberStyle } from '../cells/number-format.ts'
import type { DateSystem } from '../cells/serial-date.ts'
import { gridSources } from '../cells/rendered.ts'
import { SheetGrid } from '../column/sheet-grid.ts'
import type { Limits } from '../config.ts'
import { encodingOfBiff, isWholeBiff } from '../container/biff.ts'
import { withoutPropertySets } from '../container/compound.ts'
import { likenessOf } from '../container/sniff.ts'
import { returnEngine } from '../engine/idle.ts'
import { engineFor, finishGrid, overflowOf } from '../grid-table.ts'
import { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'
import { BARE } from '../sheet-facts.ts'
import { transcode } from '../text/single-byte.ts'
import { propertiesOf, uniqueNames } from '../xlsx/workbook.ts'

/** Error codes of BIFF ([MS-XLS] 2.5.10) as they are shown. */
const ERROR_TEXTS = new Map([[0, '#NULL!'], [7, '#DIV/0!'], [15, '#VALUE!'], [23, '#REF!'], [29, '#NAME?'], [36, '#NUM!'], [42, '#N/A'], [43, '#GETTING_DATA']])
const STATES = ['visible', 'hidden', 'very-hidden'] as const

type WorkbookFormat = 'xls' | 'xlsb' | 'xlsx' | 'ods'
type DenseSheet = XLSX.WorkSheet & { '!data'?: (XLSX.CellObject | undefined)[][] }

/** Numbers the number formats of a file as its cells name them. */
class Formats {
  readonly styles: NumberStyle[] = [PLAIN]
  private readonly known = new Map<string, number>()

  indexOf(format: string): number {
    let index = this.known.get(format)
    if (index === undefined) {
      const style = styleOfFormat(format)
      const same = this.styles.findIndex(other => other.what === style.what && other.pattern === style.pattern)
      index = same === -1 ? this.styles.push(style) - 1 : same
      this.known.set(format, index)
    }
    return index
  }
}

const OPTIONS: XLSX.ParsingOptions = { type: 'array', dense: true, nodim: true, WTF: true, cellNF: true, cellStyles: true, cellDates: false, cellText: false, cellHTML: false }

/** The records of the workbook: a stream of the container, or the whole of a very old file. */
function streamOf(bytes: Uint8Array): ArrayLike<number> {
  if (likenessOf(bytes) !== 'compound') return bytes
  const container = XLSX.CFB.read(bytes, { type: 'array' })
  const stream = XLSX.CFB.find(container, '/Workbook') ?? XLSX.CFB.find(container, '/Book')
  return (stream?.content as ArrayLike<number> | undefined) ?? []
}

interface Parsed {
  readonly workbook: XLSX.WorkBook
  /** A text of the parser as the file means it. */
  readonly meant: (text: string) => string
}

/** Texts from before Unicode, which the parser takes for Latin-1. */
function decoderOf(encoding: string | null): Parsed['meant'] {
  if (encoding === null) return text => text
  const decode = encoding === 'windows-1252' || encoding === 'mac-roman' ? (bytes: Uint8Array) => utf8.decode(transcode(bytes, encoding)) : (bytes: Uint8Array) => decoder.decode(bytes)
  const decoder = new TextDecoder(encoding === 'mac-roman' ? 'macintosh' : encoding)
  const known = new Map<string, string>()
  return text => {
    if (!BEYOND_ASCII.test(text) || BEYOND_BYTE.test(text)) return text
    let meant = known.get(text)
    if (meant === undefined) known.set(text, (meant = decode(Uint8Array.from(text, char => char.charCodeAt(0)))))
    return meant
  }
}

const BEYOND_ASCII = /[\u0080-\u00ff]/
const BEYOND_BYTE = /[^\u0000-\u00ff]/
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

function parse(file: string, bytes: Uint8Array, format: WorkbookFormat): Parsed {
  try {
    if (format !== 'xls') return { workbook: XLSX.read(bytes, OPTIONS), meant: decoderOf(null) }
    // The container as a whole must be sound; its property sets alone may be what they like.
    const stream = streamOf(bytes)
    if (!isWholeBiff(stream)) throw refusal(file, 'E_INPUT_TRUNCATED', 'the workbook is cut short or damaged')
    return { workbook: XLSX.read(withoutPropertySets(bytes), OPTIONS), meant: decoderOf(encodingOfBiff(stream)) }
  } catch (error) {
    if (error instanceof HotpassError) throw error
    // Only told apart, never passed on: the text of a foreign error is no part of a record.
    if (error instanceof Error && /password|encrypt/i.test(error.message)) throw refusal(file, 'E_INPUT_ENCRYPTED', 'the workbook is password-protected')
    throw refusal(file, 'E_INPUT_UNREADABLE', 'the workbook is damaged or of a kind that is not read')
  }
}

/** Reads a workbook whose container was checked before. Throws HotpassError. */
export function readWithSheetJs(file: string, bytes: Uint8Array, format: WorkbookFormat, reader: string, limits: Limits): Frame<WorkbookMeta> {
  const { workbook, meant } = parse(file, bytes, format)
  if (workbook.SheetNames.length === 0) throw refusal(file, 'E_INPUT_EMPTY', 'the workbook has no sheets')
  if (workbook.SheetNames.length > limits.sheets) throw refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.sheets} sheets (ingest.limits.sheets)`)
  const dateSystem: DateSystem = workbook.Workbook?.WBProps?.date1904 ? 1904 : 1900
  const formats = new Formats()
  const ledger = new LossLedger(file)
  const names = uniqueNames(workbook.SheetNames.map(name => meant(name).toWellFormed()))
  const tables: Table[] = []
  const sheets: SheetFacts[] = []
  const sources = gridSources(engineFor(file), formats.styles, dateSystem)
  let cells = 0
  workbook.SheetNames.forEach((original, index) => {
    const name = names[index]!
    const state = STATES[Number(workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0)] ?? 'visible'
    ledger.startSheet(name)
    if (state !== 'visible') ledger.add('SHEET_HIDDEN', -1, 0)
    const sheet = workbook.Sheets[original] as DenseSheet | undefined
    const grid = new SheetGrid(sources, limits.columns, limits.cells - cells, overflowOf(file, name, limits), (column, row) => ledger.add('CELL_REPEATED', column, row))
    const formulas = sheet === undefined ? 0 : fillGrid(sheet['!data'] ?? [], grid, formats, ledger, meant)
    const facts = sheet === undefined ? BARE : factsOf(sheet, grid, ledger)
    cells += grid.cells
    tables.push(finishGrid(grid, name, file, name, limits, true, ledger))
    sheets.push({ ...BARE, ...facts, name, state, formulas })
  })
  returnEngine(sources.engine)
  const custom = Object.entries((workbook.Custprops ?? {}) as Record<string, unknown>)
  return {
    meta: {
      file,
      format,
      reader,
      date_system: dateSystem,
      dialect: null,
      properties: propertiesOf(custom.map(([key, value]) => ({ key, text: typeof value === 'string' ? value : '' }))),
      sheets,
      loss: ledger.entries()
    },
    tables
  }
}

function fillGrid(rows: DenseSheet['!data'] & object, grid: SheetGrid, formats: Formats, ledger: LossLedger, meant: Parsed['meant']): number {
  let formulas = 0
  for (let row = 0; row < rows.length && row < SHEET_ROWS; row++) {
    const line = rows[row]
    if (line === undefined) continue
    grid.startRow(row + 1)
    for (let column = 0; column < line.length && column < SHEET_COLUMNS; column++) {
      const cell = line[column]
      if (cell === undefined || cell === null) continue
      const formula = cell.f !== undefined || cell.F !== undefined
      if (formula) formulas++
      const { v } = cell
      if (cell.t === 's' || cell.t === 'str' as string) grid.putText(column, meant(String(v ?? '')).toWellFormed())
      else if (cell.t === 'b') grid.putLiteral(column, v ? 'true' : 'false', KIND.boolean)
      else if (cell.t === 'e') {
        ledger.add('CELL_ERROR', column, row + 1)
        grid.putLiteral(column, ERROR_TEXTS.get(Number(v)) ?? '#UNKNOWN!', KIND.error)
      } else if (cell.t === 'n' && typeof v === 'number' && Number.isFinite(v)) {
        grid.putNumber(column, v, typeof cell.z === 'string' ? formats.indexOf(cell.z) : 0)
      } else {
        if (formula) ledger.add('FORMULA_NO_VALUE', column, row + 1)
        continue
      }
      if (formula) ledger.add('FORMULA_VALUE', column, row + 1)
    }
  }
  return formulas
}

function factsOf(sheet: DenseSheet, grid: SheetGrid, ledger: LossLedger): Pick<SheetFacts, 'merges' | 'hidden_rows' | 'hidden_columns' | 'filters' | 'comments'> {
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ firstColumn: s.c, firstRow: s.r + 1, lastColumn: e.c, lastRow: e.r + 1 }))
  for (const range of merges) ledger.add('CELLS_MERGED', range.firstColumn, range.firstRow)
  const rows = sheet['!data'] ?? []
  const hiddenRows: number[] = []
  ;(sheet['!rows'] ?? []).forEach((row, index) => {
    if (row?.hidden && rows[index]?.some(cell => cell?.v !== undefined)) hiddenRows.push(index + 1)
  })
  const hiddenColumns: number[] = []
  const filled = new Set(grid.indexes)
  ;(sheet['!cols'] ?? []).forEach((column, index) => {
    if (column?.hidden && filled.has(index)) hiddenColumns.push(index)
  })
  for (const row of hiddenRows) ledger.add('ROWS_HIDDEN', -1, row)
  for (const column of hiddenColumns) ledger.add('COLUMNS_HIDDEN', column, 0)
  const comments: string[] = []
  rows.forEach((line, row) => line?.forEach((cell, column) => {
    if (cell?.c === undefined || cell.c.length === 0 || row >= SHEET_ROWS || column >= SHEET_COLUMNS) return
    ledger.add('CELL_COMMENTED', column, row + 1)
    comments.push(cellName(column, row + 1))
  }))
  const filter = parseRange(sheet['!autofilter']?.ref ?? '')
  return {
    merges: merges.map(rangeName),
    hidden_rows: hiddenRows,
    hidden_columns: hiddenColumns.map(columnLetters),
    // The parser does not say whether a filter selects rows.
    filters: filter === null ? [] : [{ range: rangeName(filter), active: false }],
    comments
  }
}
