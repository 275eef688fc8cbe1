/** Hashes of texts, eight bytes at a time. Both read up to seven bytes behind the end, which they leave out. */

/** Odd, and its bits look like those of chance: the fraction of the golden ratio. */
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15

/** A fast one, after MurmurHash2 (A. Appleby, public domain). It can be made to collide: who fears that takes `keyedHash`. */
export function fastHash(start: usize, length: u32): u32 {
  let hash = (length as u64) * MULTIPLIER
  let at = start
  let left = length
  for (; left >= 8; left -= 8, at += 8) {
    hash = (hash ^ load<u64>(at)) * MULTIPLIER
    hash ^= hash >> 32
  }
  if (left > 0) {
    hash = (hash ^ (load<u64>(at) & lowBytes(left))) * MULTIPLIER
    hash ^= hash >> 32
  }
  return (hash ^ (hash >> 15)) as u32
}

/** A word whose lowest bytes, 1 to 7, are all ones. */
export function lowBytes(count: u32): u64 {
  return ((1 as u64) << ((count as u64) << 3)) - 1
}

/** SipHash-1-3 (J.-P. Aumasson, D. J. Bernstein, 2012) under a key of two words; its lower half. */
export function keyedHash(start: usize, length: u32, first: u64, second: u64): u32 {
  let a = first ^ 0x736f_6d65_7073_6575
  let b = second ^ 0x646f_7261_6e64_6f6d
  let c = first ^ 0x6c79_6765_6e65_7261
  let d = second ^ 0x7465_6462_7974_6573
  let at = start
  let left = length
  for (;;) {
    const last = left < 8
    const word = last ? (left === 0 ? 0 : load<u64>(at) & lowBytes(left)) | ((length as u64) << 56) : load<u64>(at)
    d ^= word
    a += b; b = rotl(b, 13) ^ a; a = rotl(a, 32); c += d; d = rotl(d, 16) ^ c; a += d; d = rotl(d, 21) ^ a; c += b; b = rotl(b, 17) ^ c; c = rotl(c, 32)
    a ^= word
    if (last) break
    at += 8
    left -= 8
  }
  c ^= 0xff
  for (let round = 0; round < 3; round++) {
    a += b; b = rotl(b, 13) ^ a; a = rotl(a, 32); c += d; d = rotl(d, 16) ^ c; a += d; d = rotl(d, 21) ^ a; c += b; b = rotl(b, 17) ^ c; c = rotl(c, 32)
  }
  return (a ^ b ^ c ^ d) as u32
}
