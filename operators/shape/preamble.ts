/** Lines that say what a table is about, above it and apart from it: `Report: sales`, `Generated | 2024-01-01 10:00`. */
import { labelLikeness } from '../model/header.ts'
import { HEADER_CLEAR, HEADER_LIKELY, headerScore } from './header-row.ts'
import { shownAt, type Grid, type GridColumn } from './grid.ts'

/** Lines of a preamble, at most. */
export const MOST_LINES = 8
const BELOW = 60
/** What is said of a table rather than in it; no word by which rows of a table are often named. */
const KEY =
  /^(?:report|generated|created|printed|exported|extracted|prepared|produced|compiled|updated|run|date|time|period|from|to|until|as (?:at|of|on)|source|author|by|title|subject|version|currency|account|statement|filter|page|bericht|erstellt|stand|quelle|datum|zeitraum|verslag|opgestel|bron|tydperk|rapport|date d'édition)(?:\s+\S{1,20}){0,3}$/i

/** How much a text reads like a column's label before it is one, and below which it is none. */
const [LABEL, NO_LABEL] = [0.8, 0.5]

/**
 * Whether a row of two cells is something that is said of a table: a key of such lines, a text with a colon, or the name of
 * a column, and a value: `Branch | North`. Where the second reads like a column's name too, the row may be a header.
 */
function isKeyLine(columns: readonly GridColumn[], at: number): boolean {
  const [text = '', value = ''] = columns.map(column => shownAt(column, at)).filter(shown => shown !== '')
  return /[^\s:]\s*:$/.test(text) || KEY.test(text) || (stands(columns, at) && labelLikeness(text) >= LABEL && labelLikeness(value) < NO_LABEL)
}

/** Whether a line stands at the left, its cells side by side: words over groups of columns do not. */
function stands(columns: readonly GridColumn[], at: number): boolean {
  const last = columns.findLastIndex(column => shownAt(column, at) !== '')
  return shownAt(columns[0]!, at) !== '' && last < 2
}

/** Whether rows are lines of one or two cells that say something of a table below, and no table themselves. */
export function isPreamble(columns: readonly GridColumn[], fill: Uint16Array, positions: readonly number[]): boolean {
  if (positions.length > MOST_LINES || !positions.some(at => fill[at] === 2)) return false
  return positions.every(at => fill[at] === 1 || (fill[at] === 2 && isKeyLine(columns, at)))
}

/** Whether a header may follow without a gap: it is wider than the lines above, and can be nothing else. */
const mayFollow = (cells: number, score: number): boolean => cells > 2 && score >= HEADER_CLEAR

/** How many of a block's first rows are a preamble, with a header below, as a rule behind a gap; 0 when there is none. */
export function preambleLines(grid: Grid, columns: readonly GridColumn[], fill: Uint16Array, positions: readonly number[]): number {
  let found = 0
  for (let index = 1; index <= MOST_LINES && index < positions.length; index++) {
    const above = positions[index - 1]!
    if (fill[above]! > 2 || (fill[above] === 2 && !isKeyLine(columns, above))) break
    const at = positions[index]!
    if (fill[at]! < 2 || !isPreamble(columns, fill, positions.slice(0, index))) continue
    const { score } = headerScore(columns, at, positions.slice(index + 1, index + 1 + BELOW))
    const apart = grid.rows[at]! > grid.rows[above]! + 1
    if (apart ? score >= (fill[at]! > 2 ? HEADER_LIKELY : HEADER_CLEAR) : mayFollow(fill[at]!, score) && positions.slice(0, index).every(line => stands(columns, line))) found = index
  }
  return found
}
