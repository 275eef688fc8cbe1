/** How far two spreads of the same bins lie apart. Both are shares that add up to 1. */
import { ln, log2 } from '../model/logarithm.ts'

/** What a bin without a value counts as, so that the index stays finite. */
const LEAST = 0.0001

/**
 * Population stability index: the sum of (now - before) ln(now / before). Below 0.1 little moved, above 0.2 much did
 * (Siddiqi, "Credit Risk Scorecards", 2006).
 */
export function stabilityIndex(now: readonly number[], before: readonly number[]): number {
  let sum = 0
  for (let bin = 0; bin < now.length; bin++) {
    const [a, b] = [Math.max(now[bin]!, LEAST), Math.max(before[bin]!, LEAST)]
    sum += (a - b) * ln(a / b)
  }
  return sum
}

/** Jensen–Shannon distance with base 2, from 0 (alike) to 1 (nothing in common): the root of the divergence (Lin 1991; Endres & Schindelin 2003). */
export function jensenShannon(now: readonly number[], before: readonly number[]): number {
  let sum = 0
  for (let bin = 0; bin < now.length; bin++) {
    const [a, b] = [now[bin]!, before[bin]!]
    const middle = (a + b) / 2
    if (a > 0) sum += a * log2(a / middle)
    if (b > 0) sum += b * log2(b / middle)
  }
  return Math.sqrt(Math.max(0, sum / 2))
}
