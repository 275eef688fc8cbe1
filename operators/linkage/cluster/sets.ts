/** Disjoint sets of records; the smallest record stands for its set. */
export interface Sets {
  find(record: number): number
  join(a: number, b: number): void
}

export function createSets(size: number): Sets {
  const parent = Uint32Array.from({ length: size }, (_, at) => at)
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
    join(a, b) {
      const [x, y] = [find(a), find(b)]
      if (x < y) parent[y] = x
      else parent[x] = y
    }
  }
}
