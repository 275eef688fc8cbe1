/** Tells rows inside and below a table that are no data: the header again, section headings, notes. */
import { classAt, shownAt, type Grid } from './grid.ts'
import { isBanner, type Block } from './detect.ts'
import { labelsOf, remarkIn, saysRemark, type LeftOut, type Remark } from './remarks.ts'

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

/** Positions of one cell right above a header that is shown again, below a gap: the titles of the parts of a table that is split up. */
export function titlesAbove(grid: Grid, block: Block, repeated: ReadonlySet<number>, data: readonly number[], width: number): ReadonlySet<number> {
  const found = new Set<number>()
  if (repeated.size === 0 || width < 3) return found
  for (let index = data.length - 1; index > 0; index--) {
    if (!repeated.has(data[index]!)) continue
    let top = index
    while (top > 0 && block.fill[data[top - 1]!] === 1) top--
    // Without a gap a name alone may be a record of the rows above.
    while (top < index && !isApart(grid, data, top)) top++
    for (const at of data.slice(top, index)) found.add(at)
  }
  return found
}

function isApart(grid: Grid, data: readonly number[], index: number): boolean {
  return index > 0 && grid.rows[data[index]!]! > grid.rows[data[index - 1]!]! + 1
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
export function trailingNotes(grid: Grid, block: Block, data: readonly number[], width: number): LeftOut {
  const rows = new Set<number>()
  const doubtful = new Set<number>()
  if (width < 3) return { rows, doubtful }
  // Where the rows of one or two cells at the end stand below a gap.
  let top = data.length
  let below = data.length
  while (top > 1 && block.fill[data[top - 1]!]! <= 2) if (isApart(grid, data, --top)) below = top
  for (let index = data.length - 1; index >= Math.max(1, top); index--) {
    const at = data[index]!
    const place = block.columns.findIndex(each => shownAt(each, at) !== '')
    const column = block.columns[place]!
    const text = shownAt(column, at)
    const apart = index >= below
    if (classAt(column, at) !== 'text') break
    const two: Remark = saysRemark(text) && apart && width >= 4 ? 'doubtful' : 'no'
    const found = block.fill[at] === 1 ? (isBanner(grid, block, at, width) ? 'certain' : remarkIn(text, apart, labelsOf(block, place, data))) : two
    if (found === 'no') break
    rows.add(at)
    if (found === 'doubtful') doubtful.add(at)
  }
  return { rows, doubtful }
}
