/** A sheet as the shape step sees it: which cells show something, and what they say. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { integersOf, KIND, type Column, type Kind, type Table } from '../../kernel/artifact/table.ts'
import { classify, isBlank, type ValueClass } from '../model/evidence.ts'
import { columnIndex, parseRange, type Range } from './range.ts'

export interface GridColumn {
  readonly column: Column
  readonly letter: string
  /** From 0, as in the sheet. */
  readonly index: number
  /** Per code: 1 when the cell shows something. */
  readonly visible: Uint8Array
}

export interface Grid {
  /** Columns that show something somewhere, in sheet order. */
  readonly columns: readonly GridColumn[]
  /** Row numbers as the spreadsheet shows them, ascending. */
  readonly rows: Uint32Array
  readonly merges: readonly Range[]
}

const SPACE = 0x20
const DELETE = 0x7f

/** Reads a sheet's table. Columns that show nothing are left out. */
export function gridOf(table: Table, merges: readonly string[]): Grid {
  const columns: GridColumn[] = []
  for (const column of table.columns) {
    const visible = visibleOf(column)
    if (visible.includes(1)) columns.push({ column, letter: column.name, index: columnIndex(column.name), visible })
  }
  columns.sort((a, b) => a.index - b.index)
  return { columns, rows: integersOf(table, 'row'), merges: merges.map(parseRange).filter(range => range !== null) }
}

/** Per code, 1 when its value shows something. What begins with a sign of ASCII does; any other is looked at as a text. */
function visibleOf(column: Column): Uint8Array {
  const dictionary = dictionaryOf(column)
  const { size, text, starts } = dictionary
  const visible = new Uint8Array(size + 1)
  let shown = 0
  for (let index = 0; index < size; index++) {
    const first = text[starts[index]!]!
    if (starts[index] === starts[index + 1] || first <= SPACE || first >= DELETE) continue
    visible[index + 1] = 1
    shown++
  }
  if (shown < size) {
    dictionary.each((value, index) => {
      if (!isBlank(value)) visible[index + 1] = 1
    })
  }
  return visible
}

/** Per row position, how many of these columns show something. */
export function fillOf(columns: readonly GridColumn[], rows: number): Uint16Array {
  const fill = new Uint16Array(rows)
  for (const { column, visible } of columns) {
    const codes = column.codes
    for (let at = 0; at < rows; at++) fill[at]! += visible[codes[at]!]!
  }
  return fill
}

/** Positions where columns show something, by their fill. */
export function shownPositions(fill: Uint16Array): number[] {
  const positions: number[] = []
  for (let at = 0; at < fill.length; at++) if (fill[at]! > 0) positions.push(at)
  return positions
}

/** What a cell shows, trimmed, or '' when it shows nothing. */
export function shownAt(column: GridColumn, at: number): string {
  const code = column.column.codes[at]!
  return column.visible[code] === 1 ? dictionaryOf(column.column).at(code - 1).trim() : ''
}

/** What the value of a cell looks like. */
export function classAt({ column, visible }: GridColumn, at: number): ValueClass {
  const code = column.codes[at]!
  if (visible[code] !== 1) return 'blank'
  return classify(dictionaryOf(column).at(code - 1), column.kinds === null ? KIND.text : (column.kinds[code - 1]! as Kind))
}

/** The merged range that covers a cell, or undefined. */
export function mergeAt(grid: Grid, index: number, row: number): Range | undefined {
  return grid.merges.find(range => range.left <= index && index <= range.right && range.top <= row && row <= range.bottom)
}
