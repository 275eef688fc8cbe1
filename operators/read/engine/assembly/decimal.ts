/** Decimal numbers to doubles and back, exactly. */

/** Powers of ten that a double holds exactly, and those that a word holds. */
const TENS = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22])
const WORD_TENS = memory.data<u64>([1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000])
const EXACT_BELOW: u64 = 1 << 53

function ten(power: u32): f64 {
  return load<f64>(TENS + ((power as usize) << 3))
}

/** The double that is nearest to `mantissa` times ten to a power; NaN when it takes more than this to tell. */
export function decimalNumber(mantissa: u64, power: i32): f64 {
  if (mantissa === 0) return 0
  if (mantissa < EXACT_BELOW) {
    // Both are exact, so their quotient, or a product that is exact, is what the decimal text means.
    if (power === 0) return mantissa as f64
    if (power < 0 && power >= -22) return (mantissa as f64) / ten(-power)
    if (power > 0 && power <= 15) {
      const product = (mantissa as f64) * ten(power)
      if (product < (EXACT_BELOW as f64)) return product
    }
  }
  return power <= 0 && power >= -19 ? quotient(mantissa, load<u64>(WORD_TENS + ((-power as usize) << 3))) : NaN
}

/** The double that is nearest to the quotient of two words, by long division to two bits more than it has. */
function quotient(dividend: u64, divisor: u64): f64 {
  const shift = (clz(divisor) as i32) - (clz(dividend) as i32)
  const by = divisor << clz(divisor)
  let rest = dividend << clz(dividend)
  let digits: u64 = 0
  let more: i32 = 55
  if (rest >= by) {
    digits = 1
    rest -= by
    more = 54
  }
  for (let step = 0; step < more; step++) {
    const carried = rest >> 63 !== 0
    rest <<= 1
    digits <<= 1
    if (carried || rest >= by) {
      rest -= by
      digits |= 1
    }
  }
  const below = digits & 3
  digits >>= 2
  if (below === 3 || (below === 2 && (rest !== 0 || (digits & 1) !== 0))) digits++
  return (digits as f64) * reinterpret<f64>(((1023 + shift - more + 2) as u64) << 52)
}

/** Digits of which one number is as good as any other that a double is nearest to. */
const MOST: f64 = 1e15
/** Numbers closer to zero are written otherwise. */
const LEAST: f64 = 1e-6
const MOST_DECIMALS: u32 = 9
const MINUS: u8 = 0x2d, POINT: u8 = 0x2e, ZERO: u8 = 0x30
/** Bytes that `writeDecimal` needs at most. */
export const DECIMAL_ROOM: u32 = 24

/**
 * Writes the shortest exact decimal text of a number, and returns its length; 0 when that takes more than this to tell.
 * Decimal numbers of few digits are told by their quotient: a double is nearest to one of 15 digits or less at most, so that
 * one, without zeros at its end, is the shortest.
 */
export function writeDecimal(value: f64, to: usize): u32 {
  const size = abs(value)
  if (size >= MOST || (size < LEAST && size !== 0) || size !== size) return 0
  let decimals: u32 = 0
  let digits = size
  if (floor(size) !== size) {
    for (;;) {
      if (++decimals > MOST_DECIMALS) return 0
      digits = floor(size * ten(decimals) + 0.5)
      if (digits >= MOST) return 0
      if (digits / ten(decimals) === size) break
    }
  }
  let out = to
  if (value < 0) store<u8>(out++, MINUS)
  let rest = digits as u64
  let count: u32 = 1
  while (count < 16 && rest >= load<u64>(WORD_TENS + ((count as usize) << 3))) count++
  if (count <= decimals) count = decimals + 1
  let at = out + count + (decimals > 0 ? 1 : 0)
  const length = (at - to) as u32
  for (let left = count; left > 0; left--) {
    if (decimals > 0 && count - left === decimals) store<u8>(--at, POINT)
    const tens = rest / 10
    store<u8>(--at, ZERO + ((rest - tens * 10) as u8))
    rest = tens
  }
  return length
}
