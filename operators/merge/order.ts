/** The order of the entities in the dataset. */
import type { Column } from '../../kernel/artifact/table.ts'

/** Position of each value in code unit order, from 1; 0 stands for an empty cell. */
function ranksOf(values: readonly string[]): Uint32Array {
  const order = Uint32Array.from(values, (_, at) => at).sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : 0))
  const ranks = new Uint32Array(values.length + 1)
  order.forEach((at, position) => {
    ranks[at + 1] = position + 1
  })
  return ranks
}

/**
 * Entities by the first column, then the second and so on, in code unit order with empty cells first; what is equal
 * in all is ordered by `last`. Gives entities (from 0) in their final order.
 */
export function sortEntities(columns: readonly Column[], entities: number, last: (a: number, b: number) => number): Uint32Array {
  const order = Uint32Array.from({ length: entities }, (_, at) => at)
  const ranks: (Uint32Array | undefined)[] = []
  const compareFrom = (start: number, a: number, b: number): number => {
    for (let at = start; at < columns.length; at++) {
      const { codes, values } = columns[at]!
      const x = codes[a]!
      const y = codes[b]!
      if (x === y) continue
      const rank = (ranks[at] ??= ranksOf(values))
      if (rank[x] !== rank[y]) return rank[x]! - rank[y]!
    }
    return last(a, b)
  }
  const first = columns[0]
  if (first === undefined) return order.sort(last)
  // Counting sort by the first column, which tells nearly all entities apart.
  const rank = ranksOf(first.values)
  const starts = new Uint32Array(first.values.length + 2)
  for (let entity = 0; entity < entities; entity++) starts[rank[first.codes[entity]!]! + 1]!++
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!
  const next = starts.slice()
  for (let entity = 0; entity < entities; entity++) order[next[rank[first.codes[entity]!]!]!++] = entity
  for (let at = 0; at + 1 < starts.length; at++) {
    if (starts[at + 1]! - starts[at]! > 1) order.subarray(starts[at], starts[at + 1]).sort((a, b) => compareFrom(1, a, b))
  }
  return order
}
