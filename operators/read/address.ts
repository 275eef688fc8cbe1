/** Cell addresses in A1 form (ECMA-376 part 1, 18.18.62 and 18.18.7). */

/** Rows of a sheet, by the format. */
export const SHEET_ROWS = 1_048_576
/** Columns of a sheet, by the format. */
export const SHEET_COLUMNS = 16_384

const known: string[] = []

/** Letters of a column counted from 0: A, …, Z, AA, … */
export function columnLetters(index: number): string {
  const cached = known[index]
  if (cached !== undefined) return cached
  let letters = ''
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters
  if (index < SHEET_COLUMNS) known[index] = letters
  return letters
}

/** Address of a cell: column counted from 0, row as the spreadsheet shows it. */
export function cellName(column: number, row: number): string {
  return columnLetters(column) + row
}

export interface Range {
  readonly firstColumn: number
  readonly firstRow: number
  readonly lastColumn: number
  readonly lastRow: number
}

const RANGE = /^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?$/

/** Index from 0 of a column by its letters. */
export function columnIndex(letters: string): number {
  let index = 0
  for (let at = 0; at < letters.length; at++) index = index * 26 + (letters.charCodeAt(at) & 31)
  return index - 1
}

/** A range such as `B2:D9` or `B2`, corners put in order; null when the text is none or lies outside of a sheet. */
export function parseRange(text: string): Range | null {
  const match = RANGE.exec(text)
  if (match === null) return null
  const c1 = columnIndex(match[1]!)
  const r1 = Number(match[2])
  const c2 = match[3] === undefined ? c1 : columnIndex(match[3])
  const r2 = match[4] === undefined ? r1 : Number(match[4])
  const range = { firstColumn: Math.min(c1, c2), firstRow: Math.min(r1, r2), lastColumn: Math.max(c1, c2), lastRow: Math.max(r1, r2) }
  if (range.firstRow < 1 || range.lastRow > SHEET_ROWS || range.lastColumn >= SHEET_COLUMNS) return null
  return range
}

/** A range in A1 form; a single cell is written as one. */
export function rangeName(range: Range): string {
  const first = cellName(range.firstColumn, range.firstRow)
  const last = cellName(range.lastColumn, range.lastRow)
  return first === last ? first : `${first}:${last}`
}
