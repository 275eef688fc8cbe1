/** Pairs in one order: by their first record, then by their second. */

/** Short runs are put in order in place; longer ones are given to the engine. */
const SHORT = 64

/** Positions of pairs by `a`, then `b`; both are 1 and more, `a` at most `records`. Nearly sorted lists cost least. */
export function byRecords(a: Uint32Array, b: Uint32Array, records: number): Uint32Array {
  const from = new Uint32Array(records + 2)
  for (let at = 0; at < a.length; at++) from[a[at]! + 1]!++
  for (let record = 0; record <= records; record++) from[record + 1]! += from[record]!
  const next = from.slice()
  const order = new Uint32Array(a.length)
  for (let at = 0; at < a.length; at++) order[next[a[at]!]!++] = at
  for (let record = 1; record <= records; record++) {
    const [start, end] = [from[record]!, from[record + 1]!]
    if (end - start > SHORT) {
      order.subarray(start, end).sort((x, y) => b[x]! - b[y]!)
      continue
    }
    for (let at = start + 1; at < end; at++) {
      const moved = order[at]!
      let to = at
      while (to > start && b[order[to - 1]!]! > b[moved]!) {
        order[to] = order[to - 1]!
        to--
      }
      order[to] = moved
    }
  }
  return order
}
