/** What the report of a linkage tells, as data: the page and the JSON are made of it, and of nothing else. */
import { columnOf, integersOf, tableOf, textAt } from '../../kernel/artifact/table.ts'
import type { LinkClustersMeta, LinkModel } from '../linkage/stages.ts'
import { log2 } from '../linkage/logarithm.ts'
import { reviewQueue } from '../review/queue.ts'
import type { NumberedDecision } from '../decisions/decision.ts'
import { explainClusters, type ClusterExplanation, type ClusterLink } from './cluster.ts'
import { createShow, REVEALED, type Show } from './mask.ts'
import { pairExplainer, round3, type Linkage, type PairExplanation } from './pair.ts'

/** Pairs and clusters that are shown in full. */
const [MERGES, REVIEWS, CLUSTERS] = [10, 20, 8]
/** Clusters that are looked at for the most fragile ones. */
const CANDIDATES = 300
/** Links among which the least sure merges and the most fragile clusters are looked for. */
const WEAKEST = 2000
/** Records of a cluster that are shown. */
const MOST_MEMBERS = 24

export interface ClusterShown {
  readonly entity: string
  readonly size: number
  /** First field values, to recognise it by. */
  readonly members: readonly { readonly id: string; readonly source: string; readonly values: readonly string[] }[]
  readonly fields: readonly string[]
  readonly links: number
  readonly equal: number
  readonly holds_until: number | null
  readonly weakest: PairExplanation | null
  readonly bridges: readonly { readonly a: string; readonly b: string; readonly probability: number; readonly role: string; readonly sides: readonly [number, number] }[]
  readonly doubts: readonly { readonly a: string; readonly b: string; readonly probability: number; readonly role: string }[]
  /** Links between shown members, by position. */
  readonly drawn: readonly { readonly a: number; readonly b: number; readonly role: string; readonly bridge: boolean }[]
}

export interface LinkageReport {
  readonly schema: 'urn:hotpass:linkage-report:1'
  readonly title: string
  readonly run_id: string
  readonly revealed: boolean
  readonly records: number
  readonly entities: number
  readonly merged: number
  readonly pairs: { readonly possible: number; readonly compared: number; readonly match: number; readonly review: number; readonly settled: number; readonly split: number; readonly 'not-first': number }
  readonly decisions: { readonly 'must-link': number; readonly 'cannot-link': number }
  readonly thresholds: { readonly match: number; readonly review: number; readonly match_weight: number; readonly review_weight: number }
  readonly fields: readonly { readonly name: string; readonly type: string; readonly origin: string; readonly reason: string; readonly filled: number; readonly distinct: number }[]
  readonly model: LinkModel
  readonly sizes: readonly { readonly from: number; readonly to: number; readonly entities: number }[]
  readonly largest: number
  readonly splits: LinkClustersMeta['splits']
  readonly review: readonly PairExplanation[]
  readonly review_open: number
  readonly merges: readonly PairExplanation[]
  readonly clusters: readonly ClusterShown[]
}

export interface ReportInput extends Linkage {
  readonly decisions: readonly Pick<NumberedDecision, 'a' | 'b' | 'decision'>[]
  /** Ids of the clusters, by number less one; null where there are none. */
  readonly entities: readonly string[] | null
  readonly title: string
  readonly runId: string
  readonly piiFields: readonly string[]
  readonly reveal: boolean
}

const SIZES: readonly (readonly [from: number, to: number])[] = [[1, 1], [2, 2], [3, 3], [4, 4], [5, 9], [10, 19], [20, 49], [50, 99], [100, 999], [1000, Infinity]]

/** Weight at which a probability stands: the logarithm to base 2 of its odds. */
export const weightOf = (probability: number): number => (probability <= 0 ? -40 : probability >= 1 ? 40 : round3(log2(probability / (1 - probability))))

