/** The tables of one sheet, with every row accounted for. */
import type { Sheet } from '../../schemas/generated/profile.ts'
import type { Table } from '../../kernel/artifact/table.ts'
import { plural } from '../model/plural.ts'
import type { Decision, SheetFacts, SheetShape, TableShape } from '../model/stages.ts'
import { detectHeader, widthOf, type Block, type FoundHeader } from './detect.ts'
import { repeatedHeaders, sections, titlesAbove, trailingNotes } from './exclude.ts'
import { below, headsOfParts } from './figures.ts'
import { fillOf, gridOf, shownAt, type Grid, type GridColumn } from './grid.ts'
import { headerTexts, isUnitsRow } from './header-row.ts'
import { fillMerged } from './merged.ts'
import { columnIndex, rowRanges } from './range.ts'
import { selectPositions } from './select.ts'
import { bands, stacks } from './split.ts'
import { describeMismatches, findTotals, type Mismatch } from './totals.ts'

export interface ShapedSheet {
  readonly shape: SheetShape
  readonly tables: readonly { readonly shape: TableShape; readonly table: Table }[]
  readonly wrongTotals: readonly WrongTotal[]
}

/** What becomes of the rows of one sheet while its tables are found. */
interface Ledger {
  readonly excluded: Map<string, number[]>
  readonly decisions: Decision[]
  readonly mismatches: WrongTotal[]
}

/** A printed total that the rows do not add up to. `doubtful`: the rows below it may overlap. */
export interface WrongTotal {
  readonly sheet: string
  readonly mismatches: readonly Mismatch[]
  readonly doubtful: boolean
}

function exclude(ledger: Ledger, grid: Grid, reason: string, positions: Iterable<number>): void {
  const rows = ledger.excluded.get(reason) ?? []
  for (const at of positions) rows.push(grid.rows[at]!)
  if (rows.length > 0) ledger.excluded.set(reason, rows)
}

function decide(ledger: Ledger, grid: Grid, what: string, positions: Iterable<number>, reason: string): void {
  const rows = [...positions].map(at => grid.rows[at]!)
  if (rows.length > 0) ledger.decisions.push({ what, where: rowRanges(rows), reason })
}

/** Finds the tables of a sheet. `pins` is what the profile says of it. */
export function shapeSheet(file: string, facts: SheetFacts, table: Table, pins: Sheet | undefined, hidden: 'include' | 'exclude'): ShapedSheet {
  const grid = gridOf(table, facts.merges)
  const ledger: Ledger = { excluded: new Map(), decisions: [], mismatches: [] }
  const found: { block: Block; header: FoundHeader }[] = []
  const whole: Block = { columns: grid.columns, positions: [], fill: fillOf(grid.columns, grid.rows.length) }
  let present = 0
  if (facts.state !== 'visible' && hidden === 'exclude') {
    const positions = positionsOf(whole.fill)
    present = positions.length
    exclude(ledger, grid, 'hidden-sheet', positions)
    decide(ledger, grid, 'HIDDEN_SHEET', positions, 'the sheet is hidden, and the profile leaves hidden sheets out')
  } else if (pins !== undefined && (pins.header_rows !== undefined || pins.first_row !== undefined || pins.last_row !== undefined)) {
    const positions = positionsOf(whole.fill)
    present = positions.length
    const block = { ...whole, positions: positions.filter(at => grid.rows[at]! <= (pins.last_row ?? Infinity)) }
    const header = pinnedHeader(grid, block, pins)
    exclude(ledger, grid, 'outside', positions.filter(at => grid.rows[at]! > (pins.last_row ?? Infinity)))
    found.push({ block, header })
  } else {
    for (const band of bands(grid)) {
      present += band.positions.length
      for (const block of stacks(grid, band)) found.push({ block, header: detectHeader(grid, block) })
    }
    if (found.length > 1) ledger.decisions.push({ what: 'SEVERAL_TABLES', where: '', reason: `${found.length} tables, told apart by blank rows or columns and by headers of their own` })
  }
  const tables: { shape: TableShape; table: Table }[] = []
  for (const { block, header } of found) {
    const id = `${file}#${facts.name}#${tables.length + 1}`
    const one = finish(id, facts.name, grid, block, header, ledger)
    if (one !== null) tables.push(one)
  }
  noteBlankRows(ledger, table, whole.fill)
  const excluded = [...ledger.excluded].map(([reason, rows]) => ({ reason, rows: rows.length, where: rowRanges([...rows].sort((a, b) => a - b)) }))
  return { shape: { sheet: facts.name, state: facts.state, rows_present: present, excluded, decisions: ledger.decisions }, tables, wrongTotals: ledger.mismatches }
}

