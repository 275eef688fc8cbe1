/** Numbers as texts of a column. */
import { plainDecimal } from '../cells/number-text.ts'
import type { TextArena } from './text-arena.ts'

const LARGEST = 0x7fffffff

/**
 * Adds the shortest exact decimal text of a number. Decimal numbers of few digits are told by their quotient: a double is
 * nearest to one of 15 digits or less at most, so that one, without zeros at its end, is the shortest.
 */
export function addNumber(arena: TextArena, value: number): void {
  if (value >= 0 && value <= LARGEST) {
    if ((value | 0) === value) return arena.addDigits(value, 0)
    let decimals = 1
    for (let power = 10; power <= 1e4; power *= 10, decimals++) {
      const digits = Math.round(value * power)
      if (digits > LARGEST) break
      if (digits / power === value) return arena.addDigits(digits, decimals)
    }
  }
  arena.addText(plainDecimal(value))
}
