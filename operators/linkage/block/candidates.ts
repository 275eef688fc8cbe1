/** Candidate pairs, record by record: never more than those of one record are held. */
import type { BlockIndex } from './index.ts'

/**
 * Calls `found(a, b, rule)` once for every pair `a` < `b` that an index puts together, for the records `first`,
 * `first + step`, …; by `a`, then by `b`. `rule` is the number of the first that finds it. `source` keeps records of one
 * source apart when it is given.
 */
export function candidates(indexes: readonly BlockIndex[], records: number, first: number, step: number, source: Uint32Array | undefined, found: (a: number, b: number, rule: number) => void, progress: (record: number) => void): void {
  const seen = new Uint32Array(records)
  const by = new Uint16Array(records)
  let list = new Uint32Array(4096)
  for (let a = first; a < records; a += step) {
    progress(a)
    let size = 0
    for (let at = 0; at < indexes.length; at++) {
      const { keyFrom, keys, from, members } = indexes[at]!
      const end = keyFrom === null ? a + 1 : keyFrom[a + 1]!
      for (let k = keyFrom === null ? a : keyFrom[a]!; k < end; k++) {
        const key = keys[k]!
        if (key === 0) continue
        const start = from[key - 1]!
        for (let m = from[key]! - 1; m >= start; m--) {
          const b = members[m]!
          if (b <= a) break
          if (seen[b] === a + 1 || (source !== undefined && source[a] === source[b])) continue
          seen[b] = a + 1
          by[b] = at
          if (size === list.length) {
            const larger = new Uint32Array(size * 2)
            larger.set(list)
            list = larger
          }
          list[size++] = b
        }
      }
    }
    if (size === 0) continue
    const these = size === 1 ? list : list.subarray(0, size).sort()
    for (let at = 0; at < size; at++) found(a, these[at]!, by[these[at]!]!)
  }
}

/** Whether an index puts two records together. */
export function areCandidates(indexes: readonly BlockIndex[], a: number, b: number): boolean {
  if (a === b) return true
  for (const { keyFrom, keys } of indexes) {
    if (keyFrom === null) {
      if (keys[a] !== 0 && keys[a] === keys[b]) return true
      continue
    }
    for (let k = keyFrom[a]!; k < keyFrom[a + 1]!; k++) for (let other = keyFrom[b]!; other < keyFrom[b + 1]!; other++) if (keys[other] === keys[k]) return true
  }
  return false
}
