/** The operator `linkage.estimate`: the model, from the candidate pairs alone. */
import { integersOf, tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { prepare } from '../block/plan.ts'
import { createPatterns } from '../compare/patterns.ts'
import { mayAgreeTogether } from '../fields/contact.ts'
import { exp2, log2 } from '../logarithm.ts'
import type { LinkModel, LinkPairsMeta, LinkPlan, LinkRecordsMeta } from '../stages.ts'
import { dependencesOf, twice } from './dependence.ts'
import { FEW, usualShares } from './usual.ts'
import { estimate, robustWeight, type Dependence, type Estimate, type PatternCounts } from './em.ts'

/** Patterns of all parts, each once, with the number of its pairs. Those of equal records count `equal` each. */
function gathered(parts: readonly Frame<LinkPairsMeta>[], width: number, equal: number): { readonly levels: Uint8Array; readonly counts: Float64Array } {
  const all = createPatterns(width)
  const counts: number[] = []
  const levels = new Uint8Array(width)
  for (const part of parts) {
    const patterns = tableOf(part, 'patterns')
    const columns = patterns.integers.map(({ data }) => data)
    const translated = Uint32Array.from({ length: patterns.rows }, (_, row) => {
      for (let at = 0; at < width; at++) levels[at] = columns[at]![row]!
      const found = all.add(levels)
      counts[found] ??= 0
      return found
    })
    const pairs = tableOf(part, 'pairs')
    const [pattern, rule] = [integersOf(pairs, 'pattern'), integersOf(pairs, 'rule')]
    for (let row = 0; row < pairs.rows; row++) counts[translated[pattern[row]! - 1]!]! += rule[row] === 0 ? equal : 1
  }
  return { levels: all.levels(), counts: Float64Array.from(counts) }
}

/** Shares of the levels among pairs that came together by chance. */
function byChance(sample: Frame['tables'][number], sizes: readonly number[]): number[][] {
  const weights = integersOf(sample, '#pairs')
  return sizes.map((size, at) => {
    const sums = new Float64Array(size).fill(0.5)
    const { data } = sample.integers[at]!
    let all = size / 2
    for (let row = 0; row < sample.rows; row++) {
      if (data[row] === 0) continue
      sums[data[row]! - 1]! += weights[row]!
      all += weights[row]!
    }
    return Array.from(sums, sum => sum / all)
  })
}

/** Share of all pairs from which on the candidates tell of the others too. */
const SHARE = 0.04

/**
 * Pairs that no rule found, where blocking leaves few: nearly all that it leaves agree in what the rules ask for, and others
 * would seem to agree by nature. Then these are taken into account too, as those that came together by chance.
 */
export function pairsApart(pairs: number, { possible_pairs: possible }: Pick<LinkPlan, 'possible_pairs'>): number {
  return pairs >= SHARE * possible ? 0 : Math.max(0, possible - pairs)
}

function withChance({ width, levels, counts }: PatternCounts, sample: Frame['tables'][number], pairs: number): PatternCounts {
  if (pairs === 0) return { width, levels, counts }
  const weights = integersOf(sample, '#apart')
  let all = 0
  for (const weight of weights) all += weight
  if (all === 0) return { width, levels, counts }
  const more = new Uint8Array(levels.length + sample.rows * width)
  more.set(levels)
  for (let at = 0; at < width; at++) for (let row = 0; row < sample.rows; row++) more[levels.length + row * width + at] = sample.integers[at]!.data[row]!
  const total = new Float64Array(counts.length + sample.rows)
  total.set(counts)
  for (let row = 0; row < sample.rows; row++) total[counts.length + row] = (weights[row]! * pairs) / all
  return { width, levels: more, counts: total }
}

/** Rounds in which the model and the dependences settle. */
const ROUNDS = 4
/** Pairs of equal records count for no more than this per record that differs from all others. */
const EQUAL = 10

const nine = (share: number): number => Math.round(share * 1e9) / 1e9
/** The least share of a level: printed ones may be 0 for being rounded. */
const LEAST_SHARE = 1e-9
/** Shares, with those that are given in place of their own. */
const withGiven = (shares: readonly (readonly number[])[], given: readonly (readonly number[] | undefined)[]): (readonly number[])[] => shares.map((row, at) => given[at]?.map(share => Math.max(LEAST_SHARE, share)) ?? row)
const firstGuess = (size: number): number[] => Array.from({ length: size }, (_, level) => (level === 0 ? 0.6 : level === size - 1 ? 0.1 : 0.3 / (size - 2)))

/** The model of these pairs. */
export function modelOf(records: Frame<LinkRecordsMeta>, plan: LinkPlan, parts: readonly Frame<LinkPairsMeta>[]): LinkModel {
  const { comparers } = prepare(records)
  const width = comparers.length
  const sizes = comparers.map(({ labels }) => labels.length)
  const { levels, counts } = gathered(parts, width, Math.min(1, (EQUAL * plan.distinct_records) / Math.max(1, plan.records - plan.distinct_records)))
  let pairs = 0
  for (const count of counts) pairs += count
  const sample = tableOf(parts[0]!, 'sample')
  const u = byChance(sample, sizes)
  const chance = pairsApart(pairs, plan)
  const fixed = plan.comparisons.map(comparison => comparison.fixed)
  const [givenM, givenU] = [fixed.map(each => each?.m), fixed.map(each => each?.u)]
  const lambda = Math.min(0.5, Math.max(1e-6, plan.records / 3 / Math.max(1, pairs + chance)))
  const all = withChance({ width, levels, counts }, sample, chance)
  const options = { sizes, start: { m: withGiven(sizes.map(firstGuess), givenM), u: withGiven(u, givenU), lambda }, chance: chance > 0, fixed }
  const few = plan.distinct_records <= FEW
  const learns = pairs > 0 && !few
  const usual = (shares: Estimate): Estimate => ({ ...shares, m: withGiven(shares.m, givenM), u: withGiven(shares.u, givenU) })
  let found: Estimate = few ? usual(usualShares(comparers, plan.distinct_records, (plan.distinct_records * (plan.distinct_records - 1)) / 2)) : learns ? estimate(all, options) : { ...options.start, iterations: 0, converged: true }
  const among = comparers.flatMap((one, x) => comparers.flatMap((other, y): [number, number][] => (x < y && mayAgreeTogether(one, other) ? [[x, y]] : [])))
  let dependences: readonly Dependence[] | null = null
  const rounds = learns && among.length > 0 ? ROUNDS : 0
  for (let round = 0; round < rounds; round++) {
    dependences = dependencesOf(all, sizes, found, among, dependences)
    found = estimate(all, { ...options, dependences })
  }
  const comparisons = comparers.map(({ name, fields, type, labels, term_frequency }, at) => {
    const weights = labels.map((_, level) => Math.round(1000 * robustWeight(found.m[at]![level]!, found.u[at]![level]!)))
    // Better agreement never weighs less: few pairs must not turn the order of levels round.
    if (givenM[at] === undefined || givenU[at] === undefined) for (let level = 1; level < weights.length; level++) if (!labels[level]!.startsWith('swapped')) weights[level] = Math.min(weights[level]!, weights[level - 1]!)
    // Among few records, the rarest value that two share looks frequent.
    return { name, fields, type, term_frequency: fixed[at]?.term_frequency ?? (term_frequency && !few), levels: labels.map((label, level) => ({ label, m: nine(found.m[at]![level]!), u: nine(found.u[at]![level]!), weight: weights[level]! })) }
  })
  const weightOf = (at: number, level: number): number => comparisons[at]!.levels[level]!.weight
  const together = (dependences ?? []).map(({ x, y, lift }) => ({ x, y, weights: lift.map((row, lx) => row.map((bits, ly) => -twice(Math.round(1000 * bits), weightOf(x, lx), weightOf(y, ly)))) }))
  const prior = Math.round(1000 * log2(found.lambda / (1 - found.lambda)))
  const bars = new Map<number, { pairs: number; expected: number }>()
  for (let pattern = 0; pattern < counts.length; pattern++) {
    let weight = prior
    for (let at = 0; at < width; at++) {
      const level = levels[pattern * width + at]!
      if (level !== 0) weight += comparisons[at]!.levels[level - 1]!.weight
    }
    for (const { x, y, weights } of together) {
      const [lx, ly] = [levels[pattern * width + x]!, levels[pattern * width + y]!]
      if (lx !== 0 && ly !== 0) weight += weights[lx - 1]![ly - 1]!
    }
    const from = Math.max(-60_000, Math.min(60_000, Math.floor(weight / 1000) * 1000))
    const bar = bars.get(from) ?? { pairs: 0, expected: 0 }
    bar.pairs += counts[pattern]!
    bar.expected += counts[pattern]! * (1 - 1 / (1 + exp2(Math.max(-60, Math.min(60, weight / 1000)))))
    bars.set(from, bar)
  }
  return {
    comparisons,
    together,
    lambda: nine(found.lambda),
    prior,
    iterations: found.iterations,
    converged: found.converged,
    histogram: [...bars].sort((x, y) => x[0] - y[0]).map(([from, bar]) => ({ from, pairs: Math.round(bar.pairs), expected: Math.round(bar.expected * 1000) / 1000 })),
    patterns: counts.length,
    pairs: parts.reduce((sum, part) => sum + tableOf(part, 'pairs').rows, 0),
    plan
  }
}

export const operator: Operator = {
  id: 'linkage.estimate',
  version: '1.4.0',
  summary: 'Estimates, without labels, how much each level of each comparison says',
  inputs: { records: { kind: 'link-records' }, plan: { kind: 'link-plan' }, pairs: { kind: 'link-pairs', many: true } },
  outputs: { model: { kind: 'link-model' } },
  config: [],
  entropy: ['none'],
  run(inputs, _config, context) {
    const model = modelOf(inputs['records']![0]!.value as Frame<LinkRecordsMeta>, inputs['plan']![0]!.value as LinkPlan, inputs['pairs']!.map(({ value }) => value as Frame<LinkPairsMeta>))
    const { plan } = model
    if (plan.distinct_records > 1 && plan.distinct_records <= FEW) context.diagnose({ code: 'LINK_FEW_RECORDS', severity: 'info', message: `${plan.distinct_records} different records are too few to learn weights from: usual ones are taken`, details: { records: plan.distinct_records } })
    if (!model.converged) context.diagnose({ code: 'LINK_NOT_CONVERGED', severity: 'warning', message: `the model still moved after ${model.iterations} rounds`, details: { iterations: model.iterations } })
    return { model }
  }
}
