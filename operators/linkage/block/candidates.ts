/** Candidate pairs, record by record: never more than those of one record are held. */
import type { Rule } from './rules.ts'

/**
 * Calls `found(a, b, rule)` once for every pair `a` < `b` that a rule puts together, for the records `first`,
 * `first + step`, …; by `a`, then by `b`. `rule` is the first one that finds it. `source` keeps records of one source
 * apart when it is given.
 */
export function candidates(rules: readonly Rule[], records: number, first: number, step: number, source: Uint32Array | undefined, found: (a: number, b: number, rule: number) => void, progress: (record: number) => void): void {
  const seen = new Uint32Array(records)
  const by = new Uint16Array(records)
  let list = new Uint32Array(4096)
  for (let a = first; a < records; a += step) {
    progress(a)
    let size = 0
    for (let at = 0; at < rules.length; at++) {
      const { index, limit } = rules[at]!
      for (let k = index.keyFrom[a]!; k < index.keyFrom[a + 1]!; k++) {
        const key = index.keys[k]!
        const from = index.from[key]!
        const to = index.from[key + 1]!
        if (to - from > limit) continue
        for (let m = to - 1; m >= from; m--) {
          const b = index.members[m]!
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
    const these = list.subarray(0, size).sort()
    for (let at = 0; at < size; at++) found(a, these[at]!, by[these[at]!]!)
  }
}

/** Whether a rule puts two records together. */
export function areCandidates(rules: readonly Rule[], a: number, b: number): boolean {
  if (a === b) return true
  for (const { index, limit } of rules) {
    for (let k = index.keyFrom[a]!; k < index.keyFrom[a + 1]!; k++) {
      const key = index.keys[k]!
      if (index.from[key + 1]! - index.from[key]! > limit) continue
      for (let other = index.keyFrom[b]!; other < index.keyFrom[b + 1]!; other++) if (index.keys[other] === key) return true
    }
  }
  return false
}
