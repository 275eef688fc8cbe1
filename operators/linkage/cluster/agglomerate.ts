/**
 * Takes a connected component apart where only weak bridges hold it together: agglomerative clustering by average
 * weight. Two groups become one while the mean weight of all pairs between them is at least `stop`, strongest first.
 * Two families with one telephone number have one strong pair and many that speak against it.
 */

/** Outweighs every mean of weights. */
export const DECIDED = 1e15

/**
 * Groups of `size` members, as a number per member (that of the group's first member). `weight(x, y)`, x < y, is whole
 * millibits, already clipped; ±DECIDED is what people decided. `more` is what a third member must have over: it is taken
 * from the mean where one of the groups has more than one member. Ties go to the first members.
 */
export function agglomerate(size: number, weight: (x: number, y: number) => number, stop: number, more = 0): Uint32Array {
  const sums = new Float64Array(size * size)
  for (let x = 0; x < size; x++) {
    for (let y = x + 1; y < size; y++) {
      const between = weight(x, y)
      sums[x * size + y] = between
      sums[y * size + x] = between
    }
  }
  const counts = new Float64Array(size).fill(1)
  const group = Uint32Array.from({ length: size }, (_, at) => at)
  const alive = new Uint8Array(size).fill(1)
  const best = new Int32Array(size).fill(-1)
  const bestMean = new Float64Array(size).fill(-Infinity)
  const meanOf = (x: number, y: number): number => sums[x * size + y]! / (counts[x]! * counts[y]!) - (counts[x]! + counts[y]! > 2 ? more : 0)
  function look(x: number): void {
    best[x] = -1
    bestMean[x] = -Infinity
    for (let y = 0; y < size; y++) {
      if (y === x || alive[y] === 0) continue
      const mean = meanOf(x, y)
      if (mean > bestMean[x]!) {
        bestMean[x] = mean
        best[x] = y
      }
    }
  }
  for (let x = 0; x < size; x++) look(x)
  for (;;) {
    let x = -1
    for (let at = 0; at < size; at++) if (alive[at] === 1 && best[at] !== -1 && (x < 0 || bestMean[at]! > bestMean[x]!)) x = at
    if (x < 0 || bestMean[x]! < stop) break
    const [low, high] = x < best[x]! ? [x, best[x]!] : [best[x]!, x]
    alive[high] = 0
    for (let at = 0; at < size; at++) {
      if (group[at] === high) group[at] = low
      if (alive[at] === 0 || at === low) continue
      const sum = sums[low * size + at]! + sums[high * size + at]!
      sums[low * size + at] = sum
      sums[at * size + low] = sum
    }
    counts[low]! += counts[high]!
    look(low)
    for (let at = 0; at < size; at++) {
      if (alive[at] === 0 || at === low) continue
      if (best[at] === low || best[at] === high) look(at)
      else {
        const mean = meanOf(at, low)
        if (mean > bestMean[at]! || (mean === bestMean[at] && low < best[at]!)) {
          bestMean[at] = mean
          best[at] = low
        }
      }
    }
  }
  return group
}