function positionsOf(fill: Uint16Array): number[] {
  const positions: number[] = []
  for (let at = 0; at < fill.length; at++) if (fill[at]! > 0) positions.push(at)
  return positions
}

function pinnedHeader(grid: Grid, block: Block, pins: Sheet): FoundHeader {
  const { positions } = block
  const from = pins.first_row
  if (pins.header_rows === undefined) {
    const above = from === undefined ? positions : positions.filter(at => grid.rows[at]! < from)
    if (from === undefined) return detectHeader(grid, block)
    const first = positions.findIndex(at => grid.rows[at]! >= from)
    const dataFrom = first < 0 ? positions.length : first
    if (above.length === 0) return { dataFrom, header: [], titles: [], reason: 'the profile says where the data starts, and nothing stands above' }
    const found = detectHeader(grid, { ...block, positions: [...above, ...positions.slice(dataFrom, dataFrom + 60)] })
    const header = found.header.filter(at => grid.rows[at]! < from)
    return { dataFrom, header, titles: above.filter(at => !header.includes(at)), reason: found.reason }
  }
  const wanted = new Set(pins.header_rows)
  const header = positions.filter(at => wanted.has(grid.rows[at]!))
  const start = from ?? pins.header_rows.reduce((most, row) => Math.max(most, row), 0) + 1
  const first = positions.findIndex(at => grid.rows[at]! >= start)
  const dataFrom = first < 0 ? positions.length : first
  return { dataFrom, header, titles: positions.slice(0, dataFrom).filter(at => !header.includes(at)), reason: 'the profile names the header rows' }
}

function finish(id: string, sheet: string, grid: Grid, block: Block, header: FoundHeader, ledger: Ledger): { shape: TableShape; table: Table } | null {
  const width = widthOf(block)
  let data = block.positions.slice(header.dataFrom)
  // Header rows that the profile names may stand anywhere.
  if (header.header.some(at => at >= (data[0] ?? Infinity))) data = data.filter(at => !header.header.includes(at))
  exclude(ledger, grid, 'title', header.titles)
  decide(ledger, grid, 'TITLE', header.titles, 'stands above the table')
  exclude(ledger, grid, 'header', header.header)
  if (header.header.length > 0) decide(ledger, grid, 'HEADER', header.header, header.reason)
  else if (data.length > 0) decide(ledger, grid, 'NO_HEADER', [data[0]!], header.reason)
  const breaks = new Set<number>()
  const drop = (reason: string, what: string, found: ReadonlySet<number>, why: string): void => {
    if (found.size === 0) return
    const dropped = data.filter(at => found.has(at))
    exclude(ledger, grid, reason, dropped)
    if (what !== '') decide(ledger, grid, what, dropped, why)
    if (reason === 'section' || reason === 'repeated-header') for (const at of dropped) breaks.add(at)
    data = data.filter(at => !found.has(at))
  }
  if (header.units !== undefined) {
    exclude(ledger, grid, 'units', header.units)
    decide(ledger, grid, 'UNITS', header.units, 'holds units or formats under the header')
  }
  if (header.sections !== undefined) {
    exclude(ledger, grid, 'section', header.sections)
    decide(ledger, grid, 'SECTION', header.sections, 'one cell between the header and the first row of figures: it heads a part of the rows')
  }
  if (header.header.length > 0) {
    const repeated = repeatedHeaders(block, header.header, data)
    drop('section', 'SECTION', titlesAbove(block, repeated, data, width), 'one cell right above the header again: the title of what follows')
    drop('repeated-header', 'REPEATED_HEADER', repeated, 'shows the header again')
    const first = data[0]
    if (first !== undefined && data.length > 1 && isUnitsRow(block.columns, first, data.slice(1))) drop('units', 'UNITS', new Set([first]), 'holds units or formats under the header')
  }
  if (header.figures !== undefined) {
    drop('note', 'NOTE', below(block, header.figures.stub, data), 'words below the last row of figures')
    drop('section', 'SECTION', headsOfParts(block, header.figures.stub, data), 'a name without figures in a table of figures: it heads the rows below')
  }
  drop('section', 'SECTION', sections(grid, block, data, width), 'one cell merged over the table: a heading between rows')
  drop('note', 'NOTE', trailingNotes(grid, block, data, width), 'a remark below the table')
  const totals = findTotals(grid, block, data, breaks, width)
  for (const { at, verdict, mismatches, doubtful } of totals) {
    decide(ledger, grid, mismatches.length === 0 ? 'TOTAL' : 'TOTAL_MISMATCH', [at], `a label for a total and figures, nothing else; ${verdict}${describeMismatches(mismatches)}`)
    if (mismatches.length > 0) ledger.mismatches.push({ sheet, mismatches, doubtful })
  }
  drop('total', '', new Set(totals.map(({ at }) => at)), '')
  // Notes may stand below the total, and a total below the notes.
  drop('note', 'NOTE', trailingNotes(grid, block, data, width), 'a remark below the table')
  const columns = tableColumns(grid, block, header.header, data, ledger)
  if (columns.length === 0) return null
  const rows = new Uint32Array(data.length)
  for (let index = 0; index < data.length; index++) rows[index] = grid.rows[data[index]!]!
  return {
    shape: { id, sheet, range: rangeOf(columns.map(({ letter }) => letter), [...header.header.map(at => grid.rows[at]!), ...rows]), header_rows: header.header.map(at => grid.rows[at]!), columns: columns.map(({ letter, header: text }) => ({ letter, header: text })) },
    table: { name: id, rows: data.length, columns: columns.map(each => each.selected), integers: [{ name: 'row', data: rows }] }
  }
}

