/**
 * Tables of figures, such as statistics: a column of names, and columns of figures under a header of one or many rows.
 * What a row is follows from what its cells are, as in M. D. Adelfio, H. Samet, "Schema extraction for tabular data on
 * the web", 2013; here by rules, so that each decision has a reason.
 */
import { labelLikeness } from '../model/header.ts'
import { SIGN, signAt, type Sign } from './cell-sign.ts'
import type { Block, FoundHeader } from './detect.ts'
import { shownAt, type Grid, type GridColumn } from './grid.ts'
import { isUnit } from './header-row.ts'

const SAMPLE = 150
/** Non-blank rows above the first row of figures, at most. */
const DEEPEST = 60
/** Rows of figures, of all rows of several cells, from which a block is a table of figures. */
const MOSTLY = 0.6
const FEWEST = 2
/** Rows of several cells above the first row of figures: no more than rows of figures, or than this. */
const SHORT = 3
/** Rows below that are looked at to tell whether periods are the head of figures or figures themselves. */
const BELOW = 12
const LONG_TITLE = 60
/** What stands in the column of names beside units or periods. */
const HEADS_NAMES = /^(?:units?|measures?|years?|quarters?|months?|periods?|unit indicator)\b/i

/** A table of figures as it is judged: `stub` is the column of the rows' names, as an index into the block's columns. */
interface Figures {
  readonly grid: Grid
  readonly block: Block
  readonly stub: number
}

interface RowSigns {
  readonly words: number
  readonly figures: number
  readonly periods: number
  readonly dates: number
  readonly units: number
  readonly fillers: number
  /** Cells other than fillers in the stub or left of it. */
  readonly names: number
  /** Cells that show something right of the stub. */
  readonly beside: number
}

function signsOf(block: Block, stub: number, at: number): RowSigns {
  let [words, figures, periods, dates, units, fillers, names, beside] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let index = 0; index < block.columns.length; index++) {
    const sign = signAt(block.columns[index]!, at)
    if (sign === SIGN.none) continue
    if (index <= stub) {
      if (sign !== SIGN.filler) names++
      continue
    }
    beside++
    if (sign === SIGN.words) words++
    else if (sign === SIGN.figure || sign === SIGN.withheld) figures++
    else if (sign === SIGN.period) periods++
    else if (sign === SIGN.date) dates++
    else if (sign === SIGN.unit) units++
    else fillers++
  }
  return { words, figures, periods, dates, units, fillers, names, beside }
}

/** The signs below a cell, within the next rows that have several cells. */
function signsBelow(block: Block, column: GridColumn, from: number): Sign[] {
  const found: Sign[] = []
  for (let index = from; index < block.positions.length && found.length < BELOW; index++) {
    const sign = signAt(column, block.positions[index]!)
    if (sign !== SIGN.none && sign !== SIGN.filler) found.push(sign)
  }
  return found
}

/** Whether a row's periods, or its numbers in brackets, are what the figures below are headed by: the cells below are of another kind. */
function headsFigures(block: Block, stub: number, index: number, kind: Sign): boolean {
  let heads = 0
  let same = 0
  block.columns.forEach((column, place) => {
    if (place <= stub || signAt(column, block.positions[index]!) !== kind) return
    const below = signsBelow(block, column, index + 1)
    const alike = below.filter(sign => sign === kind).length
    if (below.length > 0 && alike * 2 > below.length) same++
    else heads++
  })
  return heads > 0 && heads > same
}

/** Whether the cells of a row count the columns: 1, 2, 3, … A row with a name is none. */
function isNumbering(block: Block, at: number): boolean {
  let next = 0
  let count = 0
  for (let index = 0; index < block.columns.length; index++) {
    const text = shownAt(block.columns[index]!, at).replace(/^\(|\)$/g, '')
    if (text === '') continue
    if (!/^\d{1,3}$/.test(text)) return false
    if (count > 0 && Number(text) !== next) return false
    if (count === 0 && Number(text) > 2) return false
    next = Number(text) + 1
    count++
  }
  return count >= 4
}

/** Whether the row at an index of the block's positions holds figures of the table. */
function isFigureRow(block: Block, stub: number, index: number): boolean {
  const at = block.positions[index]!
  const { words, figures, periods, dates, units, beside } = signsOf(block, stub, at)
  const values = figures + periods + dates + units
  if (values === 0 || values < words) return false
  if (periods > 0 && periods >= figures && headsFigures(block, stub, index, SIGN.period)) return false
  // One date beside a name is a value; several are what figures are headed by.
  if (dates > 1 && dates >= figures && headsFigures(block, stub, index, SIGN.date)) return false
  if (units > 0 && units >= figures && headsFigures(block, stub, index, SIGN.unit)) return false
  return beside < 4 || !isNumbering(block, at)
}