/** Builds the content. */
export function linkageReport(input: ReportInput): LinkageReport {
  const { records, scores, clusters, decisions, title, runId, piiFields, reveal } = input
  const table = tableOf(records, 'records')
  const { meta } = clusters
  const clusterOf = integersOf(tableOf(clusters, 'clusters'), 'cluster')
  const sizes = new Uint32Array(meta.clusters + 1)
  for (const cluster of clusterOf) sizes[cluster]!++
  const queue = reviewQueue({ records, scores, clusters, decisions }, REVIEWS)
  const rowOf = new Map<string, number>()
  const ids = columnOf(table, '#id')!
  const wanted = new Set(queue.pairs.flatMap(({ a, b }) => [a.id, b.id]))
  for (let row = 0; row < table.rows; row++) if (wanted.has(textAt(ids, row)!)) rowOf.set(textAt(ids, row)!, row)

  const weakest = weakestMatches(input)
  const explained = fragileClusters(weakest, clusters, clusterOf, sizes)
  const rows = [...new Set([...rowOf.values(), ...weakest.slice(0, MERGES).flatMap(({ a, b }) => [a, b]), ...explained.flatMap(({ records: members }) => members.slice(0, MOST_MEMBERS)), ...explained.flatMap(({ chain }) => chain.slice(0, 1).flatMap(({ a, b }) => [a, b]))])]
  const show: Show = reveal ? REVEALED : createShow(records, table, rows, piiFields)
  const explain = pairExplainer(input, show)
  const told = (x: number, y: number): PairExplanation[] => {
    const pair = explain(x, y)
    return pair === undefined ? [] : [pair]
  }
  const { match, review } = meta.thresholds
  return {
    schema: 'urn:hotpass:linkage-report:1',
    title,
    run_id: runId,
    revealed: reveal,
    records: table.rows,
    entities: meta.clusters,
    merged: table.rows - meta.clusters,
    pairs: { possible: scores.meta.model.plan.possible_pairs, compared: scores.meta.model.pairs, match: meta.counts.match, review: meta.counts.review, settled: queue.settled, split: meta.counts.split, 'not-first': meta.counts['not-first'] },
    decisions: { 'must-link': meta.counts['must-link'], 'cannot-link': meta.counts['cannot-link'] },
    thresholds: { match, review, match_weight: weightOf(match), review_weight: weightOf(review) },
    fields: records.meta.fields,
    model: scores.meta.model,
    sizes: SIZES.map(([from, to]) => ({ from, to: to === Infinity ? 0 : to, entities: sizes.subarray(1).reduce((sum, size) => sum + (size >= from && size <= to ? 1 : 0), 0) })),
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
    splits: meta.splits,
    review: queue.pairs.flatMap(({ a, b }) => told(rowOf.get(a.id)!, rowOf.get(b.id)!)),
    review_open: meta.counts.review + meta.counts.split - queue.settled,
    merges: weakest.slice(0, MERGES).flatMap(({ a, b }) => told(a, b)),
    clusters: shownClusters(explained, input, show, told)
  }
}

/** Links that merged two records, the least sure first. */
function weakestMatches({ clusters }: ReportInput): readonly ClusterLink[] {
  const edges = tableOf(clusters, 'edges')
  const role = columnOf(edges, 'role')!
  const matchCode = role.values.indexOf('match') + 1
  const [as, bs, probabilities, weights] = ['a', 'b', 'probability', 'weight'].map(name => integersOf(edges, name)) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  const found: number[] = []
  // Most of millions of links are strong: only those up to the weight of the last that is wanted are put in order.
  const all = matchCode === 0 ? new Uint32Array(0) : weights.filter((_, edge) => role.codes[edge] === matchCode).sort()
  const limit = all[Math.min(all.length, WEAKEST) - 1] ?? 0
  if (all.length > 0) for (let edge = 0; edge < edges.rows; edge++) if (role.codes[edge] === matchCode && weights[edge]! <= limit) found.push(edge)
  found.sort((x, y) => weights[x]! - weights[y]! || as[x]! - as[y]! || bs[x]! - bs[y]!)
  return found.slice(0, WEAKEST).map(edge => ({ a: as[edge]! - 1, b: bs[edge]! - 1, weight: 0, probability: probabilities[edge]! / 1_000_000, role: 'match' }))
}

