/** Did you mean: the known name that is closest to what was typed. */

/** Optimal string alignment distance (Damerau-Levenshtein without repeated edits): edits and swaps of neighbours. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row++) {
    const next = [row]
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1
      let best = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + cost)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) best = Math.min(best, before[column - 2]! + 1)
      next.push(best)
    }
    before = last
    last = next
  }
  return last[b.length]!
}

/**
 * The known name nearest to `name`, or undefined when none is near: at most one edit per three
 * characters, or the one is the beginning of the other. Ties go to the first in code unit order.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > 100) return undefined
  const wanted = name.toLowerCase()
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  let best: string | undefined
  let score = Infinity
  for (const candidate of [...known].sort()) {
    const other = candidate.toLowerCase()
    let edits = distance(wanted, other)
    if (edits > limit && wanted.length >= 3 && (other.startsWith(wanted) || wanted.startsWith(other))) edits = limit
    if (edits <= limit && edits < score) {
      best = candidate
      score = edits
    }
  }
  return best
}

/** `did you mean "x"?`, or the fallback when nothing is near. */
export function didYouMean(name: string, known: Iterable<string>, fallback = ''): string {
  const found = nearest(name, known)
  return found === undefined ? fallback : `did you mean "${found}"?`
}
