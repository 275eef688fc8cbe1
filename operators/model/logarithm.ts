/**
 * The natural logarithm from operations that every engine and processor rounds alike (IEEE 754 `+ - * /`): Math.log
 * differs between them in the last digit.
 *
 * Method: fdlibm `__ieee754_log` (Sun Microsystems, 1993): x = 2^k (1 + f) with sqrt(2)/2 < 1 + f < sqrt(2), and
 * log(1 + f) = f - f²/2 + s (f²/2 + R(s²)) with s = f / (2 + f). The error is below one unit in the last place.
 */
const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10
const LN2 = LN2_HIGH + LN2_LOW
const L1 = 6.666666666666735130e-1
const L2 = 3.999999999940941908e-1
const L3 = 2.857142874366239149e-1
const L4 = 2.222219843214978396e-1
const L5 = 1.818357216161805012e-1
const L6 = 1.531383769920937332e-1
const L7 = 1.479819860511658591e-1
const TWO_54 = 18_014_398_509_481_984

const view = new DataView(new ArrayBuffer(8))

/** The natural logarithm of a number: NaN below zero, -Infinity at zero. */
export function ln(x: number): number {
  if (x !== x || x < 0) return Number.NaN
  if (x === 0) return -Infinity
  if (x === Infinity) return x
  let k = 0
  let value = x
  // The least normal number: below it the exponent says nothing.
  if (x < 2.2250738585072014e-308) {
    k = -54
    value = x * TWO_54
  }
  view.setFloat64(0, value)
  const high = view.getUint32(0)
  k += (high >>> 20) - 1023
  const mantissa = high & 0x000fffff
  // Half way up, by the square root of two, the next power is nearer.
  const carry = (mantissa + 0x95f64) & 0x100000
  view.setUint32(0, mantissa | (carry ^ 0x3ff00000))
  k += carry >>> 20
  const f = view.getFloat64(0) - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (L2 + w * (L4 + w * L6))
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)))
  const half = 0.5 * f * f
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f)
}

/** The logarithm with base 2. */
export function log2(x: number): number {
  return ln(x) / LN2
}