/** Clusters of three and more that would fall apart first, then the largest ones. */
function fragileClusters(weakest: readonly ClusterLink[], clusters: ReportInput['clusters'], clusterOf: Uint32Array, sizes: Uint32Array): readonly ClusterExplanation[] {
  const candidates = new Set<number>()
  for (const { a } of weakest) if (candidates.size < CANDIDATES && sizes[clusterOf[a]!]! >= 3) candidates.add(clusterOf[a]!)
  const fragile = explainClusters(clusters, [...candidates]).filter(({ holds_until }) => holds_until !== null).sort((x, y) => x.holds_until! - y.holds_until! || x.cluster - y.cluster).slice(0, CLUSTERS - 2)
  const chosen = new Set(fragile.map(({ cluster }) => cluster))
  const largest = Array.from(sizes.keys()).filter(cluster => cluster > 0 && sizes[cluster]! >= 3 && !chosen.has(cluster)).sort((x, y) => sizes[y]! - sizes[x]! || x - y)
  return [...fragile, ...explainClusters(clusters, largest.slice(0, CLUSTERS - fragile.length))]
}

function shownClusters(explained: readonly ClusterExplanation[], { records, clusters, entities }: ReportInput, show: Show, told: (x: number, y: number) => PairExplanation[]): readonly ClusterShown[] {
  const table = tableOf(records, 'records')
  const [ids, sources] = [columnOf(table, '#id')!, columnOf(table, '#source')]
  const fields = records.meta.fields.filter(({ type }) => type !== 'ignored').map(({ name }) => name).slice(0, 6)
  const idOf = (record: number): string => textAt(ids, record) ?? ''
  const drawn = drawnLinks(clusters, explained)
  return explained.map((cluster, at) => {
    const [first] = cluster.chain
    return {
      entity: entities?.[cluster.cluster - 1] ?? `cluster ${cluster.cluster}`,
      size: cluster.records.length,
      members: cluster.records.slice(0, MOST_MEMBERS).map(record => ({ id: idOf(record), source: (sources === undefined ? null : textAt(sources, record)) ?? '', values: fields.map(name => show(textAt(columnOf(table, name)!, record), name)) })),
      fields,
      links: cluster.links,
      equal: cluster.equal,
      holds_until: cluster.holds_until,
      weakest: first === undefined ? null : (told(first.a, first.b)[0] ?? null),
      bridges: cluster.bridges.slice(0, 10).map(({ a, b, probability, role: kind, sides }) => ({ a: idOf(a), b: idOf(b), probability, role: kind, sides })),
      doubts: cluster.doubts.slice(0, 10).map(({ a, b, probability, role: kind }) => ({ a: idOf(a), b: idOf(b), probability, role: kind })),
      drawn: drawn[at]!
    }
  })
}

/** The links between the shown members of each cluster, in one pass over all links. */
function drawnLinks(clusters: ReportInput['clusters'], explained: readonly ClusterExplanation[]): readonly (readonly ClusterShown['drawn'][number][])[] {
  const place = new Map<number, { readonly cluster: number; readonly at: number }>()
  explained.forEach(({ records }, cluster) => records.slice(0, MOST_MEMBERS).forEach((record, at) => place.set(record, { cluster, at })))
  const bridges = new Set(explained.flatMap(cluster => cluster.bridges.map(({ a, b }) => `${a} ${b}`)))
  const edges = tableOf(clusters, 'edges')
  const role = columnOf(edges, 'role')!
  const [as, bs] = [integersOf(edges, 'a'), integersOf(edges, 'b')]
  const drawn = explained.map((): ClusterShown['drawn'][number][] => [])
  for (let edge = 0; edge < edges.rows; edge++) {
    const a = place.get(as[edge]! - 1)
    const b = a === undefined ? undefined : place.get(bs[edge]! - 1)
    if (a !== undefined && b !== undefined && a.cluster === b.cluster) drawn[a.cluster]!.push({ a: a.at, b: b.at, role: textAt(role, edge) ?? '', bridge: bridges.has(`${as[edge]! - 1} ${bs[edge]! - 1}`) })
  }
  return drawn
}
