/** The levels of two records in every comparison. */
import type { Comparer } from './comparer.ts'

/** Writes a level per comparison to `out`: 0 when a side is unknown, else 1 for the best up to the worst. */
export type Levels = (a: number, b: number, out: Uint8Array) => void

/** Codes stand record by record, so that looking at one takes one reach into memory and not one per comparison. */
export function createLevels(comparers: readonly Comparer[], records: number): Levels {
  const width = comparers.length
  const rows = new Uint32Array(records * width)
  comparers.forEach(({ values: { codes } }, at) => {
    for (let record = 0, to = at; record < records; record++, to += width) rows[to] = codes[record]!
  })
  const swaps = comparers.flatMap(({ swap }, own) => (swap === undefined ? [] : [{ own, other: comparers.findIndex(({ name }) => name === swap.other), level: swap.level, crossed: swap.crossed }]))
  return (a, b, out) => {
    const [from, to] = [a * width, b * width]
    for (let at = 0; at < width; at++) {
      const x = rows[from + at]!
      const y = rows[to + at]!
      out[at] = x === 0 || y === 0 ? 0 : x === y ? 1 : comparers[at]!.between(x, y)
    }
    for (const { own, other, level, crossed } of swaps) {
      if (out[own]! < 2 || out[other]! < 2 || !crossed(rows[from + own]!, rows[to + own]!, rows[from + other]!, rows[to + other]!)) continue
      out[own] = level
      out[other] = 0
    }
  }
}