function rangeOf(letters: readonly string[], rows: readonly number[]): string {
  const [first, last] = [rows.reduce((least, row) => (row < least ? row : least), rows[0]!), rows.reduce((most, row) => (row > most ? row : most), rows[0]!)]
  return `${letters[0]!}${first}:${letters.at(-1)!}${last}`
}

function tableColumns(grid: Grid, block: Block, header: readonly number[], data: readonly number[], ledger: Ledger) {
  const byIndex = new Map(block.columns.map(column => [column.index, column]))
  const position = new Map<number, number>()
  for (const range of grid.merges) {
    const at = header.find(each => grid.rows[each] === range.top)
    if (at !== undefined) position.set(range.top, at)
  }
  const textAt = (index: number, row: number): string => {
    const column: GridColumn | undefined = byIndex.get(index)
    const at = position.get(row)
    return column === undefined || at === undefined ? '' : shownAt(column, at)
  }
  const texts = headerTexts(grid, block.columns, header, textAt)
  const lastNamed = block.columns.reduce((last, column, index) => (texts[index] === '' ? last : column.index), -1)
  const out: { letter: string; header: string; selected: Table['columns'][number] }[] = []
  block.columns.forEach((column, index) => {
    const merged = fillMerged(grid, column, data)
    if (merged.filled > 0) ledger.decisions.push({ what: 'MERGED_DOWN', where: `${column.letter}:${column.letter}`, reason: `${plural(merged.filled, 'row has', 'rows have')} the value of the cell that ${merged.filled === 1 ? 'its own' : 'theirs'} is merged with` })
    const selected = selectPositions(merged.column, data)
    const text = texts[index]!
    if (selected.values.length === 0 && text === '') return
    out.push({ letter: column.letter, header: text, selected })
    if (header.length === 0 || text !== '') return
    const stray = column.index > lastNamed
    ledger.decisions.push({
      what: stray ? 'STRAY_COLUMN' : 'BLANK_HEADER',
      where: `${column.letter}:${column.letter}`,
      reason: stray ? 'holds values right of the last named column; kept' : 'has values but no name; kept'
    })
  })
  return out.sort((a, b) => columnIndex(a.letter) - columnIndex(b.letter))
}

function noteBlankRows(ledger: Ledger, table: Table, fill: Uint16Array): void {
  let blank = 0
  for (let at = 0; at < table.rows; at++) if (fill[at] === 0) blank++
  if (blank > 0) ledger.decisions.push({ what: 'BLANK', where: '', reason: `${plural(blank, 'row has', 'rows have')} cells that show nothing, such as formulas that give an empty text; left out` })
}
