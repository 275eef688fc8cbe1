/** Edit distance of short texts within a limit of one or two, the band around the diagonal alone. */

const LONGEST = 256
const SIZE = LONGEST + 2
const rows = [new Uint8Array(SIZE), new Uint8Array(SIZE), new Uint8Array(SIZE)]

/**
 * How many insertions, deletions, replacements and swaps of neighbours turn one text into another (optimal string
 * alignment), or `limit + 1` when it takes more than `limit`. Texts count up to their 256th character.
 */
export function edits(a: string, b: string, limit: 1 | 2): number {
  const over = limit + 1
  let endA = Math.min(a.length, LONGEST)
  let endB = Math.min(b.length, LONGEST)
  if (endA - endB > limit || endB - endA > limit) return over
  let start = 0
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--
    endB--
  }
  const height = endA - start
  const width = endB - start
  if (height === 0 || width === 0) return height + width > limit ? over : height + width
  if (height === 1 && width === 1) return 1
  if (limit === 1) return height === 2 && width === 2 && a.charCodeAt(start) === b.charCodeAt(start + 1) && a.charCodeAt(start + 1) === b.charCodeAt(start) ? 1 : over
  let before = rows[0]!
  let last = rows[1]!
  let now = rows[2]!
  for (let column = 0; column <= Math.min(width, over); column++) last[column] = column
  for (let row = 1; row <= height; row++) {
    const from = Math.max(1, row - limit)
    const to = Math.min(width, row + limit)
    now[from - 1] = from === 1 ? row : over
    let least = now[from - 1]!
    const x = a.charCodeAt(start + row - 1)
    for (let column = from; column <= to; column++) {
      const y = b.charCodeAt(start + column - 1)
      let cost = last[column - 1]! + (x === y ? 0 : 1)
      if (column < row + limit && last[column]! + 1 < cost) cost = last[column]! + 1
      if (now[column - 1]! + 1 < cost) cost = now[column - 1]! + 1
      if (row > 1 && column > 1 && x === b.charCodeAt(start + column - 2) && y === a.charCodeAt(start + row - 2) && before[column - 2]! + 1 < cost) cost = before[column - 2]! + 1
      if (cost > over) cost = over
      now[column] = cost
      if (cost < least) least = cost
    }
    if (to < width) now[to + 1] = over
    if (least > limit) return over
    const spare = before
    before = last
    last = now
    now = spare
  }
  return Math.min(last[width]!, over)
}
