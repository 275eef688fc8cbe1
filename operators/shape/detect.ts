/** Finds the header of one block of rows. */
import { figureHeader } from './figures.ts'
import { headerScore, HEADER_LIKELY } from './header-row.ts'
import { classAt, mergeAt, shownAt, type Grid, type GridColumn } from './grid.ts'
import { isWholeTable } from './own-table.ts'
import { preambleLines } from './preamble.ts'

/** Rows of one band of columns that may hold one table. Positions are indices into the grid's rows, ascending, none blank. */
export interface Block {
  readonly columns: readonly GridColumn[]
  readonly positions: readonly number[]
  /** Cells shown per position of the grid, in this band. */
  readonly fill: Uint16Array
}

export interface FoundHeader {
  /** Index into the block's positions of the first data row. */
  readonly dataFrom: number
  /** Positions of the header rows; empty when there is no header. */
  readonly header: readonly number[]
  /** Positions of title rows above. */
  readonly titles: readonly number[]
  /** Positions of rows under the header that hold its units. */
  readonly units?: readonly number[]
  readonly reason: string
  /** For a table of figures: the index, among the block's columns, of the one that names the rows. */
  readonly figures?: { readonly stub: number }
}

const HEADER_SEARCH = 15
const WIDTH_SAMPLE = 500

/** How many cells a full row of the block shows: the 90th percentile of its first 500 rows. */
export function widthOf(block: Block): number {
  const sample = block.positions.slice(0, WIDTH_SAMPLE).map(at => block.fill[at]!)
  sample.sort((a, b) => a - b)
  return sample.length === 0 ? 0 : sample[Math.min(sample.length - 1, Math.floor(sample.length * 0.9))]!
}

/** Whether a merged range on this row covers several, but not all, columns of the block. */
function hasPartialMerge(grid: Grid, block: Block, row: number): boolean {
  const first = block.columns[0]!.index
  const last = block.columns.at(-1)!.index
  return grid.merges.some(range => range.top === row && range.right > range.left && range.left >= first && range.right <= last && !(range.left === first && range.right === last))
}

/** Whether a row shows one cell alone that is merged over several columns, or shows one cell where full rows show at least three. */
export function isBanner(grid: Grid, block: Block, at: number, width: number): boolean {
  if (block.fill[at] !== 1) return false
  const column = block.columns.find(each => shownAt(each, at) !== '')!
  const merge = mergeAt(grid, column.index, grid.rows[at]!)
  return merge !== undefined && merge.right - merge.left + 1 >= Math.max(2, Math.floor(width / 2))
}

/** Finds the header rows of a block and the titles above them. */
export function detectHeader(grid: Grid, block: Block): FoundHeader {
  const lines = preambleLines(grid, block.columns, block.fill, block.positions)
  const found = headerBelow(grid, lines === 0 ? block : { ...block, positions: block.positions.slice(lines) })
  if (lines === 0) return found
  if (found.header.length === 0) return headerBelow(grid, block)
  return { ...found, dataFrom: found.dataFrom + lines, titles: [...block.positions.slice(0, lines), ...found.titles] }
}

function headerBelow(grid: Grid, block: Block): FoundHeader {
  const found = figureHeader(grid, block)
  const list = listHeader(grid, block)
  if (found === null || holdsTable(grid, block, found.header)) return list
  // Where both agree, the words of the header say more than that figures stand below.
  return found.header.length === 1 && list.header.length === 1 && list.header[0] === found.header[0] ? { ...found, reason: list.reason } : found
}

/** Whether rows above a gap in a header are a table: its records are part of no header. */
function holdsTable(grid: Grid, block: Block, header: readonly number[]): boolean {
  for (let index = header.length - 1; index > 1; index--) {
    if (grid.rows[header[index]!]! > grid.rows[header[index - 1]!]! + 1 && isWholeTable(block, header.slice(0, index))) return true
  }
  return false
}

