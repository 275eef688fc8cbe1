/** What the profile says of a sheet, turned into blocks and headers. */
import type { Sheet } from '../../schemas/generated/profile.ts'
import { integersOf, type Table } from '../../kernel/artifact/table.ts'
import { detectHeader, type Block, type FoundHeader } from './detect.ts'
import { fillOf, type Grid } from './grid.ts'
import { parseRange } from './range.ts'

export interface Found {
  readonly block: Block
  readonly header: FoundHeader
  /** What the profile says; undefined when it leaves it to evidence. */
  readonly transposed?: boolean | undefined
}

/** The table without the rows at some positions. */
export function withoutRows(table: Table, gone: ReadonlySet<number>): Table {
  if (gone.size === 0) return table
  const kept: number[] = []
  for (let at = 0; at < table.rows; at++) if (!gone.has(at)) kept.push(at)
  const take = (codes: Uint32Array): Uint32Array => Uint32Array.from(kept, at => codes[at]!)
  return { ...table, rows: kept.length, columns: table.columns.map(column => ({ ...column, codes: take(column.codes) })), integers: table.integers.map(each => ({ ...each, data: take(each.data) })) }
}

/** The tables that the profile names by range. `outside`: positions that show nothing in any of them. */
export function pinnedTables(grid: Grid, tables: NonNullable<Sheet['tables']>, shown: readonly number[]): { readonly found: Found[]; readonly outside: readonly number[] } {
  const covered = new Set<number>()
  const found = tables.map(({ range, header_rows, transposed }): Found => {
    const corners = parseRange(range)!
    const [left, right] = [Math.min(corners.left, corners.right), Math.max(corners.left, corners.right)]
    const [top, bottom] = [Math.min(corners.top, corners.bottom), Math.max(corners.top, corners.bottom)]
    const columns = grid.columns.filter(({ index }) => index >= left && index <= right)
    const fill = fillOf(columns, grid.rows.length)
    const positions = shown.filter(at => grid.rows[at]! >= top && grid.rows[at]! <= bottom && fill[at]! > 0)
    for (const at of positions) covered.add(at)
    const block: Block = { columns, positions, fill }
    return { block, header: header_rows === undefined ? detectHeader(grid, block) : pinnedHeader(grid, block, { match: '', header_rows, first_row: undefined }), transposed }
  })
  return { found, outside: shown.filter(at => !covered.has(at)) }
}

/** The header where the profile names its rows, or the first row of data. */
export function pinnedHeader(grid: Grid, block: Block, pins: Pick<Sheet, 'header_rows'> & { readonly match: string; readonly first_row?: number | undefined }): FoundHeader {
  const { positions } = block
  const from = pins.first_row
  if (pins.header_rows === undefined) {
    if (from === undefined) return detectHeader(grid, block)
    const above = positions.filter(at => grid.rows[at]! < from)
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

/** Rows that the profile names, as positions among row numbers; null when it leaves them to evidence. */
export function positionsNamed(numbers: Uint32Array, rows: readonly number[] | undefined): ReadonlySet<number> | null {
  if (rows === undefined) return null
  const wanted = new Set(rows)
  const positions = new Set<number>()
  for (let at = 0; at < numbers.length; at++) if (wanted.has(numbers[at]!)) positions.add(at)
  return positions
}

/** Positions of the lines of delimited text that are remarks: one cell that begins with the sign for them. */
export function remarksIn(table: Table, comment: string, keep: readonly number[] | undefined): ReadonlySet<number> {
  const found = new Set<number>()
  const first = comment === '' ? undefined : table.columns[0]
  if (first === undefined || first.name !== 'A') return found
  const marks = first.values.map(value => value.startsWith(comment))
  const kept = new Set(keep)
  const rows = integersOf(table, 'row')
  for (let at = 0; at < table.rows; at++) {
    if (marks[first.codes[at]! - 1] === true && !kept.has(rows[at]!) && table.columns.every(({ codes }, index) => index === 0 || codes[at] === 0)) found.add(at)
  }
  return found
}
