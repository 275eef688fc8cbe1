/** The operator `linkage.cluster`: which records are one, from the scored pairs and from what people decided. */
import { columnFrom } from '../../../kernel/artifact/builder.ts'
import { columnOf, integersOf, tableOf, type Frame, type Table } from '../../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../../kernel/types.ts'
import { prepare } from '../block/plan.ts'
import { COPY_WEIGHT, createWeigher, rememberedProbability } from '../score/weigh.ts'
import { log2 } from '../logarithm.ts'
import { pairsApart } from '../estimate/operator.ts'
import { weightOf, type LinkSettings } from '../settings.ts'
import { WEIGHT_ZERO, type EdgeRole, type LinkClustersMeta, type LinkDecisions, type LinkModel, type LinkRecordsMeta, type LinkScoresMeta } from '../stages.ts'
import { clusterPairs, type ClusterRequest, type Pair } from './clusters.ts'
import { loosened, type Decided } from './loosened.ts'
import { onePartner } from './partners.ts'
import { inFileOrder } from '../records/order.ts'
import { createSets } from './sets.ts'

interface Named { readonly must: (readonly [number, number])[]; readonly cannot: (readonly [number, number])[]; readonly unknown: string[]; readonly people: Decided[] }

/** Decisions by record number. Later files and lines come last; records that are not there are told. */
function byRecord(table: Table, files: readonly LinkDecisions[]): Named {
  const named: Named = { must: [], cannot: [], unknown: [], people: [] }
  const decisions = files.flatMap(({ file, decisions: list }) => list.map(each => ({ ...each, place: `${file}:${each.line}`, said: `line ${each.line} of ${file}`, byPeople: each.line > 0 })))
  if (decisions.length === 0) return named
  const id = columnOf(table, '#id')!
  const wanted = new Map(decisions.flatMap(({ a, b }) => [[a, -1], [b, -1]] as [string, number][]))
  for (let record = 0; record < table.rows; record++) {
    const text = id.values[id.codes[record]! - 1]!
    if (wanted.has(text)) wanted.set(text, record)
  }
  for (const { decision, a, b, place, said, byPeople } of decisions) {
    const [x, y] = [wanted.get(a)!, wanted.get(b)!]
    if (x < 0 || y < 0 || x === y) named.unknown.push(place)
    else named[decision === 'must-link' ? 'must' : 'cannot'].push(x < y ? [x, y] : [y, x])
    if (x >= 0 && y >= 0 && x !== y && byPeople && decision === 'must-link') named.people.push({ a: x, b: y, place: said })
  }
  return named
}

/**
 * Millibits by which pairs within a component are likelier to match than pairs at large. The model of a large file speaks
 * of all pairs; those that hang together are among the candidates, of which many more match.
 */
function within({ pairs, plan }: LinkModel): number {
  const candidates = Math.max(1, pairs)
  return pairsApart(pairs, plan) > 0 ? Math.round(500 * log2(plan.possible_pairs / candidates)) : 0
}

