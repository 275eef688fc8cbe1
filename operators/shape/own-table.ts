/** Tells, where a blank row stands, whether what follows is another table although few words of its header are known. */
import { headerKey, labelLikeness } from '../model/header.ts'
import { SIGN, signAt } from './cell-sign.ts'
import type { Block } from './detect.ts'
import { classAt, shownAt, type GridColumn } from './grid.ts'
import { HEADER_CLEAR, headerScore } from './header-row.ts'
import { MOST_LINES, isPreamble } from './preamble.ts'

const TITLES = 3
const LONGEST_NAME = 40
const SAMPLE = 60
/** What a header of another width has to score: that it is no row of the table above is known already. */
const OTHER_WIDTH = 1.5
/** What two words score that nobody knows, and that do not recur. */
const PERHAPS = 0.7

/** A first row of words, no two alike, over rows that show nothing beside its columns. */
interface Headed {
  readonly head: number
  readonly rows: readonly number[]
  readonly columns: readonly GridColumn[]
  /** Every row fills every column. */
  readonly full: boolean
}

/** Whether a cell may name a column: it shows words, or the sign of a number. */
export const isWord = (column: GridColumn, at: number): boolean => signAt(column, at) === SIGN.words || shownAt(column, at) === '#'

/** Lines of one cell, or of a preamble above a wider row, with which rows begin. */
function titlesAbove(block: Block, positions: readonly number[]): number {
  for (let lines = Math.min(MOST_LINES, positions.length - 1); lines > 0; lines--) if (block.fill[positions[lines]!]! > 2 && isPreamble(block.columns, block.fill, positions.slice(0, lines))) return lines
  let top = 0
  while (top < TITLES && top < positions.length && block.fill[positions[top]!] === 1) top++
  return top
}

function headed(block: Block, positions: readonly number[]): Headed | null {
  const top = titlesAbove(block, positions)
  const head = positions[top]
  const rows = positions.slice(top + 1, top + 1 + SAMPLE)
  if (head === undefined || rows.length === 0) return null
  const columns = block.columns.filter(column => shownAt(column, head) !== '')
  const names = columns.map(column => shownAt(column, head))
  if (columns.length < 2 || columns.at(-1)!.index - columns[0]!.index >= columns.length) return null
  if (new Set(names.map(headerKey)).size < names.length || names.some(name => name.length > LONGEST_NAME)) return null
  if (!columns.every(column => isWord(column, head))) return null
  const within = new Set(columns)
  if (!rows.every(at => block.columns.every(column => within.has(column) || shownAt(column, at) === ''))) return null
  return { head, rows, columns, full: rows.every(at => block.fill[at] === columns.length) }
}

/** Whether rows are a table by themselves: a clear header, or one that may be one over rows that all have a name. */
export function isWholeTable(block: Block, positions: readonly number[]): boolean {
  const own = headed(block, positions)
  if (own === null || isPreamble(block.columns, block.fill, positions)) return false
  const { score } = headerScore(own.columns, own.head, own.rows)
  return score >= HEADER_CLEAR || (score >= PERHAPS && own.rows.every(at => shownAt(own.columns[0]!, at) !== ''))
}

/** Whether most of what a column shows in some rows is no text: numbers, dates, telephone numbers. */
function holdsValues(column: GridColumn, rows: readonly number[]): boolean {
  const shown = rows.filter(at => shownAt(column, at) !== '')
  return shown.length > 0 && shown.filter(at => classAt(column, at) === 'text').length * 2 < shown.length
}

/**
 * The header of another table with which rows below a gap begin, when a whole table stands above; -1 when there is none. It
 * has another width and reads like a header; or half of its cells read like names and some stand above figures, of which one
 * is enough where it goes beyond the columns of the table above, or has words where most of its columns have values.
 */
export function headerBelowTable(block: Block, above: readonly number[], run: readonly number[]): number {
  const next = headed(block, run)
  if (next === null || !isWholeTable(block, above)) return -1
  const { score } = headerScore(next.columns, next.head, next.rows)
  const table = headed(block, above)!
  const known = new Set(table.rows.map(at => shownAt(table.columns[0]!, at)))
  if (known.has(shownAt(next.columns[0]!, next.head))) return -1
  if (next.full && table.full && next.columns.length !== table.columns.length) return score >= OTHER_WIDTH ? next.head : -1
  if (score < HEADER_CLEAR) return -1
  const labelled = next.columns.reduce((sum, column) => sum + labelLikeness(shownAt(column, next.head)), 0) * 2 >= next.columns.length
  const overFigures = next.columns.some(column => {
    const shown = next.rows.filter(at => signAt(column, at) !== SIGN.none)
    return shown.filter(at => signAt(column, at) === SIGN.figure).length * 2 > shown.length
  })
  // A record of the table above would show nothing beside its columns, and no words where its records have other values.
  const beside = next.columns.some(column => !table.columns.includes(column))
  const unlike = next.columns.filter(column => holdsValues(column, table.rows)).length * 2 >= next.columns.length
  return (beside || unlike ? labelled || overFigures : labelled && overFigures) ? next.head : -1
}
