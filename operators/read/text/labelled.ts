/** Encodings that the runtime decodes by their label (encoding.spec.whatwg.org, 4.2). */
const encoder = new TextEncoder()
const PIECE = 1 << 22

/** UTF-8 of bytes in an encoding. What the encoding does not know becomes U+FFFD. Throws RangeError for a label that the runtime lacks. */
export function utf8FromLabelled(bytes: Uint8Array, label: string): Uint8Array {
  // A string has a longest length, a file may be longer: decoded piece by piece, with the state kept between them.
  const decoder = new TextDecoder(label, { ignoreBOM: true })
  const pieces: Uint8Array[] = []
  let total = 0
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = encoder.encode(decoder.decode(bytes.subarray(at, at + PIECE), { stream: at + PIECE < bytes.length }))
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

/** How many characters of UTF-8 text are U+FFFD, and how many are beyond ASCII. */
export function replacedIn(text: Uint8Array): { readonly replaced: number; readonly beyond: number } {
  let replaced = 0
  let beyond = 0
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]!
    if (byte < 0xc0) continue
    beyond++
    if (byte === 0xef && text[at + 1] === 0xbf && text[at + 2] === 0xbd) replaced++
  }
  return { replaced, beyond }
}
