/** Numbers as texts of a column. */
import { plainDecimal } from '../cells/number-text.ts'
import type { TextArena } from './text-arena.ts'

/** Adds the shortest exact decimal text of a number. */
export function addNumber(arena: TextArena, value: number): void {
  if (value >= 0 && value < 0x7fffffff && (value | 0) === value) arena.addDigits(value)
  else arena.addText(plainDecimal(value))
}
