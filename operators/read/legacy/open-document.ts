/**
 * `.ods` by a reader of our own (OpenDocument 1.3, part 3): its values are typed and its dates are written out, so
 * nothing has to be guessed from a number format, and repeated rows and cells can be bounded.
 */
import { KIND, type Frame, type Table } from '../../../kernel/artifact/table.ts'
import type { SheetFacts, WorkbookMeta } from '../../model/stages.ts'
import { SHEET_COLUMNS, SHEET_ROWS, cellName, columnLetters, rangeName } from '../address.ts'
import { paddedText } from '../cells/number-format.ts'
import { readNumber } from '../cells/number-text.ts'
import { isoText } from '../cells/serial-date.ts'
import { gridSources } from '../cells/rendered.ts'
import { SheetGrid } from '../column/sheet-grid.ts'
import type { Limits } from '../config.ts'
import { returnEngine } from '../engine/idle.ts'
import { engineFor, finishGrid, overflowOf } from '../grid-table.ts'
import { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'
import { BARE } from '../sheet-facts.ts'
import { elementsOf, openPackage, type Package } from '../xlsx/package.ts'
import { propertiesOf, uniqueNames } from '../xlsx/workbook.ts'
import { CLOSE, END, OPEN, TEXT, nameCode, type XmlScanner } from '../xml/scanner.ts'
import { OpenStyles, type PaddedStyles } from './open-styles.ts'

const [TABLE, ROW, CELL, COVERED, COLUMN, PARAGRAPH, SPACES, TAB, BREAK, ANNOTATION, STYLE, TABLE_PROPERTIES, SHAPES, SPREADSHEET, SUBTABLE, RUBY] =
  ['table', 'table-row', 'table-cell', 'covered-table-cell', 'table-column', 'p', 's', 'tab', 'line-break', 'annotation', 'style', 'table-properties', 'shapes', 'spreadsheet', 'is-sub-table', 'ruby-text'].map(nameCode)
/** Repetitions of a row or cell with a value; more is no table that anyone typed. */
const MAX_REPEAT = 100_000
const TRUTH = /^(?:of|oooc|msoxl)?:?=(?:TRUE|FALSE)\(\)$/
const ERROR_TEXT = /^(?:#[A-Z0-9/]+[!?]?|Err:[0-9]+)$/

function count(xml: XmlScanner, attribute: string): number {
  const text = xml.attribute(attribute)
  return text !== null && /^[0-9]{1,10}$/.test(text) ? Math.max(1, Number(text)) : 1
}

function openParts(file: string, bytes: Uint8Array, limits: Limits): Package {
  const parts = openPackage(file, bytes, limits)
  if (!parts.has('content.xml')) throw refusal(file, 'E_INPUT_TYPE', 'it is a zip file, but no OpenDocument workbook')
  if (parts.has('META-INF/manifest.xml') && elementsOf(parts.scanner('META-INF/manifest.xml'), 'encryption-data', 'checksum').length > 0) {
    throw refusal(file, 'E_INPUT_ENCRYPTED', 'the workbook is password-protected')
  }
  return parts
}

interface OpenSheet {
  readonly name: string
  readonly hidden: boolean
}

/** Names of the sheets and whether they are hidden, in order; the styles of the part are noted on the way. */
function sheetsOf(xml: XmlScanner, styles: OpenStyles): OpenSheet[] {
  const hiddenStyles = new Set<string>()
  const found: { name: string; style: string }[] = []
  let style = ''
  for (let token = xml.next(); token !== END; token = xml.next()) {
    if (token !== OPEN) continue
    styles.note(xml)
    if (xml.name === STYLE) style = xml.attribute('name') ?? ''
    else if (xml.name === TABLE_PROPERTIES && xml.attribute('display') === 'false') hiddenStyles.add(style)
    else if (xml.name === TABLE) {
      found.push({ name: (xml.attribute('name') ?? '').toWellFormed(), style: xml.attribute('style-name') ?? '' })
      xml.skip()
    }
  }
  return found.map(sheet => ({ name: sheet.name, hidden: hiddenStyles.has(sheet.style) }))
}

/** Reads a workbook. Throws HotpassError. */
export function readOpenDocument(file: string, bytes: Uint8Array, reader: string, limits: Limits): Frame<WorkbookMeta> {
  const parts = openParts(file, bytes, limits)
  const styles = new OpenStyles()
  if (parts.has('styles.xml')) styles.scan(parts.scanner('styles.xml'))
  const found = sheetsOf(parts.scanner('content.xml'), styles)
  const padded = styles.padded()
  if (found.length === 0) throw refusal(file, 'E_INPUT_EMPTY', 'the workbook has no sheets')
  if (found.length > limits.sheets) throw refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.sheets} sheets (ingest.limits.sheets)`)
  const names = uniqueNames(found.map(sheet => sheet.name))
  const ledger = new LossLedger(file)
  const tables: Table[] = []
  const sheets: SheetFacts[] = []
  const xml = parts.scanner('content.xml')
  const sources = gridSources(engineFor(file), [], 1900)
  let cells = 0
  for (let token = xml.next(); token !== END; token = xml.next()) {
    if (token !== OPEN || xml.name !== TABLE) continue
    const index = tables.length
    const name = names[index]!
    ledger.startSheet(name)
    if (found[index]!.hidden) ledger.add('SHEET_HIDDEN', -1, 0)
    const grid = new SheetGrid(sources, limits.columns, limits.cells - cells, overflowOf(file, name, limits), (column, row) => ledger.add('CELL_REPEATED', column, row))
    const facts = xml.empty ? BARE : new SheetReader(file, name, xml, grid, ledger, limits, padded).read()
    cells += grid.cells
    tables.push(finishGrid(grid, name, file, name, limits, true, ledger))
    sheets.push({ ...BARE, ...facts, name, state: found[index]!.hidden ? 'hidden' : 'visible' })
  }
  returnEngine(sources.engine)
  const properties = parts.has('meta.xml') ? elementsOf(parts.scanner('meta.xml'), 'user-defined', 'name') : []
  return {
    meta: { file, format: 'ods', reader, date_system: 1900, dialect: null, properties: propertiesOf(properties), sheets, loss: ledger.entries() },
    tables
  }
}

interface Value {
  readonly put: (column: number) => void
  readonly error: boolean
}

class SheetReader {
  private readonly file: string
  private readonly sheet: string
  private readonly xml: XmlScanner
  private readonly grid: SheetGrid
  private readonly ledger: LossLedger
  private readonly limits: Limits
  private readonly merges: string[] = []
  private readonly hiddenRows: number[] = []
  private readonly filteredRows: number[] = []
  private readonly comments: string[] = []
  private readonly hiddenSpans: (readonly [first: number, last: number])[] = []
  private readonly padded: PaddedStyles
  /** Columns whose cells show leading zeros unless they say otherwise. */
  private readonly paddedSpans: (readonly [first: number, last: number, style: string])[] = []
  private formulas = 0
  private row = 0
  private rowStyle = ''

  constructor(file: string, sheet: string, xml: XmlScanner, grid: SheetGrid, ledger: LossLedger, limits: Limits, padded: PaddedStyles) {
    this.file = file
    this.sheet = sheet
    this.xml = xml
    this.grid = grid
    this.ledger = ledger
    this.limits = limits
    this.padded = padded
  }

  read(): Pick<SheetFacts, 'merges' | 'hidden_rows' | 'hidden_columns' | 'comments' | 'formulas'> {
    const { xml, grid, ledger } = this
    const outside = xml.depth - 1
    let columns = 0
    for (;;) {
      const token = xml.next()
      if (token === CLOSE) {
        if (xml.depth === outside) break
      } else if (token === OPEN) {
        if (xml.name === ROW) this.readRow()
        else if (xml.name === COLUMN) {
          const last = Math.min(SHEET_COLUMNS, columns + count(xml, 'number-columns-repeated'))
          const visibility = xml.attribute('visibility')
          if (visibility === 'collapse' || visibility === 'filter') this.hiddenSpans.push([columns, last - 1])
          const style = xml.attribute('default-cell-style-name') ?? ''
          if (this.padded.has(style)) this.paddedSpans.push([columns, last - 1, style])
          columns = last
        } else if (xml.name === SHAPES || xml.name === TABLE || xml.name === SUBTABLE || xml.name === SPREADSHEET) xml.skip()
      }
    }
    const hidden: number[] = []
    for (const index of grid.indexes) {
      if (this.hiddenSpans.some(([first, last]) => index >= first && index <= last)) hidden.push(index)
    }
    const filtered = new Set(this.filteredRows)
    for (const row of this.hiddenRows) ledger.add(filtered.has(row) ? 'ROWS_FILTERED' : 'ROWS_HIDDEN', -1, row)
    for (const index of hidden) ledger.add('COLUMNS_HIDDEN', index, 0)
    return { merges: this.merges, hidden_rows: this.hiddenRows, hidden_columns: hidden.map(columnLetters), comments: this.comments, formulas: this.formulas }
  }

  private readRow(): void {
    const { xml, grid } = this
    const repeat = count(xml, 'number-rows-repeated')
    const visibility = xml.attribute('visibility')
    const hidden = visibility === 'collapse' || visibility === 'filter'
    this.rowStyle = xml.attribute('default-cell-style-name') ?? ''
    const values: (readonly [column: number, value: Value])[] = []
    const first = this.row + 1
    this.row += repeat
    let column = 0
    if (!xml.empty) {
      const outside = xml.depth - 1
      for (;;) {
        const token = xml.next()
        if (token === CLOSE && xml.depth === outside) break
        if (token !== OPEN) continue
        if (xml.name !== CELL && xml.name !== COVERED) {
          xml.skip()
          continue
        }
        const times = count(xml, 'number-columns-repeated')
        const value = this.readCell(column, first)
        if (value !== null) {
          if (column + times > this.limits.columns || times > MAX_REPEAT) throw refusal(this.file, 'E_INPUT_LIMIT', `it has more than ${this.limits.columns} columns (ingest.limits.columns)`, { sheet: this.sheet })
          for (let step = 0; step < times; step++) values.push([column + step, value])
        }
        column += times
      }
    }
    if (values.length === 0) return
    if (repeat > MAX_REPEAT || this.row > SHEET_ROWS) throw refusal(this.file, 'E_INPUT_LIMIT', `a row is repeated ${repeat} times, more than a sheet of data has`, { sheet: this.sheet, cell: cellName(values[0]![0], first) })
    if (values.length * repeat > this.limits.cells - grid.cells) throw overflowOf(this.file, this.sheet, this.limits)('cells')
    for (let row = first; row <= this.row; row++) {
      grid.startRow(row)
      for (const [at, value] of values) {
        if (row === first) value.put(at)
        else grid.putAgain(at)
        if (value.error) this.ledger.add('CELL_ERROR', at, row)
      }
      if (hidden) this.hiddenRows.push(row)
      if (visibility === 'filter') this.filteredRows.push(row)
    }
  }

  /** After the OPEN token of a cell: its value, or null when it is empty. */
  private readCell(column: number, row: number): Value | null {
    const { xml, grid, ledger } = this
    const covered = xml.name === COVERED
    const type = xml.attribute('value-type')
    const attribute = (name: string): string => xml.attribute(name) ?? ''
    const stored = type === 'date' ? attribute('date-value') : type === 'time' ? attribute('time-value') : type === 'boolean' ? attribute('boolean-value') : type === 'string' ? xml.attribute('string-value') : attribute('value')
    const formulaText = xml.attribute('formula')
    const formula = formulaText !== null
    const pattern = type === 'float' && this.padded.size > 0 ? this.patternAt(column) : undefined
    const columnSpan = count(xml, 'number-columns-spanned')
    const rowSpan = count(xml, 'number-rows-spanned')
    if (!covered && (columnSpan > 1 || rowSpan > 1)) {
      this.merges.push(rangeName({ firstColumn: column, firstRow: row, lastColumn: Math.min(SHEET_COLUMNS, column + columnSpan) - 1, lastRow: Math.min(SHEET_ROWS, row + rowSpan - 1) }))
      ledger.add('CELLS_MERGED', column, row)
    }
    const text = this.readParagraphs(column, row)
    if (formula) this.formulas++
    if (formula && (type !== null || text !== '')) ledger.add('FORMULA_VALUE', column, row)
    if (formula && ERROR_TEXT.test(text)) return { put: at => grid.putLiteral(at, text, KIND.error), error: true }
    const plain = (put: (column: number) => void): Value => ({ put, error: false })
    if (type === 'float' || type === 'percentage' || type === 'currency') {
      const number = readNumber(stored ?? '')
      if (number === null) {
        ledger.add('NUMBER_INVALID', column, row)
        return plain(at => grid.putText(at, text))
      }
      // Some programs write a truth value so.
      if (TRUTH.test(formulaText ?? '') && (number.value === 0 || number.value === 1)) return plain(at => grid.putLiteral(at, number.value === 1 ? 'true' : 'false', KIND.boolean))
      const shown = pattern === undefined ? null : paddedText(number.value, pattern)
      if (shown !== null) return plain(at => grid.putText(at, shown))
      return plain(number.exact === null ? at => grid.putNumber(at, number.value, 0) : at => grid.putLiteral(at, number.exact!, KIND.number))
    }
    if (type === 'boolean') return plain(at => grid.putLiteral(at, stored === 'true' ? 'true' : 'false', KIND.boolean))
    if (type === 'date' || type === 'time') {
      const iso = type === 'date' ? isoText(stored ?? '') : durationText(stored ?? '')
      if (iso !== null) return plain(at => grid.putLiteral(at, iso.text, iso.kind))
      ledger.add('DATE_INVALID', column, row)
      return plain(at => grid.putText(at, text))
    }
    if (type === null && text === '') {
      if (formula) ledger.add('FORMULA_NO_VALUE', column, row)
      return null
    }
    const value = type === 'string' && stored !== null ? stored : text
    return plain(at => grid.putText(at, value))
  }

  /** The pattern by which a number of the cell at hand shows leading zeros. */
  private patternAt(column: number): string | undefined {
    const own = this.xml.attribute('style-name') ?? (this.rowStyle === '' ? null : this.rowStyle)
    return this.padded.get(own ?? this.paddedSpans.find(([first, last]) => column >= first && column <= last)?.[2] ?? '')
  }

  /** Text of a cell: its paragraphs, one per line, without annotations. Runs of spaces are written as a count. */
  private readParagraphs(column: number, row: number): string {
    const { xml } = this
    if (xml.empty) return ''
    const outside = xml.depth - 1
    let text = ''
    let paragraphs = 0
    let within = 0
    for (;;) {
      const token = xml.next()
      if (token === TEXT) {
        // White space of the source collapses; what is meant is written as elements.
        if (within > 0) text += xml.text().replace(/[ \t\r\n]+/g, ' ')
      } else if (token === CLOSE) {
        if (xml.depth === outside) return text
        if (within > 0 && xml.depth < within) within = 0
      } else if (token === OPEN) {
        if (xml.name === PARAGRAPH && within === 0) {
          if (paragraphs++ > 0) text += '\n'
          if (!xml.empty) within = xml.depth
        } else if (xml.name === ANNOTATION) {
          this.ledger.add('CELL_COMMENTED', column, row)
          this.comments.push(cellName(column, row))
          xml.skip()
        } else if (xml.name === RUBY || (within === 0 && xml.name === TABLE)) xml.skip()
        else if (xml.name === TAB) text += '\t'
        else if (xml.name === BREAK) text += '\n'
        else if (xml.name === SPACES) {
          const spaces = count(xml, 'c')
          if (text.length + spaces > this.limits.cell_characters) throw refusal(this.file, 'E_INPUT_LIMIT', `a text is longer than ${this.limits.cell_characters} characters (ingest.limits.cell_characters)`, { sheet: this.sheet })
          text += ' '.repeat(spaces)
        }
      }
    }
  }
}

const DURATION = /^PT(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})(?:[.,]([0-9]+))?S)?$/

/** An ISO 8601 duration such as `PT36H30M00S` as hours, minutes and seconds. */
export function durationText(stored: string): { text: string; kind: typeof KIND.time } | null {
  const match = DURATION.exec(stored)
  if (match === null) return null
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const thousandths = fraction.slice(0, 3).padEnd(3, '0')
  const rest = thousandths === '000' ? '' : `.${thousandths}`
  return { text: `${two(Math.floor(total / 3600))}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}${rest}`, kind: KIND.time }
}
