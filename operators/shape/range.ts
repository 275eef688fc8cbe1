/** Cell references in A1 form. */

/** A rectangle of cells; columns from 0, rows from 1, ends included. */
export interface Range {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The index of a column's letters, from 0; -1 when they are none. */
export function columnIndex(letters: string): number {
  let index = 0
  for (let at = 0; at < letters.length; at++) {
    const code = letters.charCodeAt(at) & ~32
    if (code < 65 || code > 90) return -1
    index = index * 26 + code - 64
  }
  return index - 1
}

/** A range in A1 form; null when the text is none. */
export function parseRange(text: string): Range | null {
  const found = /^\$?([A-Za-z]{1,4})\$?(\d{1,8})(?::\$?([A-Za-z]{1,4})\$?(\d{1,8}))?$/.exec(text)
  if (found === null) return null
  const left = columnIndex(found[1]!)
  const top = Number(found[2])
  return { left, top, right: found[3] === undefined ? left : columnIndex(found[3]), bottom: found[4] === undefined ? top : Number(found[4]) }
}

/** Row numbers in ascending order as ranges: `1:3, 7`. At most 20 ranges are named. */
export function rowRanges(rows: readonly number[]): string {
  const parts: string[] = []
  for (let at = 0; at < rows.length; ) {
    let end = at
    while (end + 1 < rows.length && rows[end + 1] === rows[end]! + 1) end++
    if (parts.length === 20) {
      parts.push('…')
      break
    }
    parts.push(end === at ? `${rows[at]}` : `${rows[at]}:${rows[end]}`)
    at = end + 1
  }
  return parts.join(', ')
}
