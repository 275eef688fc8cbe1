/**
 * Why the records of a cluster are together, and what would take it apart: the strongest chain that holds it (a maximum
 * spanning tree, Kruskal 1956), the links whose loss alone would part it (bridges, Tarjan 1974), and the threshold at
 * which it would fall apart.
 */
import { columnOf, integersOf, tableOf, textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { WEIGHT_ZERO, type LinkClustersMeta } from '../linkage/stages.ts'

/** A link within a cluster. Records by position, from 0. */
export interface ClusterLink {
  readonly a: number
  readonly b: number
  /** Bits. */
  readonly weight: number
  readonly probability: number
  readonly role: string
}

export interface ClusterBridge extends ClusterLink {
  /** Records on either side. */
  readonly sides: readonly [number, number]
}

export interface ClusterExplanation {
  readonly cluster: number
  /** By position, ascending. */
  readonly records: readonly number[]
  readonly links: number
  /** The links that hold it together, the weakest first: one fewer than there are groups of equal records. */
  readonly chain: readonly ClusterLink[]
  /** Links whose loss alone parts the cluster, the weakest first. */
  readonly bridges: readonly ClusterBridge[]
  /** Above this probability as match threshold, it would fall apart; null when equality or decisions hold it. */
  readonly holds_until: number | null
  /** Records that no link names: they equal another record in every compared field. */
  readonly equal: number
  /** Pairs within it that were left to a person or kept apart all the same. */
  readonly doubts: readonly ClusterLink[]
}

const HOLDS = new Set(['match', 'must-link'])

/** Rows of table `edges` whose records are both in one of these clusters, by cluster. One pass over the table. */
function edgesWithin(edges: Table, clusterOf: Uint32Array, wanted: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  const [as, bs] = [integersOf(edges, 'a'), integersOf(edges, 'b')]
  for (let edge = 0; edge < edges.rows; edge++) {
    const cluster = clusterOf[as[edge]! - 1]!
    if (cluster !== clusterOf[bs[edge]! - 1] || !wanted.has(cluster)) continue
    const list = found.get(cluster)
    if (list === undefined) found.set(cluster, [edge])
    else list.push(edge)
  }
  return found
}

/** Explains clusters, by number. */
export function explainClusters(clusters: Frame<LinkClustersMeta>, wanted: readonly number[]): readonly ClusterExplanation[] {
  const clusterOf = integersOf(tableOf(clusters, 'clusters'), 'cluster')
  const edges = tableOf(clusters, 'edges')
  const set = new Set(wanted)
  const within = edgesWithin(edges, clusterOf, set)
  const members = new Map<number, number[]>(wanted.map(cluster => [cluster, []]))
  clusterOf.forEach((cluster, record) => members.get(cluster)?.push(record))
  const role = columnOf(edges, 'role')!
  const [as, bs, weights, probabilities] = ['a', 'b', 'weight', 'probability'].map(name => integersOf(edges, name)) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  const linkOf = (edge: number): ClusterLink => ({ a: as[edge]! - 1, b: bs[edge]! - 1, weight: (weights[edge]! - WEIGHT_ZERO) / 1000, probability: probabilities[edge]! / 1_000_000, role: textAt(role, edge) ?? '' })
  return wanted.map(cluster => {
    const all = (within.get(cluster) ?? []).map(linkOf)
    const held = all.filter(link => HOLDS.has(link.role))
    const records = members.get(cluster)!
    const chain = spanningTree(held)
    const named = new Set(held.flatMap(({ a, b }) => [a, b]))
    const byModel = chain.filter(link => link.role === 'match')
    return {
      cluster,
      records,
      links: held.length,
      chain: [...chain].sort(weakestFirst),
      bridges: bridgesOf(held, records.length).sort(weakestFirst),
      holds_until: byModel.length === 0 ? null : byModel.reduce((least, { probability }) => Math.min(least, probability), 1),
      equal: records.length === 1 ? 0 : records.filter(record => !named.has(record)).length,
      doubts: all.filter(link => !HOLDS.has(link.role)).sort(weakestFirst)
    }
  })
}

/** Decisions hold whatever they weigh. */
const strength = ({ role, weight }: ClusterLink): number => (role === 'must-link' ? Infinity : weight)
const weakestFirst = (x: ClusterLink, y: ClusterLink): number => (strength(x) === strength(y) ? x.a - y.a || x.b - y.b : strength(x) - strength(y))

function spanningTree(links: readonly ClusterLink[]): readonly ClusterLink[] {
  const parent = new Map<number, number>()
  const find = (record: number): number => {
    let at = record
    while (parent.has(at)) at = parent.get(at)!
    for (let step = record; step !== at; ) {
      const next = parent.get(step)!
      parent.set(step, at)
      step = next
    }
    return at
  }
  return [...links].sort((x, y) => (strength(x) === strength(y) ? x.a - y.a || x.b - y.b : strength(y) - strength(x))).filter(({ a, b }) => {
    const [x, y] = [find(a), find(b)]
    if (x === y) return false
    parent.set(y, x)
    return true
  })
}

/** Depth first without recursion, because a chain of records may be long. */
function bridgesOf(links: readonly ClusterLink[], size: number): ClusterBridge[] {
  const at = new Map<number, { readonly to: number; readonly link: number }[]>()
  links.forEach(({ a, b }, link) => {
    for (const [from, to] of [[a, b], [b, a]] as const) {
      const list = at.get(from)
      if (list === undefined) at.set(from, [{ to, link }])
      else list.push({ to, link })
    }
  })
  const order = new Map<number, number>()
  const low = new Map<number, number>()
  const below = new Map<number, number>()
  const found: ClusterBridge[] = []
  for (const root of at.keys()) {
    if (order.has(root)) continue
    const stack: { record: number; via: number; next: number }[] = [{ record: root, via: -1, next: 0 }]
    order.set(root, order.size)
    low.set(root, order.get(root)!)
    below.set(root, 1)
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const step = at.get(top.record)![top.next++]
      if (step !== undefined) {
        if (step.link === top.via) continue
        const seen = order.get(step.to)
        if (seen !== undefined) low.set(top.record, Math.min(low.get(top.record)!, seen))
        else {
          order.set(step.to, order.size)
          low.set(step.to, order.get(step.to)!)
          below.set(step.to, 1)
          stack.push({ record: step.to, via: step.link, next: 0 })
        }
        continue
      }
      stack.pop()
      const up = stack.at(-1)
      if (up === undefined) continue
      low.set(up.record, Math.min(low.get(up.record)!, low.get(top.record)!))
      below.set(up.record, below.get(up.record)! + below.get(top.record)!)
      if (low.get(top.record)! > order.get(up.record)!) {
        const part = below.get(top.record)!
        found.push({ ...links[top.via]!, sides: [size - part, part] })
      }
    }
  }
  return found
}
