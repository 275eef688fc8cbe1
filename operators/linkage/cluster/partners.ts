/** One-to-one linkage: the strongest pair first, and nobody twice. */
import type { Pair } from './clusters.ts'

/** Joins partners. `decided` tells the pairs that people put together or keep apart. */
export function onePartner(pairs: readonly Pair[], match: number, source: Uint32Array, must: readonly (readonly [number, number])[], apart: (a: number, b: number) => boolean, join: (a: number, b: number) => void): void {
  const taken = new Map<number, Set<number>>()
  const free = (a: number, b: number): boolean => taken.get(a)?.has(source[b]!) !== true
  const take = (a: number, b: number): void => {
    join(a, b)
    for (const [x, y] of [[a, b], [b, a]] as const) {
      const sources = taken.get(x) ?? new Set()
      taken.set(x, sources.add(source[y]!))
    }
  }
  for (const [a, b] of must) take(a, b)
  for (const { a, b, weight } of [...pairs].sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b)) {
    if (weight < match) break
    if (free(a, b) && free(b, a) && !apart(a, b)) take(a, b)
  }
}
