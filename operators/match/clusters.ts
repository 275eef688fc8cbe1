/** Sets of records that are one entity, kept apart where two strong identifiers contradict each other, or where people said so. */

/** Disjoint sets of records (union-find with path halving), each with the identifiers that its records bear. */
export interface Clusters {
  /** The representative of a record's set: its smallest record. */
  find(record: number): number
  /** The code of an identifier field that a record's set bears; 0 for none. */
  identifier(field: number, record: number): number
  /** Whether two sets may become one: no identifier field has one value here and another there, and nobody keeps them apart. */
  compatible(a: number, b: number): boolean
  /** Whether a decision keeps the sets of two records apart. */
  apart(a: number, b: number): boolean
  /** Joins the sets of two records; false when they were one already. */
  join(a: number, b: number): boolean
}

/** `identifiers` are the codes of identifier columns (0 = none); `cannotLink` are records that must not come together. */
export function createClusters(records: number, identifiers: readonly Uint32Array[], cannotLink: readonly (readonly [a: number, b: number])[] = []): Clusters {
  const parent = Uint32Array.from({ length: records }, (_, index) => index)
  const known = identifiers.map(codes => Uint32Array.from(codes))

  /** By representative: the records that its set must not take in. */
  const against = new Map<number, number[]>()
  for (const [a, b] of cannotLink) {
    against.set(a, [...(against.get(a) ?? []), b])
    against.set(b, [...(against.get(b) ?? []), a])
  }

  function find(record: number): number {
    let at = record
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  const apart = (x: number, y: number): boolean => {
    const [mine, theirs] = [against.get(x), against.get(y)]
    if (mine === undefined || theirs === undefined) return false
    return mine.length <= theirs.length ? mine.some(record => find(record) === y) : theirs.some(record => find(record) === x)
  }
  return {
    find,
    apart: (a, b) => apart(find(a), find(b)),
    identifier: (field, record) => known[field]![find(record)]!,
    compatible(a, b) {
      const x = find(a)
      const y = find(b)
      return x === y || (!apart(x, y) && known.every(codes => codes[x] === 0 || codes[y] === 0 || codes[x] === codes[y]))
    },
    join(a, b) {
      const x = find(a)
      const y = find(b)
      if (x === y) return false
      const [low, high] = x < y ? [x, y] : [y, x]
      parent[high] = low
      for (const codes of known) if (codes[low] === 0) codes[low] = codes[high]!
      const moved = against.get(high)
      if (moved !== undefined) {
        against.set(low, [...(against.get(low) ?? []), ...moved])
        against.delete(high)
      }
      return true
    }
  }
}
