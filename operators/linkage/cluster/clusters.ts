/** Clusters of records from scored pairs: components, taken apart at weak bridges, as people decided where they did. */
import { agglomerate, DECIDED } from './agglomerate.ts'
import { log2 } from '../logarithm.ts'
import { createSets } from './sets.ts'

/** Records from 0, `a` < `b`; millibits. */
export interface Pair { readonly a: number; readonly b: number; readonly weight: number }

export interface ClusterRequest {
  readonly records: number
  /** By `a`, then `b`. */
  readonly pairs: readonly Pair[]
  readonly must: readonly (readonly [number, number])[]
  readonly cannot: readonly (readonly [number, number])[]
  /** Millibits. */
  readonly match: number
  /** Records that are equal in every compared field are one to this work: the first of them stands for all. */
  readonly standIn: Uint32Array
  /** 1 + the record of which each is a copy, or 0: copies come together without a pair. */
  readonly copyOf?: Uint32Array
  /** Which records are looked at; all others stay alone. */
  readonly only?: (record: number) => boolean
  /** Millibits from which the mean of the pairs between two groups makes them one. */
  readonly stop: number
  /** Any pair's weight, in millibits. */
  weight(a: number, b: number): number
}

export interface Clustering {
  /** The first record of each record's cluster. */
  readonly first: Uint32Array
  readonly splits: readonly { readonly records: number; readonly into: number }[]
  /** Components that were too large to be looked at pair by pair. */
  readonly large: number
}

/** Components with more records are taken apart by a higher threshold first. */
const LARGEST = 2000
/** Millibits by which the threshold rises. */
const STEP = 2000
/** One pair counts no more than this in a mean. */
const CLIP = 10_000
/** What a third member must have over, at most. */
const MOST_MORE = 6000

const key = (a: number, b: number, records: number): number => Math.min(a, b) * records + Math.max(a, b)

/** Where records that match have one partner each, a second one is unlikely beforehand: how much, in millibits. */
function oneMore({ pairs, match, records, copyOf }: ClusterRequest): number {
  const partners = new Uint8Array(records)
  const partner = (a: number, b: number): void => {
    if (partners[a]! < 2) partners[a]!++
    if (partners[b]! < 2) partners[b]!++
  }
  for (const { a, b, weight } of pairs) if (weight >= match) partner(a, b)
  copyOf?.forEach((before, record) => void (before !== 0 && partner(before - 1, record)))
  let one = 0
  let two = 0
  for (const count of partners) {
    if (count > 0) one++
    if (count > 1) two++
  }
  return Math.min(MOST_MORE, Math.round(-1000 * log2((two + 1) / (one + 2))))
}

export function clusterPairs(request: ClusterRequest): Clustering {
  const { records, pairs, must, cannot, match, stop, weight } = request
  const more = oneMore(request)
  const decided = new Map<number, number>()
  for (const [a, b] of cannot) decided.set(key(a, b, records), -DECIDED)
  for (const [a, b] of must) decided.set(key(a, b, records), DECIDED)
  const named = new Set([...must, ...cannot].flat())
  // A record that people named speaks for itself.
  const standsFor = (record: number): number => (named.has(record) ? record : request.standIn[record]!)
  const result = createSets(records)
  const splits: { records: number; into: number }[] = []
  let large = 0

  const work: { members: number[]; threshold: number }[] = allComponents(request).filter(([record]) => request.only?.(record!) !== false).map(members => ({ members, threshold: match }))
  while (work.length > 0) {
    const { members, threshold } = work.pop()!
    const nodes = members.filter(record => standsFor(record) === record)
    const inside = new Set(nodes)
    for (const record of members) {
      if (standsFor(record) === record) continue
      if (inside.has(standsFor(record))) result.join(standsFor(record), record)
      else nodes.push(record)
      inside.add(record)
    }
    if (nodes.length === 1) continue
    if (nodes.length === 2 && !nodes.some(record => named.has(record))) {
      result.join(nodes[0]!, nodes[1]!)
      continue
    }
    if (nodes.length > LARGEST) {
      large++
      const set = new Set(nodes)
      const inner = pairs.filter(({ a, b, weight: found }) => found >= threshold && set.has(a) && set.has(b))
      // Decisions alone hold it together, and no threshold takes those apart.
      if (inner.length === 0) {
        for (const record of nodes) result.join(nodes[0]!, record)
        continue
      }
      work.push(...components(nodes, inner, must, threshold + STEP).map(part => ({ members: part, threshold: threshold + STEP })))
      continue
    }
    nodes.sort((a, b) => a - b)
    const groups = agglomerate(nodes.length, (x, y) => decided.get(key(nodes[x]!, nodes[y]!, records)) ?? Math.max(-CLIP, Math.min(CLIP, weight(nodes[x]!, nodes[y]!))), stop, more)
    nodes.forEach((record, at) => void result.join(nodes[groups[at]!]!, record))
    const into = new Set(groups).size
    if (into > 1) splits.push({ records: nodes.length, into })
  }
  splits.sort((x, y) => y.records - x.records || y.into - x.into)
  return { first: Uint32Array.from({ length: records }, (_, record) => result.find(record)), splits, large }
}

/** Sets of at least two of all records that pairs at the threshold, or decisions, connect. Ascending. */
function allComponents({ records, pairs, must, match, copyOf }: ClusterRequest): number[][] {
  const sets = createSets(records)
  for (const { a, b, weight } of pairs) if (weight >= match) sets.join(a, b)
  for (const [a, b] of must) sets.join(a, b)
  copyOf?.forEach((before, record) => void (before !== 0 && sets.join(before - 1, record)))
  const found: number[][] = []
  /** 1 + the place of a set in the list, by its smallest record. */
  const place = new Uint32Array(records)
  for (let record = 0; record < records; record++) {
    const root = sets.find(record)
    if (root === record) continue
    if (place[root] === 0) place[root] = found.push([root])
    found[place[root]! - 1]!.push(record)
  }
  return found
}

/** The same within some records. */
function components(members: readonly number[], pairs: readonly Pair[], must: readonly (readonly [number, number])[], threshold: number): number[][] {
  const index = new Map(members.map((record, at) => [record, at]))
  const sets = createSets(members.length)
  for (const { a, b, weight } of pairs) if (weight >= threshold) sets.join(index.get(a)!, index.get(b)!)
  for (const [a, b] of must) {
    const [x, y] = [index.get(a), index.get(b)]
    if (x !== undefined && y !== undefined) sets.join(x, y)
  }
  const found = new Map<number, number[]>()
  members.forEach((record, at) => {
    const root = sets.find(at)
    const list = found.get(root)
    if (list === undefined) found.set(root, [record])
    else list.push(record)
  })
  return [...found.values()].filter(list => list.length > 1)
}
