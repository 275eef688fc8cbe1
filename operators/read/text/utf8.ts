/** Well-formedness of UTF-8 (Unicode 15, table 3-7). */

/** The highest bit of each byte of a word. */
const HIGH = 0x80808080

/** Offset of the first byte that is not UTF-8, at or after `from`; -1 when there is none. */
export function utf8Fault(bytes: Uint8Array, from = 0, end = bytes.length): number {
  let at = from
  // Runs of ASCII are skipped in words of four bytes: most text is one.
  const shift = (4 - (bytes.byteOffset & 3)) & 3
  // Behind the last bytes of a buffer there is no place for a view, be it of nothing.
  const words = bytes.length > shift ? new Uint32Array(bytes.buffer, bytes.byteOffset + shift, (bytes.length - shift) >> 2) : new Uint32Array(0)
  const last = (end - shift) >> 2
  while (at < end) {
    const first = bytes[at]!
    if (first < 0x80) {
      at++
      if (((at - shift) & 3) === 0 && at >= shift) {
        let word = (at - shift) >> 2
        while (word + 4 <= last && ((words[word]! | words[word + 1]! | words[word + 2]! | words[word + 3]!) & HIGH) === 0) word += 4
        while (word < last && (words[word]! & HIGH) === 0) word++
        at = word * 4 + shift
      }
      continue
    }
    if (first < 0xc2 || first > 0xf4) return at
    const second = at + 1 < end ? bytes[at + 1]! : 0
    if (first < 0xe0) {
      if ((second & 0xc0) !== 0x80) return at
      at += 2
      continue
    }
    const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
    const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
    if (second < low || second > high) return at
    if (at + 2 >= end || (bytes[at + 2]! & 0xc0) !== 0x80) return at
    if (first < 0xf0) {
      at += 3
      continue
    }
    if (at + 3 >= end || (bytes[at + 3]! & 0xc0) !== 0x80) return at
    at += 4
  }
  return -1
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** The bytes with everything that is not UTF-8 replaced by U+FFFD; the same array when all of it is. */
export function repairUtf8(bytes: Uint8Array): Uint8Array {
  return utf8Fault(bytes) === -1 ? bytes : encoder.encode(lenient.decode(bytes))
}
