/** What texts look like, as far as it tells of losses: digits, zeros in front of them, exponents, lengths. Bits: see `loss/columns.ts`. */

const DIGITS: u32 = 1, NUMERIC: u32 = 2, ZERO_LED: u32 = 4, SCIENTIFIC: u32 = 8, IS_NUMBER: u32 = 16, ROUNDED: u32 = 32, EXACT: u32 = 64
/** Whole numbers from here on have 16 digits or more, of which a spreadsheet keeps 15. */
const FIRST_ROUNDED_LENGTH: u32 = 16, KEPT_DIGITS: u32 = 15
const LONGEST_NUMBER: u32 = 24
/** Smaller exponents are not how identifiers are spoilt. */
const LEAST_EXPONENT: u32 = 6
/** Kinds of values. */
const TEXT: u32 = 0, NUMBER: u32 = 1
const ZERO: u32 = 0x30, MINUS: u32 = 0x2d, PLUS: u32 = 0x2b, POINT: u32 = 0x2e, COMMA: u32 = 0x2c, E: u32 = 0x65, TO_LOWER: u32 = 0x20

/**
 * Writes the traits of `count` texts to `out`, a byte each, and returns all of them together. The texts stand end to end
 * at `bytes`; `starts` are words, the first of which stands for `bytes`; `kinds` are bytes, or 0 when all are texts.
 */
export function traits(bytes: usize, starts: usize, kinds: usize, count: u32, out: usize): u32 {
  let any: u32 = 0
  const first = load<u32>(starts)
  let start = bytes
  for (let at: u32 = 0; at < count; at++) {
    const end = bytes + load<u32>(starts + (((at + 1) as usize) << 2)) - first
    const kind: u32 = kinds === 0 ? TEXT : load<u8>(kinds + at)
    const found = kind === NUMBER ? numberTraits(start, end) : kind === TEXT ? textTraits(start, end) : 0
    store<u8>(out + at, found)
    any |= found
    start = end
  }
  return any
}

function numberTraits(start: usize, end: usize): u32 {
  const from = end > start && load<u8>(start) === MINUS ? start + 1 : start
  if (end === from || digitsFrom(from, end) !== end) return IS_NUMBER
  return IS_NUMBER | DIGITS | ((end - from) as u32 >= FIRST_ROUNDED_LENGTH ? ROUNDED : 0)
}

function textTraits(start: usize, end: usize): u32 {
  const length = (end - start) as u32
  if (length === 0 || length > LONGEST_NUMBER) return 0
  const first: u32 = load<u8>(start)
  // Most texts begin with neither a digit nor a sign: nothing more to ask.
  if (!isDigit(first) && first !== MINUS && first !== PLUS && first !== POINT) return 0
  const signed = first === MINUS || first === PLUS
  const from = signed ? start + 1 : start
  let at = digitsFrom(from, end)
  if (at === end) {
    if (at === from) return 0
    if (signed) return NUMERIC
    let found = DIGITS | NUMERIC
    if (first === ZERO && length > 1) found |= ZERO_LED
    if (first !== ZERO && length >= FIRST_ROUNDED_LENGTH) found |= zerosFrom(start + KEPT_DIGITS, end) ? ROUNDED : EXACT
    return found
  }
  const whole = at
  if (load<u8>(at) === POINT || load<u8>(at) === COMMA) {
    const decimals = ++at
    at = digitsFrom(at, end)
    if (at === end) return at > decimals ? NUMERIC : 0
    if (at === decimals) return 0
  }
  if ((load<u8>(at) | TO_LOWER) !== E || signed || whole !== start + 1) return 0
  const decimals = at > whole ? ((at - whole - 1) as u32) : 0
  return isSpoilt(at + 1, end, decimals) ? SCIENTIFIC : 0
}

/** Whether an exponent of one or two digits, with a plus sign or none, fills the rest and is more than the decimals hold. */
function isSpoilt(start: usize, end: usize, decimals: u32): bool {
  const from = start < end && load<u8>(start) === PLUS ? start + 1 : start
  if (end - from < 1 || end - from > 2 || digitsFrom(from, end) !== end) return false
  let exponent: u32 = 0
  for (let at = from; at < end; at++) exponent = exponent * 10 + load<u8>(at) - ZERO
  return exponent > decimals && exponent >= LEAST_EXPONENT
}

function isDigit(byte: u32): bool {
  return byte - ZERO <= 9
}

/** Where the digits end that begin at a place. */
function digitsFrom(start: usize, end: usize): usize {
  let at = start
  while (at < end && isDigit(load<u8>(at))) at++
  return at
}

function zerosFrom(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (load<u8>(at) !== ZERO) return false
  return true
}
