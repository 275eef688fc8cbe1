/**
 * Expectation–maximisation for the Fellegi–Sunter model without labels (Winkler 1988): what share of matches and of
 * others has each level of each comparison. Patterns are weighted by how many pairs have them; sums run in their order.
 */
import { exp2, log2 } from '../logarithm.ts'
import type { FixedLevels } from '../stages.ts'

export interface PatternCounts {
  readonly width: number
  /** Levels, pattern by pattern; 0 is unknown. */
  readonly levels: Uint8Array
  readonly counts: Float64Array
}

/**
 * Comparisons `x` < `y`. `lift[levelX - 1][levelY - 1]`: how much more often than by chance both are at least as good as
 * these levels among pairs that do not match, as a logarithm to base 2, at least 0.
 */
export interface Dependence {
  readonly x: number
  readonly y: number
  readonly lift: readonly (readonly number[])[]
}

export interface Estimate {
  /** By comparison, by level - 1. */
  readonly m: readonly (readonly number[])[]
  readonly u: readonly (readonly number[])[]
  /** Share of the pairs given that match. */
  readonly lambda: number
  readonly iterations: number
  readonly converged: boolean
}

const SMOOTH = 0.5
/** Shares of pairs that are misjudged whatever the model says: errors that make matches differ, and chance or shared values that make others agree. */
const MATCH_ERROR = 0.02
const OTHER_ERROR = 0.000005

/** The weight of a level, with both shares mixed with a little of the other, so that no single comparison decides alone. */
export function robustWeight(m: number, u: number): number {
  return log2((m * (1 - MATCH_ERROR) + u * MATCH_ERROR) / (u * (1 - OTHER_ERROR) + m * OTHER_ERROR))
}
const ROUNDS = 100

/** By pattern: the weight in bits, prior included. */
export function weighed({ width, levels, counts }: PatternCounts, weights: readonly (readonly number[])[], prior: number, dependences: readonly Dependence[]): Float64Array {
  const whole = new Float64Array(counts.length).fill(prior)
  for (let pattern = 0; pattern < counts.length; pattern++) {
    const from = pattern * width
    for (let at = 0; at < width; at++) if (levels[from + at] !== 0) whole[pattern]! += weights[at]![levels[from + at]! - 1]!
    for (const { x, y, lift } of dependences) {
      const [lx, ly] = [levels[from + x]!, levels[from + y]!]
      if (lx !== 0 && ly !== 0) whole[pattern]! -= lift[lx - 1]![ly - 1]!
    }
  }
  return whole
}

export interface EmOptions {
  readonly sizes: readonly number[]
  readonly start: { readonly m: readonly (readonly number[])[]; readonly u: readonly (readonly number[])[]; readonly lambda: number }
  /** Agreement is no rarer among others than by chance: `start.u` is the least that `u` may be. */
  readonly chance: boolean
  readonly dependences?: readonly Dependence[] | undefined
  /** By comparison: shares that are given and not estimated; `start` holds them too. */
  readonly fixed?: readonly (Pick<FixedLevels, 'm' | 'u'> | undefined)[] | undefined
}

export function estimate({ width, levels, counts }: PatternCounts, { sizes, start, chance, dependences = [], fixed = [] }: EmOptions): Estimate {
  let m = start.m.map(row => [...row])
  let u = start.u.map(row => [...row])
  let { lambda } = start
  const patterns = counts.length
  let converged = false
  let round = 0
  for (; round < ROUNDS && !converged; round++) {
    const weight = m.map((row, at) => row.map((share, level) => robustWeight(share, u[at]![level]!)))
    const whole = weighed({ width, levels, counts }, weight, log2(lambda / (1 - lambda)), dependences)
    const sumM = sizes.map(size => new Float64Array(size))
    const sumU = sizes.map(size => new Float64Array(size))
    let matches = 0
    let total = 0
    for (let pattern = 0; pattern < patterns; pattern++) {
      const w = whole[pattern]!
      const p = w > 60 ? 1 : w < -60 ? 0 : 1 - 1 / (1 + exp2(w))
      const count = counts[pattern]!
      matches += p * count
      total += count
      for (let at = 0; at < width; at++) {
        const level = levels[pattern * width + at]!
        if (level === 0) continue
        sumM[at]![level - 1]! += p * count
        sumU[at]![level - 1]! += (1 - p) * count
      }
    }
    const next = (sums: Float64Array, base: readonly number[]): number[] => {
      let all = 0
      for (const sum of sums) all += sum
      return Array.from(sums, (sum, level) => (sum + SMOOTH * base[level]! * sums.length) / (all + SMOOTH * sums.length))
    }
    const freshLambda = Math.min(0.999999, Math.max(1e-9, matches / total))
    const freshM = sumM.map((sums, at) => (fixed[at]?.m === undefined ? next(sums, start.m[at]!) : [...start.m[at]!]))
    const freshU = sumU.map((sums, at) => {
      if (fixed[at]?.u !== undefined) return [...start.u[at]!]
      const shares = next(sums, start.u[at]!)
      // Among pairs that came together by chance are matches too, which in a small file is many.
      return chance ? atLeast(shares, start.u[at]!.map((share, level) => (share - freshLambda * freshM[at]![level]!) / (1 - freshLambda))) : shares
    })
    let moved = Math.abs(freshLambda - lambda)
    freshM.forEach((row, at) => row.forEach((share, level) => void (moved = Math.max(moved, Math.abs(share - m[at]![level]!)))))
    m = freshM
    u = freshU
    lambda = freshLambda
    converged = moved < 1e-5
  }
  return { m, u, lambda, iterations: round, converged }
}

/** Shares raised to the least they may be; what is over is taken from the last level, disagreement. */
function atLeast(shares: readonly number[], least: readonly number[]): number[] {
  const raised = shares.map((share, level) => (level < shares.length - 1 ? Math.max(share, least[level]!) : share))
  const all = raised.reduce((sum, share) => sum + share, 0)
  return raised.map(share => share / all)
}
