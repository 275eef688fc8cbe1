/** Which records make up which entity, best first. */
import type { Ranking } from './rank.ts'

/** Entities count from 0, in the order of their clusters, until they are sorted. */
export interface Roster {
  readonly entities: number
  /** `records[offsets[e]]` to `records[offsets[e + 1]]` are the records (from 0) of entity `e`, best first. */
  readonly offsets: Uint32Array
  readonly records: Uint32Array
  /** The record (from 0) that stands for each entity: its best row of an entity's own table, else of a satellite. */
  readonly base: Uint32Array
  /** Entity of a record, counting from 1; 0 = none. */
  readonly entityOf: Uint32Array
}

/** The roster of clusters numbered from 1 (0 = the record takes no part). */
export function rosterOf(clusters: Uint32Array, count: number, ranking: Ranking, isSatellite: (record: number) => boolean): Roster {
  const offsets = new Uint32Array(count + 1)
  for (const cluster of clusters) if (cluster !== 0) offsets[cluster]!++
  for (let entity = 0; entity < count; entity++) offsets[entity + 1]! += offsets[entity]!
  const next = offsets.slice()
  const records = new Uint32Array(offsets[count]!)
  for (let record = 0; record < clusters.length; record++) {
    const cluster = clusters[record]!
    if (cluster !== 0) records[next[cluster - 1]!++] = record
  }
  for (let entity = 0; entity < count; entity++) {
    const end = offsets[entity + 1]!
    if (end - offsets[entity]! > 1) records.subarray(offsets[entity]!, end).sort(ranking.compare)
  }
  const base = new Uint32Array(count)
  for (let entity = 0; entity < count; entity++) {
    let at = offsets[entity]!
    while (at < offsets[entity + 1]! && isSatellite(records[at]!)) at++
    base[entity] = records[at < offsets[entity + 1]! ? at : offsets[entity]!]!
  }
  return { entities: count, offsets, records, base, entityOf: clusters }
}
