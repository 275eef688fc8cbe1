/** Check digits of the numbers that name a person or an account. All take plain digits. */

/** Luhn, ISO/IEC 7812-1 annex B: payment cards, South African and Swedish identity numbers. */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    let digit = digits.charCodeAt(digits.length - 1 - at) - 48
    if (at % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2
    sum += digit
  }
  return sum % 10 === 0
}

/** Remainder of a decimal number of any length. */
export function remainder(digits: string, modulus: number): number {
  let rest = 0
  for (let at = 0; at < digits.length; at++) rest = (rest * 10 + digits.charCodeAt(at) - 48) % modulus
  return rest
}

/** Sum of the digits, each times its weight. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (digits.charCodeAt(at) - 48), 0)
}

/** ISO 7064 MOD 97-10 over letters and digits, the first four moved to the end: IBAN (ISO 13616). */
export function mod97(text: string): boolean {
  const moved = text.slice(4) + text.slice(0, 4)
  let digits = ''
  for (let at = 0; at < moved.length; at++) {
    const code = moved.charCodeAt(at)
    digits += code >= 65 ? String(code - 55) : moved[at]!
  }
  return remainder(digits, 97) === 1
}

const TIMES = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678', '5987604321', '6598710432', '7659821043', '8765932104', '9876543210']
const PERMUTED = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258']

/** Verhoeff, over the dihedral group of order ten: India's Aadhaar. */
export function verhoeff(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) sum = Number(TIMES[sum]![Number(PERMUTED[at % 8]![digits.charCodeAt(digits.length - 1 - at) - 48])])
  return sum === 0
}

/** ISO 7064 MOD 11,10: Germany's tax identification number. */
export function mod1110(digits: string): boolean {
  let product = 10
  for (let at = 0; at < digits.length - 1; at++) {
    const sum = (digits.charCodeAt(at) - 48 + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === digits.charCodeAt(digits.length - 1) - 48
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether month and day exist in some year. */
export function isDay(month: number, day: number): boolean {
  return day >= 1 && day <= (DAYS[month - 1] ?? 0)
}
