/** Candidate pairs, record by record: never more than those of one record are held. */
import type { Rule } from './rules.ts'

/**
 * Calls `found(a, b, rule)` once for every pair `a` < `b` that a rule puts together, for the records from `start` to
 * `end`. `rule` is the first one that finds it. `source` keeps records of one source apart when it is given.
 */
export function candidates(rules: readonly Rule[], records: number, start: number, end: number, source: Uint32Array | undefined, found: (a: number, b: number, rule: number) => void): void {
  const seen = new Uint32Array(records)
  for (let a = start; a < end; a++) {
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
          if (seen[b] === a + 1) continue
          seen[b] = a + 1
          if (source !== undefined && source[a] === source[b]) continue
          found(a, b, at)
        }
      }
    }
  }
}
