/** Merges that a must-link loosens: what it brings into a cluster may speak so much against another member that this one leaves. */
import type { Pair } from './clusters.ts'
import { createSets } from './sets.ts'

/** A must-link of people with its place, file and line. Records from 0. */
export interface Decided { readonly a: number; readonly b: number; readonly place: string }

export interface Loosened {
  /** A pair at the match threshold that was one cluster without the must-links, and is not with them. */
  readonly pair: Pair
  /** Places of the must-links that reach its cluster. */
  readonly by: readonly string[]
}

/**
 * The strongest merges lost, one per decision and cluster. `without` gives the first record of each record's cluster as it is without
 * the must-links of people, for the records that are asked for; it is called when there is such a link.
 */
export function loosened(records: number, pairs: readonly Pair[], match: number, decided: readonly Decided[], copyOf: Uint32Array, after: Uint32Array, without: (only: (record: number) => boolean) => Uint32Array): readonly Loosened[] {
  if (decided.length === 0) return []
  const connected = createSets(records)
  for (const { a, b, weight } of pairs) if (weight >= match) connected.join(a, b)
  for (const { a, b } of decided) connected.join(a, b)
  copyOf.forEach((first, record) => void (first !== 0 && connected.join(first - 1, record)))
  const reached = new Set(decided.map(({ a }) => connected.find(a)))
  const before = without(record => reached.has(connected.find(record)))
  const found = new Map<string, Loosened>()
  for (const pair of pairs) {
    const { a, b, weight } = pair
    if (weight < match || !reached.has(connected.find(a)) || before[a] !== before[b] || after[a] === after[b]) continue
    const near = decided.filter(each => before[each.a] === before[a] || before[each.b] === before[a])
    const by = (near.length > 0 ? near : decided.filter(each => connected.find(each.a) === connected.find(a))).map(({ place }) => place)
    const cluster = `${before[a]}`
    if ((found.get(cluster)?.pair.weight ?? -Infinity) < weight) found.set(cluster, { pair, by })
  }
  return [...found.values()]
}
