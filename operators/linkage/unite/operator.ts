/**
 * The operator `linkage.unite`: what linkage found, joined to what keys found. Keys and people go first; a link never
 * overrules two identifiers that differ, nor a decision.
 */
import { columnFrom } from '../../../kernel/artifact/builder.ts'
import { columnOf, integersOf, tableOf, textAt, type Frame } from '../../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../../kernel/types.ts'
import { createClusters, type Clusters } from '../../match/clusters.ts'
import { decidedPairs } from '../../match/decided.ts'
import { framed, type Link } from '../../match/framed.ts'
import { strongIdentifiers } from '../../match/strong.ts'
import type { ClustersMeta, ValidMeta } from '../../model/stages.ts'
import { rowsThatGoOn } from '../rows/going.ts'
import type { EdgeRole, LinkClustersMeta, LinkDecisions } from '../stages.ts'

/** The links that keys and decisions made, made again. */
function keyLinks(matched: Frame<ClustersMeta>, clusters: Clusters): Link[] {
  const links = tableOf(matched, 'links')
  const [a, b, rule, value] = [integersOf(links, 'a'), integersOf(links, 'b'), columnOf(links, 'rule')!, columnOf(links, 'value')!]
  return Array.from({ length: links.rows }, (_, at) => {
    clusters.join(a[at]! - 1, b[at]! - 1)
    return { a: a[at]!, b: b[at]!, rule: textAt(rule, at)!, value: textAt(value, at) ?? '' }
  })
}

/** Pairs of records of one linked cluster: scored ones first, the heaviest first, then each with the first of its cluster. */
function* linkedPairs(linked: Frame<LinkClustersMeta>): Generator<readonly [number, number]> {
  const cluster = integersOf(tableOf(linked, 'clusters'), 'cluster')
  const edges = tableOf(linked, 'edges')
  const [a, b, weight] = [integersOf(edges, 'a'), integersOf(edges, 'b'), integersOf(edges, 'weight')]
  const role = columnOf(edges, 'role')!
  const order = Array.from({ length: edges.rows }, (_, edge) => edge).filter(edge => textAt(role, edge) === 'match')
  order.sort((x, y) => weight[y]! - weight[x]! || x - y)
  for (const edge of order) yield [a[edge]! - 1, b[edge]! - 1]
  const first = new Map<number, number>()
  for (let record = 0; record < cluster.length; record++) {
    const before = first.get(cluster[record]!)
    if (before === undefined) first.set(cluster[record]!, record)
    else yield [before, record]
  }
}

/** The linked clusters as they became: numbers as in the run, and pairs that were not joined after all as split. */
function settled(linked: Frame<LinkClustersMeta>, numbers: Uint32Array, clusters: number): Frame<LinkClustersMeta> {
  const edges = tableOf(linked, 'edges')
  const [a, b] = [integersOf(edges, 'a'), integersOf(edges, 'b')]
  const before = columnOf(edges, 'role')!
  const counts: { [role in EdgeRole]: number } = { match: 0, review: 0, 'must-link': 0, 'cannot-link': 0, split: 0, 'not-first': 0 }
  const roles = Array.from({ length: edges.rows }, (_, edge): EdgeRole => {
    const was = textAt(before, edge) as EdgeRole
    const together = numbers[a[edge]! - 1] === numbers[b[edge]! - 1]
    const role = was === 'match' && !together ? 'split' : was === 'split' && together ? 'match' : was
    counts[role]++
    return role
  })
  return {
    meta: { ...linked.meta, clusters, counts },
    tables: [
      { name: 'clusters', rows: numbers.length, columns: [], integers: [{ name: 'cluster', data: numbers }] },
      { name: 'edges', rows: edges.rows, columns: [columnFrom('role', roles)], integers: edges.integers }
    ]
  }
}

/** Tells how many pairs are left to people: those in the band whose records did not come together otherwise. */
function tellReview({ meta, tables: [clusters, edges] }: Frame<LinkClustersMeta>, context: Pick<Context, 'diagnose'>): void {
  const cluster = integersOf(clusters!, 'cluster')
  const [a, b, role] = [integersOf(edges!, 'a'), integersOf(edges!, 'b'), columnOf(edges!, 'role')!]
  let open = 0
  for (let edge = 0; edge < edges!.rows; edge++) if (textAt(role, edge) === 'review' && cluster[a[edge]! - 1] !== cluster[b[edge]! - 1]) open++
  if (open === 0) return
  const { match, review } = meta.thresholds
  context.diagnose({ code: 'LINK_REVIEW', severity: 'warning', message: `${open} pair(s) of rows may be one entity (${review} to ${match}) and are not merged: hotpass resolve review asks about them`, details: { pairs: open, review, match } })
}

export const operator: Operator = {
  id: 'linkage.unite',
  version: '1.0.0',
  summary: 'Joins what linkage found to what keys found, and leaves what is not sure to people',
  inputs: { valid: { kind: 'valid' }, clusters: { kind: 'clusters' }, linked: { kind: 'link-clusters' }, decisions: { kind: 'link-decisions', optional: true } },
  outputs: { clusters: { kind: 'clusters' }, linked: { kind: 'link-clusters' } },
  config: [],
  entropy: ['none'],
  run(inputs, _config, context) {
    const valid = inputs['valid']![0]!.value as Frame<ValidMeta>
    const linked = inputs['linked']![0]!.value as Frame<LinkClustersMeta>
    const table = tableOf(valid, 'records')
    // Decisions that name rows that are gone are told by `match`.
    const { cannotLink } = decidedPairs(inputs['decisions']?.[0]?.value as LinkDecisions | undefined, valid, { diagnose: () => undefined })
    const clusters = createClusters(table.rows, strongIdentifiers(valid), cannotLink)
    const links = keyLinks(inputs['clusters']![0]!.value as Frame<ClustersMeta>, clusters)
    const rows = rowsThatGoOn(valid)
    const contradicted = new Set<string>()
    for (const [x, y] of linkedPairs(linked)) {
      const [a, b] = [rows[x]!, rows[y]!]
      if (clusters.find(a) === clusters.find(b)) continue
      if (clusters.compatible(a, b)) {
        clusters.join(a, b)
        links.push({ a: Math.min(a, b) + 1, b: Math.max(a, b) + 1, rule: 'linkage', value: '' })
      } else if (!clusters.apart(a, b)) contradicted.add(`${a} ${b}`)
    }
    if (contradicted.size > 0) context.diagnose({ code: 'LINK_CONTRADICTED', severity: 'warning', message: `${contradicted.size} pair(s) of rows are alike but differ in an identifier, and stay apart`, details: { pairs: contradicted.size } })
    const united = framed(table.rows, integersOf(table, 'ok'), clusters, links)
    const number = integersOf(tableOf(united, 'clusters'), 'cluster')
    const result = settled(linked, rows.map(row => number[row]!), united.meta.clusters)
    tellReview(result, context)
    return { clusters: united, linked: result }
  }
}
