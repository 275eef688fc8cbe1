/** Tells rows inside and below a table that are no data: the header again, section headings, notes. */
import { classAt, shownAt, type Grid } from './grid.ts'
import { isBanner, type Block } from './detect.ts'

const NOTE =
  /^(?:[*†©]|\(c\)|(?:note|notes|nb|n\.b\.|source|sources|disclaimer|confidential|generated|exported|printed|prepared|compiled|last (?:updated|modified|saved)|updated|as (?:at|of|on)|copyright|legend|key:|page \d|end of|total records|total rows|report|quelle|hinweis|stand|erstellt|bron|opmerking|nota|remarque|opgestel)\b)/iu

/** Positions that repeat a header row: every header cell shows the same again, and there are at least two. */
export function repeatedHeaders(block: Block, header: readonly number[], data: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>()
  for (const at of header) {
    const cells = block.columns.filter(column => shownAt(column, at) !== '')
    if (cells.length < 2) continue
    const [first, ...others] = cells
    const codes = first!.column.codes
    const wanted = codes[at]!
    for (const position of data) {
      if (codes[position] !== wanted) continue
      if (others.every(column => column.column.codes[position] === column.column.codes[at])) found.add(position)
    }
  }
  return found
}

/** Positions of one cell right above a header that is shown again: the titles of the parts of a table that is split up. */
export function titlesAbove(block: Block, repeated: ReadonlySet<number>, data: readonly number[], width: number): ReadonlySet<number> {
  const found = new Set<number>()
  if (repeated.size === 0 || width < 3) return found
  for (let index = data.length - 2; index >= 0; index--) {
    const next = data[index + 1]!
    if (block.fill[data[index]!] === 1 && (repeated.has(next) || found.has(next))) found.add(data[index]!)
  }
  return found
}

/** Positions of headings inside the data: one cell, merged over half the table or more. */
export function sections(grid: Grid, block: Block, data: readonly number[], width: number): ReadonlySet<number> {
  const found = new Set<number>()
  if (grid.merges.length === 0 || width < 3) return found
  const merged = new Set(grid.merges.filter(range => range.right > range.left).map(range => range.top))
  for (const at of data) if (block.fill[at] === 1 && merged.has(grid.rows[at]!) && isBanner(grid, block, at, width)) found.add(at)
  return found
}

/** Positions at the end of the data that are remarks on the table: one cell, where full rows show at least three. */
export function trailingNotes(grid: Grid, block: Block, data: readonly number[], width: number): ReadonlySet<number> {
  const found = new Set<number>()
  if (width < 3) return found
  for (let index = data.length - 1; index > 0; index--) {
    const at = data[index]!
    const cells = block.fill[at]!
    if (cells > 2) break
    const column = block.columns.find(each => shownAt(each, at) !== '')!
    const text = shownAt(column, at)
    const apart = grid.rows[at]! > grid.rows[data[index - 1]!]! + 1 || found.has(data[index + 1]!)
    const says = NOTE.test(text)
    const isNote = cells === 1 ? says || text.length > 60 || isBanner(grid, block, at, width) || (apart && text.split(/\s+/).length >= 5) : says && apart && width >= 4
    if (!isNote) break
    if (classAt(column, at) !== 'text') break
    found.add(at)
  }
  return found
}
