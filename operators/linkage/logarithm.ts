/**
 * Logarithm and power to base 2 from operations that every engine and processor gives alike: `Math.log` and `Math.pow`
 * are not among them. Good to about 1e-14; what is made of them is rounded before it is compared.
 */

const float = new Float64Array(1)
const bits = new Uint32Array(float.buffer)
// The constant of Math is as exact, but pure code keeps away from all of Math that is not arithmetic.
// oxlint-disable-next-line oxc/approx-constant
const LN2 = 0.6931471805599453

/** Logarithm to base 2 of a number greater than 0. */
export function log2(value: number): number {
  float[0] = value
  let exponent = ((bits[1]! >>> 20) & 0x7ff) - 1023
  bits[1] = (bits[1]! & 0x000fffff) | 0x3ff00000
  let mantissa = float[0]
  // oxlint-disable-next-line oxc/approx-constant
  if (mantissa > 1.4142135623730951) {
    mantissa /= 2
    exponent++
  }
  // ln((1 + s) / (1 - s)) = 2 (s + s³/3 + s⁵/5 + …), with |s| < 0.172.
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let sum = 0
  for (let odd = 21; odd >= 1; odd -= 2) sum = sum * square + 1 / odd
  return exponent + (2 * s * sum) / LN2
}

/** 2 to the power of a number between -1000 and 1000. */
export function exp2(power: number): number {
  const whole = Math.floor(power)
  const rest = (power - whole) * LN2
  let sum = 1
  for (let term = 18; term >= 1; term--) sum = 1 + (sum * rest) / term
  let scale = 1
  for (let left = Math.abs(whole), factor = whole < 0 ? 0.5 : 2; left > 0; left >>= 1, factor *= factor) if ((left & 1) === 1) scale *= factor
  return sum * scale
}
