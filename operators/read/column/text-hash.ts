/** The hash of texts: a byte at a time, so that whoever looks for a text's end can make it on the way (FNV-1a, G. Fowler, L. C. Noll, P. Vo, public domain). */

/** What a hash begins with. */
export const SEED = 0x811c9dc5 | 0
/** What is multiplied with after each byte: `hash = Math.imul(hash ^ byte, PRIME)`. */
export const PRIME = 0x01000193

/** The hash when all bytes are in: its high bits, which know more of the text, come down (after MurmurHash3, A. Appleby, public domain). */
export function finished(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}

/** The hash over the bytes from `start` to `end`. */
export function hashOf(view: DataView, start: number, end: number): number {
  let hash = SEED
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), PRIME)
  return finished(hash)
}
