/** Tells several tables of one sheet apart: side by side, and one above the other. */
import { headerKey, labelLikeness } from '../model/header.ts'
import { SIGN, signAt } from './cell-sign.ts'
import { detectHeader, isUpperHeader, type Block } from './detect.ts'
import { figuresWithin } from './figures.ts'
import { fillOf, shownAt, shownPositions, type Grid, type GridColumn } from './grid.ts'
import { cutAtRestatedHeaders } from './restated.ts'
import { HEADER_CLEAR, HEADER_LIKELY, headerScore } from './header-row.ts'
import { headerBelowTable, isWholeTable, isWord } from './own-table.ts'
import { isPreamble, preambleLines } from './preamble.ts'

const KEY_LIKE = /^(?:.*(?:name|id|code|sku|nr|no|number|ref|company|organisation|organization|school|customer|supplier|product|item|client|vendor)|name.*|firma|kunde|artikel|lieferant)$/
/** Headers below gaps that are looked at thoroughly, at most, in a band of columns. */
const FULL_CHECKS = 200

function blockOf(grid: Grid, columns: readonly GridColumn[]): Block {
  const fill = fillOf(columns, grid.rows.length)
  return { columns, positions: shownPositions(fill), fill }
}

/** Whether the columns right of a gap are a table of their own rather than more columns of the one on the left. */
function standsAlone(grid: Grid, left: Block, right: Block): boolean {
  if (right.columns.length < 2 || left.columns.length < 2 || right.positions.length < 2 || left.positions.length < 2) return false
  const found = detectHeader(grid, right)
  const own = detectHeader(grid, left)
  if (found.header.length === 0 || own.header.length === 0) return false
  const at = found.header.at(-1)!
  if (headerScore(right.columns, at, right.positions.slice(found.dataFrom, found.dataFrom + 60)).score < HEADER_LIKELY) return false
  const names = right.columns.map(column => shownAt(column, at)).filter(text => text !== '').map(headerKey)
  const leftNames = new Set(left.columns.map(column => shownAt(column, own.header.at(-1)!)).filter(text => text !== '').map(headerKey))
  if (at !== own.header.at(-1)) return true
  if (names.length > 0 && names.every(name => leftNames.has(name))) return true
  // A remark below the table may stand apart.
  const rows = right.positions.filter(each => right.fill[each]! > 1)
  const solid = rows.length > 0 && rows.at(-1)! - rows[0]! + 1 === rows.length
  const uneven = Math.abs(right.positions.at(-1)! - left.positions.at(-1)!) >= 2
  if (solid && uneven) return true
  return solid && names.length === right.columns.length && KEY_LIKE.test(names[0]!)
}

/** Bands of columns, left to right. Columns beyond a gap stay with those on the left unless they clearly are another table. */
export function bands(grid: Grid): readonly Block[] {
  const runs: GridColumn[][] = []
  for (const column of grid.columns) {
    const last = runs.at(-1)
    if (last !== undefined && last.at(-1)!.index + 1 === column.index) last.push(column)
    else runs.push([column])
  }
  const out: Block[] = []
  for (const run of runs) {
    const right = blockOf(grid, run)
    const left = out.at(-1)
    if (left === undefined || standsAlone(grid, left, right)) out.push(right)
    else out[out.length - 1] = blockOf(grid, [...left.columns, ...run])
  }
  return out
}

function runsOf(grid: Grid, positions: readonly number[]): number[][] {
  const runs: number[][] = []
  let current: number[] = []
  for (const at of positions) {
    if (current.length > 0 && grid.rows[at]! > grid.rows[current.at(-1)!]! + 1) {
      runs.push(current)
      current = []
    }
    current.push(at)
  }
  if (current.length > 0) runs.push(current)
  return runs
}

/** Where in a run, after lines of one cell or of a preamble, a header of another table stands; -1 when there is none. */
function clearHeader(grid: Grid, block: Block, run: readonly number[], following: readonly number[]): number {
  let index = preambleLines(grid, block.columns, block.fill, run)
  while (index < 3 && index < run.length && block.fill[run[index]!] === 1) index++
  const at = run[index]
  if (at === undefined || block.fill[at]! < 2) return -1
  if (scoreIn(block, run, index, following) >= HEADER_CLEAR) return at
  // Words over groups of columns, and below them the names of all.
  const next = run[index + 1]
  return next !== undefined && block.fill[next]! > block.fill[at]! && scoreIn(block, run, index + 1, following) >= HEADER_CLEAR && isUpperHeader(grid, block, run, index + 1) ? at : -1
}

