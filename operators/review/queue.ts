/**
 * The review queue: the pairs that nobody merges but a person, the most informative first. An answer settles as much
 * as the pair is uncertain, times the pairs of records that it would join; one pair stands for all that lie between the
 * same two clusters, and the others follow at the end.
 */
import { columnOf, integersOf, tableOf, textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { digestJson } from '../../kernel/hash.ts'
import { pairKey, type NumberedDecision } from '../decisions/decision.ts'
import { WEIGHT_ZERO, type Comparison, type LinkClustersMeta, type LinkRecordsMeta, type LinkScoresMeta } from '../linkage/stages.ts'
import { recordReader, type SeenRecord } from './record.ts'

export interface Evidence {
  readonly comparison: string
  readonly fields: readonly string[]
  /** `unknown` where one side is empty. */
  readonly level: string
  /** From 0: unknown; 1 is the best level. */
  readonly rank: number
  readonly levels: number
  /** Bits. */
  readonly weight: number
}

export interface QueuedPair {
  readonly pair_id: string
  readonly rank: number
  readonly gain: number
  /** 0 to 1, six decimals. */
  readonly probability: number
  /** Bits, three decimals, prior included. */
  readonly weight: number
  readonly role: 'review' | 'split'
  readonly a: SeenRecord
  readonly b: SeenRecord
  readonly evidence: readonly Evidence[]
  /** Clusters of the two records, so that an answer can settle other pairs. */
  readonly clusters: readonly [number, number]
  /** Another pair before it asks about the same two clusters. */
  readonly follows: boolean
}

export interface ReviewQueue {
  readonly fields: readonly string[]
  readonly pairs: readonly QueuedPair[]
  /** Pairs to review that a decision has answered, or whose records are together already. */
  readonly settled: number
}

export interface QueueInput {
  readonly records: Frame<LinkRecordsMeta>
  readonly scores: Frame<LinkScoresMeta>
  readonly clusters: Frame<LinkClustersMeta>
  /** Those that stand. */
  readonly decisions: readonly Pick<NumberedDecision, 'a' | 'b' | 'decision'>[]
}

/** Digest of two record ids, in either order. */
export function pairIdOf(a: string, b: string): string {
  return `p-${digestJson(a < b ? [a, b] : [b, a]).slice(0, 16)}`
}

const bits = (millibits: number): number => millibits / 1000

/** Finds a scored pair by its records; pairs are sorted by `a`, then `b`. */
export function pairFinder(pairs: Table): (a: number, b: number) => number | undefined {
  const [first, second] = [integersOf(pairs, 'a'), integersOf(pairs, 'b')]
  return (a, b) => {
    let [low, high] = [0, pairs.rows - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const order = first[middle]! - a || second[middle]! - b
      if (order === 0) return middle
      if (order < 0) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }
}

/** The evidence of a scored pair, comparison by comparison. */
export function evidenceOf(comparisons: readonly Comparison[], pairs: Table, at: number): readonly Evidence[] {
  return comparisons.map(({ name, fields, levels }) => {
    const rank = integersOf(pairs, name)[at]!
    const level = rank === 0 ? undefined : levels[rank - 1]
    return { comparison: name, fields, level: level?.label ?? 'unknown', rank, levels: levels.length, weight: bits(level?.weight ?? 0) }
  })
}

/** The queue. `limit` is the most pairs that it holds. */
export function reviewQueue({ records, scores, clusters, decisions }: QueueInput, limit: number): ReviewQueue {
  const table = tableOf(records, 'records')
  const reader = recordReader(records, table)
  const ids = columnOf(table, '#id')!
  const edges = tableOf(clusters, 'edges')
  const role = columnOf(edges, 'role')!
  const [as, bs, weights, probabilities] = ['a', 'b', 'weight', 'probability'].map(name => integersOf(edges, name)) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  const clusterOf = integersOf(tableOf(clusters, 'clusters'), 'cluster')
  const sizes = new Uint32Array(clusters.meta.clusters + 1)
  for (const cluster of clusterOf) sizes[cluster]!++
  const answered = new Set(decisions.map(({ a, b }) => pairKey(a, b)))

  interface Candidate { readonly edge: number; readonly gain: number; readonly between: number }
  const found: Candidate[] = []
  const idOf = (record: number): string => textAt(ids, record - 1)!
  let settled = 0
  const codes = ['review', 'split'].map(kind => role.values.indexOf(kind) + 1).filter(code => code > 0)
  for (let edge = 0; edge < edges.rows; edge++) {
    if (!codes.includes(role.codes[edge]!)) continue
    const [left, right] = [clusterOf[as[edge]! - 1]!, clusterOf[bs[edge]! - 1]!]
    if (left === right || (answered.size > 0 && answered.has(pairKey(idOf(as[edge]!), idOf(bs[edge]!))))) {
      settled++
      continue
    }
    const p = probabilities[edge]! / 1_000_000
    found.push({ edge, gain: Math.round(4 * p * (1 - p) * sizes[left]! * sizes[right]! * 10_000) / 10_000, between: (left < right ? left : right) * sizes.length + (left < right ? right : left) })
  }
  const keyOf = ({ edge }: Candidate): string => pairKey(idOf(as[edge]!), idOf(bs[edge]!))
  found.sort((a, b) => b.gain - a.gain || (keyOf(a) < keyOf(b) ? -1 : 1))
  const asked = new Set<number>()
  const first: Candidate[] = []
  const later: Candidate[] = []
  for (const candidate of found) {
    ;(asked.has(candidate.between) ? later : first).push(candidate)
    asked.add(candidate.between)
  }
  const pairsTable = tableOf(scores, 'pairs')
  const find = pairFinder(pairsTable)
  const { comparisons } = scores.meta.model
  const pairs = [...first, ...later].slice(0, limit).map(({ edge, gain }, at): QueuedPair => {
    const [a, b] = [reader.at(as[edge]! - 1), reader.at(bs[edge]! - 1)]
    const scored = find(as[edge]!, bs[edge]!)
    return {
      pair_id: pairIdOf(a.id, b.id),
      rank: at + 1,
      gain,
      probability: probabilities[edge]! / 1_000_000,
      weight: bits(weights[edge]! - WEIGHT_ZERO),
      role: textAt(role, edge) as 'review' | 'split',
      a,
      b,
      evidence: scored === undefined ? [] : evidenceOf(comparisons, pairsTable, scored),
      clusters: [clusterOf[as[edge]! - 1]!, clusterOf[bs[edge]! - 1]!],
      follows: at >= first.length
    }
  })
  return { fields: reader.fields, pairs, settled }
}
