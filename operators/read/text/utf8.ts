/** Well-formedness of UTF-8 (Unicode 15, table 3-7). */
import { isWellFormed } from '../../../kernel/artifact/utf8.ts'

/** Bytes that are looked at sooner than another is asked to. */
const FEW = 16

/** Offset of the first byte that is not UTF-8, at or after `from`; -1 when there is none. */
export function utf8Fault(bytes: Uint8Array, from = 0, end = bytes.length): number {
  if (end - from > FEW && isWellFormed(bytes.subarray(from, end))) return -1
  let at = from
  while (at < end) {
    const first = bytes[at]!
    if (first < 0x80) {
      at++
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