function scoreIn(block: Block, run: readonly number[], index: number, following: readonly number[]): number {
  const below = [...run.slice(index + 1, index + 61), ...following.slice(0, 60)].slice(0, 60)
  return below.length === 0 ? -1 : headerScore(block.columns, run[index]!, below).score
}

/** Where in a run its header may stand: the first full row behind lines of one cell and of a preamble, below words over groups of columns; -1 for nowhere. */
function headPlace(grid: Grid, block: Block, run: readonly number[]): number {
  const top = preambleLines(grid, block.columns, block.fill, run)
  const place = run.findIndex((at, index) => index >= top && block.fill[at]! > 1)
  return place >= 0 && place + 1 < run.length && isUpperHeader(grid, block, run, place + 1) ? place + 1 : place
}

/** Whether the first full row of a run reads like column names, or names periods: a cheap check before the thorough one. */
function looksLabelled(grid: Grid, block: Block, run: readonly number[]): boolean {
  const at = run[headPlace(grid, block, run)]
  if (at === undefined) return false
  let labels = 0
  for (const column of block.columns) labels += signAt(column, at) === SIGN.period ? 1 : labelLikeness(shownAt(column, at))
  return labels >= 0.7 * block.fill[at]!
}

/** Whether the first full row of a run holds words alone: a cheap check before the thorough one. */
function isHeadedByWords(grid: Grid, block: Block, run: readonly number[]): boolean {
  const at = run[headPlace(grid, block, run)]
  return at !== undefined && at !== run.at(-1) && block.columns.every(column => shownAt(column, at) === '' || isWord(column, at))
}

/**
 * Blocks of rows of one band, top to bottom. A blank row alone does not end a table: a clear header below it does. `onLimit`
 * gets the position from which on other tables were not looked for.
 */
export function stacks(grid: Grid, band: Block, onLimit: (at: number) => void): readonly Block[] {
  const runs = runsOf(grid, band.positions)
  const parts: number[][] = []
  let checks = 0
  let told = false
  let titles: number[] = []
  const holdsFigures = runs.length > 1 ? figuresWithin(grid, band) : null
  for (let index = 0; index < runs.length; index++) {
    const run = [...titles, ...runs[index]!]
    titles = []
    const current = parts.at(-1)
    if (current === undefined) {
      parts.push(run)
      continue
    }
    if (checks >= FULL_CHECKS && !told && (looksLabelled(grid, band, run) || isHeadedByWords(grid, band, run))) {
      told = true
      onLimit(run[0]!)
    }
    const next = runs[index + 1]
    const onlyTitles = (run.length <= 2 && run.every(at => band.fill[at] === 1)) || isPreamble(band.columns, band.fill, run)
    if (onlyTitles && next !== undefined && checks < FULL_CHECKS && looksLabelled(grid, band, next) && clearHeader(grid, band, next, runs[index + 2] ?? []) >= 0) {
      titles = run
      continue
    }
    let header = -1
    if (checks < FULL_CHECKS && looksLabelled(grid, band, run)) {
      checks++
      header = clearHeader(grid, band, run, next ?? [])
    }
    // Above the first figures of a table of figures there is only its header, with whatever gaps, or a table that is whole.
    if (header >= 0 && holdsFigures !== null && !holdsFigures(current) && !isWholeTable(band, current)) header = -1
    if (header < 0 && checks < FULL_CHECKS && isHeadedByWords(grid, band, run)) {
      checks++
      header = headerBelowTable(band, current, run.slice(headPlace(grid, band, run)))
    }
    if (header >= 0 && !continues(grid, band, current, header)) parts.push(run)
    else for (const at of run) current.push(at)
  }
  return parts.flatMap(positions => cutAtRestatedHeaders(grid, { columns: band.columns, positions, fill: band.fill }, onLimit))
}

/** Whether a header belongs to the block above it: as its header again, or because what stands above is only a preamble. */
function continues(grid: Grid, band: Block, above: readonly number[], header: number): boolean {
  const widest = above.reduce((most, at) => Math.max(most, band.fill[at]!), 0)
  if (widest <= 1 || isPreamble(band.columns, band.fill, above)) return true
  if (above.length <= 8 && widest <= 2 && band.fill[header]! >= 4 && !isWholeTable(band, above)) return true
  const block: Block = { columns: band.columns, positions: above, fill: band.fill }
  const found = detectHeader(grid, block)
  const at = found.header.at(-1)
  if (at === undefined) return false
  return band.columns.every(column => headerKey(shownAt(column, at)) === headerKey(shownAt(column, header)))
}