function listHeader(grid: Grid, block: Block): FoundHeader {
  const { positions, fill, columns } = block
  const width = widthOf(block)
  let best = -1
  let bestRank = 0
  let bestReason = ''
  let firstReason = ''
  let widest = 0
  let moreThanBanner = false
  for (let index = 0; index < Math.min(HEADER_SEARCH, positions.length); index++) {
    const at = positions[index]!
    const cells = fill[at]!
    const eligible = !moreThanBanner || widest <= cells * 0.6
    if (eligible && (cells >= 2 || width <= 1)) {
      const { score, reason } = headerScore(columns, at, positions.slice(index + 1, index + 61))
      if (firstReason === '') firstReason = reason
      const rank = score + Math.min(1, cells / Math.max(1, width))
      const enough = width <= 1 ? score > 1.5 : score >= HEADER_LIKELY
      if (enough && rank > bestRank) {
        best = index
        bestRank = rank
        bestReason = reason
      }
    }
    if (cells > 1 || width <= 1) moreThanBanner = true
    if (cells > widest) widest = cells
  }
  if (best < 0) {
    let titles = 0
    const most = width < 3 ? 0 : positions.length - 1
    while (titles < most) {
      const at = positions[titles]!
      const apart = grid.rows[positions[titles + 1]!]! > grid.rows[at]! + 1
      if (!isBanner(grid, block, at, width) && !(fill[at] === 1 && apart)) break
      titles++
    }
    return { dataFrom: titles, header: [], titles: positions.slice(0, titles), reason: `the first row is data: ${firstReason === '' ? 'it reads like the rows below' : firstReason}` }
  }
  // Records are no titles: a whole table above is what the rows below go on with.
  const above = positions.slice(0, best)
  if (best > 1 && above.some((at, index) => index > 0 && fill[at]! > 1) && isWholeTable(block, above)) return listHeader(grid, { ...block, positions: above })
  let top = best
  let bottom = best
  while (top > 0 && isUpperHeader(grid, block, positions, top)) top--
  while (bottom + 1 < positions.length && isLowerHeader(grid, block, positions, bottom)) bottom++
  return { dataFrom: bottom + 1, header: positions.slice(top, bottom + 1), titles: positions.slice(0, top), reason: bestReason }
}

/** Whether the one cell of a row is merged over all that the header below names: a banner, although other tables of the sheet are wider. */
function coversHeader(grid: Grid, block: Block, at: number, header: number): boolean {
  if (block.fill[at] !== 1) return false
  const merge = mergeAt(grid, block.columns.find(column => shownAt(column, at) !== '')!.index, grid.rows[at]!)
  return merge !== undefined && block.columns.every(column => shownAt(column, header) === '' || (column.index >= merge.left && column.index <= merge.right))
}

/** Whether the row above a header belongs to it: merged over some of its columns, or a few words right above that part them into groups. */
export function isUpperHeader(grid: Grid, block: Block, positions: readonly number[], top: number): boolean {
  const at = positions[top - 1]!
  const row = grid.rows[at]!
  if (grid.rows[positions[top]!] !== row + 1) return false
  if (hasPartialMerge(grid, block, row)) return !coversHeader(grid, block, at, positions[top]!)
  const cells = block.columns.filter(column => shownAt(column, at) !== '')
  if (cells.length < 2 || cells.length >= block.fill[positions[top]!]!) return false
  // `Report | Members` above the first two columns is a line of a preamble; groups lie over columns that have names of their own.
  const spans = cells.some((column, index) => (cells[index + 1]?.index ?? block.columns.at(-1)!.index + 1) > column.index + 1)
  const apart = cells.at(-1)!.index - cells[0]!.index + 1 > cells.length
  return spans && apart && cells.every(column => classAt(column, at) === 'text' && shownAt(column, at).length <= 40 && shownAt(column, positions[top]!) !== '')
}

function isLowerHeader(grid: Grid, block: Block, positions: readonly number[], bottom: number): boolean {
  const at = positions[bottom]!
  const next = positions[bottom + 1]!
  const row = grid.rows[at]!
  if (grid.rows[next] !== row + 1) return false
  // The same header twice, one right below the other.
  if (block.fill[at]! >= 3 && block.columns.every(column => shownAt(column, at) === shownAt(column, next))) return true
  const last = block.columns.at(-1)!.index
  // A cell merged downwards over both rows says that they belong together.
  if (grid.merges.some(range => range.top <= row && range.bottom === row + 1 && range.left >= block.columns[0]!.index && range.right <= last)) return true
  if (!hasPartialMerge(grid, block, row)) return false
  return headerScore(block.columns, next, positions.slice(bottom + 2, bottom + 62)).score >= HEADER_LIKELY
}
