/**
 * Where and how a thing is reached is shared by its neighbours: among different things the town agrees where the postcode
 * does, and the telephone where the address does. What two such comparisons both say is counted once. The dependences form
 * the most informative tree (C. Chow and C. Liu, 1968).
 */
import { exp2, log2 } from '../logarithm.ts'
import { robustWeight, weighed, type Dependence, type Estimate, type PatternCounts } from './em.ts'

/** Bits of information per pair from which a dependence is taken up. */
const LEAST = 1e-5

/** What is counted twice of the weights of two levels. Agreement in both never weighs less than in one of them. */
export function twice(lift: number, weightX: number, weightY: number): number {
  return Math.max(0, Math.min(lift, weightX, weightY))
}

/** The lift of two comparisons, with the information that one has of the other; `joint` is by level of `x`, then of `y`. */
function liftOf(joint: Float64Array, wide: number, high: number): { readonly lift: readonly (readonly number[])[]; readonly information: number } {
  let all = 0
  for (const share of joint) all += share
  const rows = new Float64Array(wide)
  const columns = new Float64Array(high)
  joint.forEach((share, at) => {
    rows[Math.floor(at / high)]! += share / all
    columns[at % high]! += share / all
  })
  let information = 0
  const soFar = new Float64Array(high)
  let rowsSoFar = 0
  const lift = Array.from(rows, (row, at) => {
    rowsSoFar += row
    let inRow = 0
    let columnsSoFar = 0
    return Array.from(columns, (column, k) => {
      const share = joint[at * high + k]! / all
      if (share > 0) information += share * log2(share / (row * column))
      inRow += share
      soFar[k]! += inRow
      columnsSoFar += column
      const chance = rowsSoFar * columnsSoFar
      return soFar[k]! <= chance || chance === 0 ? 0 : log2(soFar[k]! / chance)
    })
  })
  return { lift, information: all === 0 ? 0 : information }
}

/**
 * Dependences of the pairs of comparisons in `among`, under the model `found`. Which pairs do not match is told by the other
 * comparisons alone while `before` is null: two that agree together would else vouch for each other. Then the model that
 * knows of the dependences tells it.
 */
export function dependencesOf(patterns: PatternCounts, sizes: readonly number[], found: Pick<Estimate, 'm' | 'u' | 'lambda'>, among: readonly (readonly [number, number])[], before: readonly Dependence[] | null): Dependence[] {
  const { width, levels, counts } = patterns
  const weights = found.m.map((row, at) => row.map((share, level) => robustWeight(share, found.u[at]![level]!)))
  const whole = weighed(patterns, weights, log2(found.lambda / (1 - found.lambda)), before ?? [])
  const edges: (Dependence & { readonly information: number })[] = []
  for (const [x, y] of among) {
    const joint = new Float64Array(sizes[x]! * sizes[y]!)
    for (let pattern = 0; pattern < counts.length; pattern++) {
      const [lx, ly] = [levels[pattern * width + x]!, levels[pattern * width + y]!]
      if (lx === 0 || ly === 0) continue
      const weight = whole[pattern]! - (before === null ? weights[x]![lx - 1]! + weights[y]![ly - 1]! : 0)
      joint[(lx - 1) * sizes[y]! + ly - 1]! += counts[pattern]! * (weight > 60 ? 0 : weight < -60 ? 1 : 1 / (1 + exp2(weight)))
    }
    const { lift, information } = liftOf(joint, sizes[x]!, sizes[y]!)
    if (information >= LEAST) edges.push({ x, y, lift, information })
  }
  return tree(edges, width)
}

/** The edges of the most informative tree; ties go to the first comparisons. */
function tree(edges: (Dependence & { readonly information: number })[], width: number): Dependence[] {
  const root = Array.from({ length: width }, (_, at) => at)
  const find = (at: number): number => (root[at] === at ? at : find(root[at]!))
  return edges.sort((a, b) => b.information - a.information || a.x - b.x || a.y - b.y).flatMap(({ x, y, lift }) => {
    const [one, other] = [find(x), find(y)]
    if (one === other) return []
    root[one] = other
    return [{ x, y, lift }]
  })
}
