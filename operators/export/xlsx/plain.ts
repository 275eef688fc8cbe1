/** Tells by its bytes alone that a value goes into a sheet just as it is. What it cannot tell so is looked at as a text. */

/** Of one byte: nothing to say of it; always something; only at an end of the value, or twice in a row. */
const FREE = 0
const MARKED = 1
const SPACE = 2
const WIDE = 3
const CLASS = new Uint8Array(256)
for (let byte = 0; byte < 0x20; byte++) CLASS[byte] = MARKED
// Markup, `_xHHHH_`, and the characters U+FEFF, U+FFFE, U+FFFF and full-width signs.
for (const byte of [0x26, 0x3c, 0x3e, 0x22, 0x5f, 0xef]) CLASS[byte] = MARKED
CLASS[0x20] = SPACE
// Leads of the spaces beyond ASCII: U+00A0, U+1680, U+2000 to U+205F, U+3000.
for (const byte of [0xc2, 0xe1, 0xe2, 0xe3]) CLASS[byte] = WIDE

/** Begins what a spreadsheet takes for a formula; or may, with what follows. */
const FORMULA = new Uint8Array(256)
for (const byte of [0x3d, 0x2b, 0x2d, 0x40, 0x7c, 0x25, 0x3b]) FORMULA[byte] = 1
for (const byte of [0x27, 0x7b]) FORMULA[byte] = 2

/** More bytes than this may be more characters than a cell takes. */
const LONGEST = 32_767

/** 1 for plain text, 2 for plain text that begins like a formula, 0 when it has to be looked at. */
export function plainText(bytes: Uint8Array, from: number, to: number): 0 | 1 | 2 {
  if (from === to || to - from > LONGEST) return 0
  const first = bytes[from]!
  if (FORMULA[first] === 2 || CLASS[first] !== FREE) return 0
  let wide = false
  let before = FREE
  for (let at = from + 1; at < to; at++) {
    const kind = CLASS[bytes[at]!]!
    if (kind !== FREE) {
      if (kind === MARKED || (kind === SPACE && before === SPACE)) return 0
      if (kind === WIDE) wide = true
    }
    before = kind
  }
  if (before === SPACE || (wide && bytes[to - 1]! >= 0x80)) return 0
  return FORMULA[first] === 1 ? 2 : 1
}

const DIGITS = 15
const ZERO = 0x30

/** 1 for a decimal that a double holds and writes just so, 0 when it has to be looked at. */
export function plainNumber(bytes: Uint8Array, from: number, to: number): 0 | 1 {
  let at = bytes[from] === 0x2d ? from + 1 : from
  const whole = at
  while (at < to && isDigit(bytes[at]!)) at++
  // Small fractions are written with an exponent, and a zero may have a sign.
  if (at === whole || at - whole > DIGITS || bytes[whole] === ZERO) return whole === from && to - from === 1 && bytes[from] === ZERO ? 1 : 0
  if (at === to) return 1
  if (bytes[at] !== 0x2e || to - whole - 1 > DIGITS || bytes[to - 1] === ZERO) return 0
  const fraction = ++at
  while (at < to && isDigit(bytes[at]!)) at++
  return at === to && at > fraction ? 1 : 0
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39
}
