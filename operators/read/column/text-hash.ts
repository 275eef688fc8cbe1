/**
 * The hash of texts, a word of four bytes at a time (after MurmurHash3, A. Appleby, public domain): whoever looks for a
 * text's end in words can make it on the way. `hash = step(hash, word)` for each whole word, once more for the bytes that
 * are left, zeros behind them, and `finished`.
 */

/** What a hash begins with. */
export const SEED = 0x811c9dc5 | 0
/** What `step` multiplies with. */
export const MULTIPLIER = 0x85ebca6b | 0

/** A word into the hash: a multiplication, with the high bits brought down. */
export function step(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, MULTIPLIER)
  return product ^ (product >>> 15)
}

/** The hash when all bytes are in. */
export function finished(hash: number, length: number): number {
  const product = Math.imul(hash ^ length, 0xc2b2ae35 | 0)
  return product ^ (product >>> 16)
}

/** The hash over the bytes from `start` to `end`. */
export function hashOf(view: DataView, start: number, end: number): number {
  let hash = SEED
  let at = start
  for (const last = end - 3; at < last; at += 4) hash = step(hash, view.getInt32(at, true))
  let tail = 0
  for (let shift = 0; at < end; at++, shift += 8) tail |= view.getUint8(at) << shift
  return finished(step(hash, tail), end - start)
}
