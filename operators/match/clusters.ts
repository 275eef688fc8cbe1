/** Sets of records that are one entity, kept apart where two strong identifiers contradict each other. */

/** Disjoint sets of records (union-find with path halving), each with the identifiers that its records bear. */
export interface Clusters {
  /** The representative of a record's set: its smallest record. */
  find(record: number): number
  /** The code of an identifier field that a record's set bears; 0 for none. */
  identifier(field: number, record: number): number
  /** Whether two sets may become one: no identifier field has one value here and another there. */
  compatible(a: number, b: number): boolean
  /** Joins the sets of two records; false when they were one already. */
  join(a: number, b: number): boolean
}

/** `identifiers` are the codes of identifier columns (0 = none). */
export function createClusters(records: number, identifiers: readonly Uint32Array[]): Clusters {
  const parent = Uint32Array.from({ length: records }, (_, index) => index)
  const known = identifiers.map(codes => Uint32Array.from(codes))

  function find(record: number): number {
    let at = record
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  return {
    find,
    identifier: (field, record) => known[field]![find(record)]!,
    compatible(a, b) {
      const x = find(a)
      const y = find(b)
      return x === y || known.every(codes => codes[x] === 0 || codes[y] === 0 || codes[x] === codes[y])
    },
    join(a, b) {
      const x = find(a)
      const y = find(b)
      if (x === y) return false
      const [low, high] = x < y ? [x, y] : [y, x]
      parent[high] = low
      for (const codes of known) if (codes[low] === 0) codes[low] = codes[high]!
      return true
    }
  }
}
