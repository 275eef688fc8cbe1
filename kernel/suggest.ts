/** "Did you mean": the known word that is closest to what was written. */

/**
 * Restricted Damerau-Levenshtein distance (insert, delete, replace, swap neighbours), in UTF-16 code units.
 * Damerau, "A technique for computer detection and correction of spelling errors", CACM 7(3), 1964.
 */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1)
      row.push(best)
    }
    before = previous
    previous = row
  }
  return previous[b.length]!
}

/** The closest of the known words, or undefined when none is close. Case, `-` and `_` hardly count. Ties go to the first. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll('-', '_')
  const written = plain(word.slice(0, 100))
  let best: string | undefined
  let least = Math.max(2, Math.floor(written.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(written, plain(candidate))
    if (distance < least && distance < candidate.length) {
      best = candidate
      least = distance
    }
  }
  if (best !== undefined) return best
  return known.find(candidate => written.length > 2 && (plain(candidate).startsWith(written) || (candidate.length > 2 && written.startsWith(plain(candidate)))))
}