/** The column of the rows' names: the first that most rows of figures fill. */
function stubOf(block: Block, rows: readonly number[]): number {
  for (let index = 0; index < block.columns.length - 1; index++) {
    let filled = 0
    for (const at of rows) if (signAt(block.columns[index]!, at) !== SIGN.none) filled++
    if (filled * 2 >= rows.length) return index
  }
  return 0
}

/** The block as a table of figures; null when it is none. */
function figuresOf(grid: Grid, block: Block): Figures | null {
  if (block.columns.length < 2) return null
  const sample = block.positions.slice(0, SAMPLE)
  const several = sample.filter(at => block.fill[at]! >= 2)
  const first = several.filter(at => block.columns.some((column, index) => index > 0 && signAt(column, at) === SIGN.figure))
  if (first.length < FEWEST) return null
  const stub = stubOf(block, first)
  let above = 0
  let rows = 0
  let others = 0
  let cells = 0
  let figures = 0
  for (let index = 0; index < sample.length; index++) {
    if (block.fill[sample[index]!]! < 2) continue
    if (!isFigureRow(block, stub, index)) {
      if (rows === 0) above++
      else others++
      continue
    }
    rows++
    const signs = signsOf(block, stub, sample[index]!)
    cells += signs.beside - signs.fillers
    figures += signs.beside - signs.fillers - signs.words
  }
  if (rows < FEWEST || above > Math.max(rows, SHORT) || rows < (rows + others) * MOSTLY || figures * 2 < cells) return null
  return { grid, block, stub }
}

/** Whether positions of a block hold figures already; null when the block is no table of figures, and that says nothing. */
export function figuresWithin(grid: Grid, block: Block): ((positions: readonly number[]) => boolean) | null {
  const table = figuresOf(grid, block)
  if (table === null) return null
  return positions => positions.slice(0, SAMPLE).some(at => isFigureRow(block, table.stub, placeOf(block.positions, at)))
}

