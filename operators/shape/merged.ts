/** Cells merged downwards: the value of the first belongs to every row that the range covers. */
import type { Grid, GridColumn } from './grid.ts'

/**
 * The column with its merged cells filled in at these positions, and how many cells that were; the same column when
 * there are none. Ranges that start above the data, such as a header's, fill nothing.
 */
export function fillMerged(grid: Grid, column: GridColumn, data: readonly number[]): { readonly column: GridColumn; readonly filled: number } {
  const ranges = grid.merges.filter(range => range.bottom > range.top && range.left === column.index)
  if (ranges.length === 0 || data.length === 0) return { column, filled: 0 }
  const indexOf = new Map(data.map((at, index) => [grid.rows[at]!, index]))
  const codes = column.column.codes.slice()
  let filled = 0
  for (const { top, bottom } of ranges) {
    const first = indexOf.get(top)
    if (first === undefined || column.visible[codes[data[first]!]!] !== 1) continue
    for (let index = first + 1; index < data.length && grid.rows[data[index]!]! <= bottom; index++) {
      const at = data[index]!
      if (column.visible[codes[at]!] === 1) continue
      codes[at] = codes[data[first]!]!
      filled++
    }
  }
  return filled === 0 ? { column, filled } : { column: { ...column, column: { ...column.column, codes } }, filled }
}