export function clusterRecords(records: Frame<LinkRecordsMeta>, scores: Frame<LinkScoresMeta>, files: readonly LinkDecisions[], settings: LinkSettings, diagnose: Context['diagnose']): Frame<LinkClustersMeta> {
  const table = tableOf(records, 'records')
  const prepared = prepare(records)
  const weigher = createWeigher(prepared.comparers, prepared.levels, scores.meta.model)
  const scored = tableOf(scores, 'pairs')
  const [a, b, weights] = [integersOf(scored, 'a'), integersOf(scored, 'b'), integersOf(scored, 'weight')]
  const [match, review] = [weightOf(settings.match), weightOf(settings.review)]
  const pairs: Pair[] = []
  for (let row = 0; row < scored.rows; row++) if (weights[row]! - WEIGHT_ZERO >= review) pairs.push({ a: a[row]! - 1, b: b[row]! - 1, weight: weights[row]! - WEIGHT_ZERO })
  const { must, cannot, unknown, people } = byRecord(table, files)
  if (unknown.length > 0) diagnose({ code: 'LINK_DECISION_UNKNOWN', severity: 'warning', message: `${unknown.length} decision(s) name a record that is not in the file`, details: { lines: unknown.slice(0, 20) } })
  const copied = (record: number): number => (prepared.copyOf[record] === 0 ? record : prepared.copyOf[record]! - 1)
  // Copies come together by themselves, but for those that people named.
  for (const record of new Set([...must, ...cannot].flat())) if (copied(record) !== record) pairs.push({ a: copied(record), b: record, weight: COPY_WEIGHT })
  if (must.length + cannot.length > 0) pairs.sort((x, y) => x.a - y.a || x.b - y.b)
  const key = (x: number, y: number): number => x * table.rows + y
  const apart = new Set(cannot.map(([x, y]) => key(x, y)))
  const together = new Set(must.map(([x, y]) => key(x, y)))

  let first: Uint32Array
  let splits: LinkClustersMeta['splits'] = []
  const byHand = new Set(people.map(({ a: x, b: y }) => key(Math.min(x, y), Math.max(x, y))))
  const keys = must.filter(([x, y]) => !byHand.has(key(x, y)))
  let without: (only: (record: number) => boolean) => Uint32Array
  if (prepared.source !== undefined && settings.cardinality !== 'many') {
    const { source } = prepared
    const partners = (links: Named['must']): Uint32Array => {
      const sets = createSets(table.rows)
      onePartner(pairs, match, source, links, (x, y) => apart.has(key(x, y)), (x, y) => sets.join(x, y))
      return Uint32Array.from({ length: table.rows }, (_, record) => sets.find(record))
    }
    first = partners(must)
    without = () => partners(keys)
  } else {
    const request: ClusterRequest = { records: table.rows, pairs, must, cannot, match, stop: review - within(scores.meta.model), standIn: prepared.standIn, copyOf: prepared.copyOf, weight: (x, y) => (copied(x) === copied(y) ? COPY_WEIGHT : prepared.source !== undefined && prepared.source[x] === prepared.source[y] ? 0 : weigher.pair(x, y)) }
    const found = clusterPairs(request)
    first = found.first
    splits = found.splits
    without = only => clusterPairs({ ...request, must: keys, only }).first
    if (found.large > 0) diagnose({ code: 'LINK_LARGE_COMPONENT', severity: 'warning', message: `${found.large} group(s) of records that hang together are so large that a higher threshold took them apart first`, details: { groups: found.large } })
  }
  const lost = loosened(table.rows, pairs, match, people, prepared.copyOf, first, without)
  if (lost.length > 0) {
    const row = integersOf(table, 'row')
    const id = columnOf(table, '#id')!
    // A column of the file may hold what a message must not; a digest does not.
    const named = (record: number): string => (records.meta.id_field === '' ? id.values[id.codes[record]! - 1]! : `row ${row[record]!}`)
    const merges = lost.map(({ pair, by }) => ({ decisions: by.slice(0, 20), records: [named(pair.a), named(pair.b)] }))
    diagnose({ code: 'LINK_MERGE_LOOSENED', severity: 'warning', message: `${lost.length} merge(s) come apart because of must-links: ${merges.slice(0, 5).map(({ decisions, records: [x, y] }) => `${decisions.slice(0, 3).join(', ')} parts ${x} and ${y}`).join('; ')}. A must-link keeps such a pair together`, details: { merges: merges.slice(0, 100) } })
  }
  const cluster = new Uint32Array(table.rows)
  let clusters = 0
  // Numbered as they come in the file.
  const number = new Uint32Array(table.rows)
  for (const record of inFileOrder(table)) {
    const own = first[record]!
    if (number[own] === 0) number[own] = ++clusters
    cluster[record] = number[own]!
  }

  let list: readonly Pair[] = pairs
  if (must.length + cannot.length > 0) {
    const edges = new Map<number, Pair>()
    for (const pair of pairs) edges.set(key(pair.a, pair.b), pair)
    for (const [x, y] of [...must, ...cannot]) if (!edges.has(key(x, y))) edges.set(key(x, y), { a: x, b: y, weight: Math.max(-WEIGHT_ZERO, weigher.pair(x, y)) })
    list = [...edges.values()].sort((x, y) => x.a - y.a || x.b - y.b)
  }
  const counts: { [role in EdgeRole]: number } = { match: 0, review: 0, 'must-link': 0, 'cannot-link': 0, split: 0, 'not-first': 0 }
  const oneToOne = prepared.source !== undefined && settings.cardinality !== 'many'
  const roles = list.map(({ a: x, b: y, weight }): EdgeRole => {
    const role = together.has(key(x, y)) ? 'must-link' : apart.has(key(x, y)) ? 'cannot-link' : weight < match ? 'review' : cluster[x] === cluster[y] ? 'match' : oneToOne ? 'not-first' : 'split'
    counts[role]++
    return role
  })
  const column = (name: string, of: (pair: Pair) => number): { readonly name: string; readonly data: Uint32Array } => {
    const data = new Uint32Array(list.length)
    for (let row = 0; row < list.length; row++) data[row] = of(list[row]!)
    return { name, data }
  }
  const probability = rememberedProbability()
  return {
    meta: { clusters, thresholds: { match: settings.match, review: settings.review }, counts, splits: splits.slice(0, 1000), conflicts: [] },
    tables: [
      { name: 'clusters', rows: table.rows, columns: [], integers: [{ name: 'cluster', data: cluster }] },
      { name: 'edges', rows: list.length, columns: [columnFrom('role', roles)], integers: [column('a', pair => pair.a + 1), column('b', pair => pair.b + 1), column('weight', pair => pair.weight + WEIGHT_ZERO), column('probability', pair => probability(pair.weight))] }
    ]
  }
}

export const operator: Operator = {
  id: 'linkage.cluster',
  version: '1.4.0',
  summary: 'Puts records together by matching pairs and decisions, and takes weak bridges apart',
  inputs: { records: { kind: 'link-records' }, scores: { kind: 'link-scores' }, decisions: { kind: 'link-decisions', many: true } },
  outputs: { clusters: { kind: 'link-clusters' } },
  config: ['refine.linkage'],
  entropy: ['none'],
  run(inputs, config, context) {
    return {
      clusters: clusterRecords(inputs['records']![0]!.value as Frame<LinkRecordsMeta>, inputs['scores']![0]!.value as Frame<LinkScoresMeta>, (inputs['decisions'] ?? []).map(({ value }) => value as LinkDecisions), config.refine.linkage as LinkSettings, finding => context.diagnose(finding))
    }
  }
}
