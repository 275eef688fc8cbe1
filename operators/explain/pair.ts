/**
 * Why two records match, or do not: from the weight that every pair begins with, comparison by comparison, to the
 * weight of the pair (a waterfall of match weights, as in the documentation of Splink).
 */
import { columnOf, integersOf, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import { comparedFields, copiesOf } from '../linkage/records/copies.ts'
import { COPY_WEIGHT } from '../linkage/score/weigh.ts'
import { WEIGHT_ZERO, type EdgeRole, type LinkClustersMeta, type LinkRecordsMeta, type LinkScoresMeta } from '../linkage/stages.ts'
import { evidenceOf, pairFinder } from '../review/queue.ts'
import { recordReader, type SeenRecord } from '../review/record.ts'
import type { Show } from './mask.ts'

export interface WaterfallStep {
  /** Name of the comparison; `prior` for where every pair begins, `rarity` for what rare values add, both names for what two comparisons say alike. */
  readonly name: string
  readonly kind: 'prior' | 'comparison' | 'together' | 'rarity' | 'identical'
  readonly fields: readonly string[]
  /** What is compared, as it may be shown. */
  readonly a: string
  readonly b: string
  readonly level: string
  /** Bits. */
  readonly weight: number
  /** Bits so far, this step included. */
  readonly sum: number
}

export interface PairExplanation {
  readonly a: Pick<SeenRecord, 'id' | 'source'>
  readonly b: Pick<SeenRecord, 'id' | 'source'>
  /** As they may be shown. `same` is of the values themselves: two masks may look alike where the values do not. */
  readonly values: readonly { readonly field: string; readonly a: string; readonly b: string; readonly same: boolean }[]
  readonly steps: readonly WaterfallStep[]
  /** Bits. */
  readonly weight: number
  readonly probability: number
  /** The blocking rule that found the pair first. */
  readonly found_by: string
  readonly role: EdgeRole | 'below'
  /** In one cluster, whether by this pair or by others. */
  readonly together: boolean
  /** For people: what became of the pair. */
  readonly verdict: string
  readonly thresholds: { readonly match: number; readonly review: number }
}

export interface Linkage {
  readonly records: Frame<LinkRecordsMeta>
  readonly scores: Frame<LinkScoresMeta>
  readonly clusters: Frame<LinkClustersMeta>
}

export const round3 = (value: number): number => Math.round(value * 1000) / 1000
/** `73.9%`; near certainty with as many digits as it takes, and never all of it. */
export function percent(share: number): string {
  if (share < 0.9995) return `${Math.round(share * 1000) / 10}%`
  return `${Math.min(99.9999, Math.floor(share * 1_000_000) / 10_000)}%`
}

function verdictOf(role: PairExplanation['role'], together: boolean, probability: number, { match, review }: { readonly match: number; readonly review: number }): string {
  const p = percent(probability)
  switch (role) {
    case 'match':
      return `merged: ${p} is at or above ${percent(match)}`
    case 'review':
      return `${together ? 'together through other pairs; this one alone' : 'not merged: it'} is for a person to decide, between ${percent(review)} and ${percent(match)}`
    case 'must-link':
      return 'merged because a decision says so'
    case 'cannot-link':
      return 'kept apart because a decision says so'
    case 'split':
      return `${p} would merge them, but it is a weak bridge between two groups, so it is left to a person`
    case 'not-first':
      return `${p} would merge them, but each record has one partner at most, and a better one was there`
    case 'below':
      return `${together ? 'together through other pairs; this one is' : 'not merged:'} ${p} is below ${percent(review)}`
  }
}

/**
 * Explains pairs of a linkage by position of the records, from 0. Gives undefined for a pair that blocking did not make
 * or that weighs less than what is kept. `show` masks values.
 */
export function pairExplainer({ records, scores, clusters }: Linkage, show: Show): (x: number, y: number) => PairExplanation | undefined {
  const table = tableOf(records, 'records')
  const reader = recordReader(records, table)
  const pairs = tableOf(scores, 'pairs')
  const { model } = scores.meta
  const copyOf = copiesOf(table)
  const copied = (record: number): number => (copyOf[record] === 0 ? record : copyOf[record]! - 1)
  const compared = comparedFields(records.meta.fields).length
  const find = pairFinder(pairs)
  const [rules, weights, probabilities] = ['rule', 'weight', 'probability'].map(name => integersOf(pairs, name)) as [Uint32Array, Uint32Array, Uint32Array]
  const edges = tableOf(clusters, 'edges')
  const edgeOf = pairFinder(edges)
  const role = columnOf(edges, 'role')!
  const clusterOf = integersOf(tableOf(clusters, 'clusters'), 'cluster')
  const { thresholds } = clusters.meta
  return (x, y) => {
    const [low, high] = x < y ? [x, y] : [y, x]
    const at = find(low + 1, high + 1)
    const copies = copied(low) === copied(high)
    if (at === undefined && !copies) return undefined
    const [a, b] = [reader.at(low), reader.at(high)]
    const values = reader.fields.map((field, index) => ({ field, a: show(a.values[index]!, field), b: show(b.values[index]!, field), same: a.values[index] === b.values[index] }))
    const valueOf = new Map(values.map(value => [value.field, value]))
    const text = (fields: readonly string[], side: 'a' | 'b'): string => fields.map(field => valueOf.get(field)?.[side] ?? '').filter(value => value !== '').join(' ')
    const weight = copies ? COPY_WEIGHT / 1000 : (weights[at!]! - WEIGHT_ZERO) / 1000
    let sum = model.prior / 1000
    const steps: WaterfallStep[] = [{ name: 'prior', kind: 'prior', fields: [], a: '', b: '', level: 'where every pair begins', weight: round3(sum), sum: round3(sum) }]
    const evidence = copies ? [] : evidenceOf(model.comparisons, pairs, at!)
    if (copies) steps.push({ name: 'identical', kind: 'identical', fields: [], a: '', b: '', level: `identical in all ${compared} compared fields`, weight: round3(weight - sum), sum: round3(weight) })
    for (const { comparison, fields, level, weight: own } of evidence) {
      sum += own
      steps.push({ name: comparison, kind: 'comparison', fields, a: text(fields, 'a'), b: text(fields, 'b'), level, weight: round3(own), sum: round3(sum) })
    }
    for (const { x: one, y: other, weights: joint } of copies ? [] : model.together) {
      const [first, second] = [evidence[one]!, evidence[other]!]
      const own = first.rank === 0 || second.rank === 0 ? 0 : joint[first.rank - 1]![second.rank - 1]! / 1000
      if (own === 0) continue
      sum += own
      steps.push({ name: `${first.comparison} and ${second.comparison}`, kind: 'together', fields: [...first.fields, ...second.fields], a: '', b: '', level: 'others share both too: counted once', weight: round3(own), sum: round3(sum) })
    }
    const rarity = copies ? 0 : round3(weight - sum)
    if (rarity !== 0) steps.push({ name: 'rarity', kind: 'rarity', fields: [], a: '', b: '', level: rarity > 0 ? 'the values they share are rare' : 'the values they share are frequent', weight: rarity, sum: round3(weight) })
    const edge = edgeOf(low + 1, high + 1)
    const own = edge === undefined ? (copies && clusterOf[low] === clusterOf[high] ? 'match' : 'below') : (textAt(role, edge) as EdgeRole)
    const probability = copies ? 1 : probabilities[at!]! / 1_000_000
    const together = clusterOf[low] === clusterOf[high]
    return {
      a: { id: a.id, source: a.source },
      b: { id: b.id, source: b.source },
      values,
      steps,
      weight: round3(weight),
      probability,
      found_by: at === undefined || rules[at] === 0 ? 'equality in every compared field' : (model.plan.rules[rules[at]! - 1]?.name ?? ''),
      role: own,
      together,
      verdict: copies && together && own === 'match' ? `merged: identical in all ${compared} compared fields` : verdictOf(own, together, probability, thresholds),
      thresholds
    }
  }
}