/** The index of a value in ascending ones that hold it. */
export function placeOf(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether one cell, in the stub or left of it, is all that a row shows. */
function isLineOfWords({ block, stub }: Figures, at: number): boolean {
  const { names, beside } = signsOf(block, stub, at)
  return beside === 0 && names === 1
}

/** Columns with figures in the first rows of figures that no row of the header names. */
function unnamed({ block, stub }: Figures, header: readonly number[], first: number): number {
  let missing = 0
  block.columns.forEach((column, index) => {
    if (index <= stub || signAt(column, block.positions[first]!) === SIGN.none) return
    if (!header.some(at => ![SIGN.none, SIGN.filler].includes(signAt(column, at) as 0 | 6))) missing++
  })
  return missing
}

/** The header of a block that is a table of figures; null when it is none, or has no header that can be told. */
export function figureHeader(grid: Grid, block: Block): FoundHeader | null {
  const table = figuresOf(grid, block)
  if (table === null) return null
  const { stub } = table
  const { positions } = block
  let first = 0
  while (first < positions.length && first < DEEPEST && !isFigureRow(block, stub, first)) first++
  if (first === 0 || first === positions.length || first === DEEPEST) return null
  let top = 0
  while (top < first && isTitle(table, top, first)) top++
  const header: number[] = []
  let named = false
  for (let index = top; index < first; index++) {
    const at = positions[index]!
    if (isLineOfWords(table, at)) {
      // One cell under the head of the names heads a part of the rows, unless more of a header that is not whole follows.
      if (named && (!restOfHeader(table, index + 1, first) || isRecordBelow(table, header, index, first))) break
      named = true
    } else {
      if (header.length > 0 && (isDataOfWords(table, header, index, first) || isRecordBelow(table, header, index, first))) {
        first = index
        break
      }
      if (signsOf(block, stub, at).names > 0) named = true
    }
    header.push(at)
  }
  if (header.length === 0) return null
  // A name without figures right below the header heads a part of the rows, or is a record: that is told with the others.
  const dataFrom = top + header.length
  const units: number[] = []
  while (header.length > 1 && isUnits(table, header.at(-1)!)) units.unshift(header.pop()!)
  const reason = header.length === 1 ? 'stands above figures' : `${header.length} rows stand above the first row of figures`
  return { dataFrom, header, titles: positions.slice(0, top), units, reason, figures: { stub } }
}

/** Whether a row of the header says in what the figures are measured, and names nothing. */
function isUnits({ block, stub }: Figures, at: number): boolean {
  let units = 0
  for (let index = 0; index < block.columns.length; index++) {
    const text = shownAt(block.columns[index]!, at)
    if (text === '') continue
    if (index <= stub && /^units?\b/i.test(text)) continue
    if (index <= stub || !(signAt(block.columns[index]!, at) === SIGN.unit || isUnit(text))) return false
    units++
  }
  return units > 0
}

function restOfHeader(table: Figures, from: number, first: number): boolean {
  for (let index = from; index < first; index++) if (!isLineOfWords(table, table.block.positions[index]!)) return true
  return false
}

/** Whether a row above the first row of figures is a title: one line of words, or a few cells above a gap, in front of what names the columns. */
function isTitle(table: Figures, index: number, first: number): boolean {
  const { block, grid, stub } = table
  const at = block.positions[index]!
  const signs = signsOf(block, stub, at)
  if (!restOfHeader(table, index + 1, first)) return false
  if (isLineOfWords(table, at)) {
    const next = block.positions[index + 1]!
    // The head of the names may stand in a row of its own, right above or between the others.
    return !(grid.rows[next] === grid.rows[at]! + 1 && shownAt(block.columns[stub]!, at).length <= 30 && headless(table, index + 1, first) && index > 0 && grid.rows[at]! > grid.rows[block.positions[index - 1]!]! + 1)
  }
  // `Region | (All)` above a gap and a header with a head for the names: what the sheet was filtered by, or another line of a preamble.
  if (signs.beside === 1 && signs.names === 1 && signs.periods === 0 && grid.rows[block.positions[index + 1]!]! > grid.rows[at]! + 1) return hasHead(table, index + 1, first)
  if (signs.beside === 1 && signs.names === 0 && signs.words === 1) {
    const column = block.columns.find((each, place) => place > stub && signAt(each, at) !== SIGN.none)!
    const merge = grid.merges.find(range => range.top === grid.rows[at] && range.left === column.index && range.right > range.left)
    if (merge !== undefined && merge.left <= block.columns[Math.min(stub, block.columns.length - 1)]!.index) return true
    return shownAt(column, at).length > LONG_TITLE
  }
  return false
}

/** Whether a row of the header from here on, other than one of units, has a head for the names and names for figures. */
function hasHead(table: Figures, from: number, first: number): boolean {
  for (let index = from; index < first; index++) {
    const at = table.block.positions[index]!
    const { names, beside } = signsOf(table.block, table.stub, at)
    if (names > 0 && beside > 0 && !isUnits(table, at)) return true
  }
  return false
}

/** Whether no row of the header from here on has a head for the names. */
function headless({ block, stub }: Figures, from: number, first: number): boolean {
  for (let index = from; index < first; index++) {
    const at = block.positions[index]!
    if (signsOf(block, stub, at).beside > 0 && signsOf(block, stub, at).names > 0) return false
  }
  return true
}

/** Whether a row below a header that names every column is a row of the table without a figure, rather than more of the header. */
function isDataOfWords(table: Figures, header: readonly number[], index: number, first: number): boolean {
  const { block, stub } = table
  const signs = signsOf(block, stub, block.positions[index]!)
  if (signs.names === 0 || signs.words === 0 || signs.periods + signs.dates > 0 || signs.units > 0) return false
  if (unnamed(table, header, first) > 0) return false
  return signAt(block.columns[stub]!, header.find(at => signAt(block.columns[stub]!, at) !== SIGN.none) ?? header[0]!) !== SIGN.none
}

/**
 * Whether a row below one row of names, of which no two are alike and none is missing, and perhaps words over groups of
 * columns above it, is a record with an odd value, such as
 * `Kite | (sold)` or `Kite | 2001`: it has a name of its own, and one that labels no column.
 */
function isRecordBelow({ block, stub }: Figures, header: readonly number[], index: number, first: number): boolean {
  const head = header.at(-1)!
  if (header.length > 2 || (header.length === 2 && (shownAt(block.columns[stub]!, header[0]!) !== '' || block.fill[header[0]!]! >= block.fill[head]!))) return false
  const at = block.positions[index]!
  const name = shownAt(block.columns[stub]!, at)
  if (name === '' || signAt(block.columns[stub]!, at) === SIGN.filler || HEADS_NAMES.test(name) || labelLikeness(name) > 0) return false
  const names = new Set<string>()
  for (const column of block.columns) {
    const text = shownAt(column, head)
    // The rows may be counted in a column without a name.
    if (text === '' && block.columns[stub] === column) continue
    if (text === '' && signAt(column, at) === SIGN.none && signAt(column, block.positions[first]!) === SIGN.none) continue
    const sign = signAt(column, head)
    if ((sign !== SIGN.words && sign !== SIGN.period) || names.has(text)) return false
    names.add(text)
  }
  return true
}
