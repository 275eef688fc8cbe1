/**
 * How many insertions, deletions, replacements and swaps of neighbours turn one text into another (optimal string
 * alignment), or `limit + 1` when it takes more than `limit`.
 */
export function edits(a: string, b: string, limit: number): number {
  if (a === b) return 0
  const over = limit + 1
  if (Math.abs(a.length - b.length) > limit) return over
  let start = 0
  let endA = a.length
  let endB = b.length
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--
    endB--
  }
  const width = endB - start
  let before: number[] = []
  let last: number[] = Array.from({ length: width + 1 }, (_, at) => at)
  for (let row = 1; row <= endA - start; row++) {
    const now: number[] = [row]
    let least = row
    for (let column = 1; column <= width; column++) {
      const x = a.charCodeAt(start + row - 1)
      const y = b.charCodeAt(start + column - 1)
      let cost = Math.min(last[column]! + 1, now[column - 1]! + 1, last[column - 1]! + (x === y ? 0 : 1))
      if (row > 1 && column > 1 && x === b.charCodeAt(start + column - 2) && y === a.charCodeAt(start + row - 2)) cost = Math.min(cost, before[column - 2]! + 1)
      now.push(cost)
      if (cost < least) least = cost
    }
    if (least > limit) return over
    before = last
    last = now
  }
  return Math.min(last[width]!, over)
}
