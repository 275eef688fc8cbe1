/** Facts about UTF-8 bytes, found many bytes at a time. */
import { isUtf8 } from 'node:buffer'

/** Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7). */
export function isWellFormed(bytes: Uint8Array): boolean {
  return isUtf8(bytes)
}

/** Whether every byte is ASCII. */
export function isAscii(bytes: Uint8Array): boolean {
  return asciiUpTo(bytes, 0, bytes.length) === bytes.length
}

/** Offset of the first byte beyond ASCII, at or after `from`; `end` when there is none before it. */
export function asciiUpTo(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && ((bytes.byteOffset + at) & 3) !== 0) {
    if (bytes[at]! >= 0x80) return at
    at++
  }
  const count = (end - at) >> 2
  if (count > 0) {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset + at, count)
    const even = count & ~7
    let word = 0
    while (word < even && ((words[word]! | words[word + 1]! | words[word + 2]! | words[word + 3]! | words[word + 4]! | words[word + 5]! | words[word + 6]! | words[word + 7]!) & 0x80808080) === 0) word += 8
    while (word < count && (words[word]! & 0x80808080) === 0) word++
    at += word * 4
  }
  while (at < end && bytes[at]! < 0x80) at++
  return at
}

/** UTF-16 code units of the well-formed text from `start` to `end`. */
export function unitsOf(bytes: Uint8Array, start: number, end: number): number {
  let units = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    // Every byte but a continuation begins a character; one of four bytes is two UTF-16 units.
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
  }
  return units
}

/** Whether a byte is among the bytes. A word of four that has it becomes one with a zero byte, which a subtraction shows. */
export function hasByte(bytes: Uint8Array, byte: number): boolean {
  const from = (4 - (bytes.byteOffset & 3)) & 3
  const count = bytes.length > from ? (bytes.length - from) >> 2 : 0
  if (count > 0) {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + from, count)
    const pattern = Math.imul(byte, 0x01010101)
    for (let at = 0; at < count; at++) {
      const word = words[at]! ^ pattern
      if (((word - 0x01010101) & ~word & 0x80808080) !== 0) return true
    }
  }
  for (let at = 0; at < from && at < bytes.length; at++) if (bytes[at] === byte) return true
  for (let at = from + count * 4; at < bytes.length; at++) if (bytes[at] === byte) return true
  return false
}
