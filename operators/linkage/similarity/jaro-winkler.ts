/**
 * Similarity of two short texts after M. Jaro (1989) and W. Winkler (1990), 0 to 1. The characters in common are found
 * with one bit per position, as in RapidFuzz; texts count up to their 32nd character.
 */

const LONGEST = 32
/** By character: the positions at which it stands in the first text. Cleared after use. */
const positions = new Uint32Array(65536)

export function jaroWinkler(first: string, second: string): number {
  if (first === second) return 1
  const a = Math.min(first.length, LONGEST)
  const b = Math.min(second.length, LONGEST)
  if (a === 0 || b === 0) return 0
  for (let at = 0; at < a; at++) positions[first.charCodeAt(at)]! |= 1 << at
  const reach = Math.max(0, (Math.max(a, b) >> 1) - 1)
  let window = reach >= 31 ? 0xffffffff : (2 << reach) - 1
  let taken = 0
  let matched = 0
  let common = 0
  for (let at = 0; at < b; at++) {
    const free = positions[second.charCodeAt(at)]! & window & ~taken
    if (free !== 0) {
      taken |= free & -free
      matched |= 1 << at
      common++
    }
    window = at < reach ? (window << 1) | 1 : window << 1
  }
  let moved = 0
  for (let left = taken, at = 0; at < b && left !== 0; at++) {
    if ((matched & (1 << at)) === 0) continue
    const lowest = left & -left
    if ((positions[second.charCodeAt(at)]! & lowest) === 0) moved++
    left ^= lowest
  }
  for (let at = 0; at < a; at++) positions[first.charCodeAt(at)] = 0
  if (common === 0) return 0
  const jaro = (common / a + common / b + (common - (moved >> 1)) / common) / 3
  let prefix = 0
  while (prefix < 4 && prefix < a && prefix < b && first.charCodeAt(prefix) === second.charCodeAt(prefix)) prefix++
  return jaro > 0.7 ? jaro + prefix * 0.1 * (1 - jaro) : jaro
}
