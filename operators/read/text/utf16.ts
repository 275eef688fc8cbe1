/** UTF-16 to UTF-8. */
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-16le', { ignoreBOM: true })
const PIECE = 1 << 22

/**
 * UTF-8 of UTF-16 bytes from `from` on, without a byte order mark. Lone surrogates become U+FFFD. An odd last byte is
 * left out: the caller checks for one.
 */
export function utf8FromUtf16(bytes: Uint8Array, bigEndian: boolean, from = 0): Uint8Array {
  const length = (bytes.length - from) & ~1
  let units = bytes.subarray(from, from + length)
  if (bigEndian) {
    const swapped = new Uint8Array(length)
    for (let at = 0; at < length; at += 2) {
      swapped[at] = units[at + 1]!
      swapped[at + 1] = units[at]!
    }
    units = swapped
  }
  // A string has a longest length, a file may be longer: decoded piece by piece, with the state kept between them.
  const stream = length > PIECE ? new TextDecoder('utf-16le', { ignoreBOM: true }) : null
  if (stream === null) return encoder.encode(decoder.decode(units))
  const pieces: Uint8Array[] = []
  let total = 0
  for (let at = 0; at < length; at += PIECE) {
    const piece = encoder.encode(stream.decode(units.subarray(at, at + PIECE), { stream: at + PIECE < length }))
    pieces.push(piece)
    total += piece.length
  }
  const out = new Uint8Array(total)
  let at = 0
  for (const piece of pieces) {
    out.set(piece, at)
    at += piece.length
  }
  return out
}
