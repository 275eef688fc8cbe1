import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import type { Frame } from '../../kernel/artifact/table.ts'
import type { ClustersMeta } from '../model/stages.ts'
import type { Clusters } from './clusters.ts'

/** A joint of two records: references from 1. */
export interface Link { readonly a: number; readonly b: number; readonly rule: string; readonly value: string }

/** Sets of records as kind `clusters`; records that are not ok are in none. */
export function framed(size: number, ok: Uint32Array, clusters: Clusters, links: readonly Link[]): Frame<ClustersMeta> {
  const number = new Uint32Array(size)
  let count = 0
  for (let record = 0; record < size; record++) {
    if (ok[record] === 0) continue
    const root = clusters.find(record)
    // The representative is the smallest record of its set, so it has its number by now.
    number[record] = root === record ? ++count : number[root]!
  }
  const rule = createColumnBuilder('rule', links.length)
  const value = createColumnBuilder('value', links.length)
  const perRule = new Map<string, number>()
  for (const link of links) {
    rule.push(link.rule)
    value.push(link.value === '' ? null : link.value)
    perRule.set(link.rule, (perRule.get(link.rule) ?? 0) + 1)
  }
  return {
    meta: { clusters: count, rules: [...perRule].map(([name, found]) => ({ rule: name, links: found })) },
    tables: [
      { name: 'clusters', rows: size, columns: [], integers: [{ name: 'cluster', data: number }] },
      { name: 'links', rows: links.length, columns: [rule.finish(), value.finish()], integers: [{ name: 'a', data: Uint32Array.from(links, ({ a }) => a) }, { name: 'b', data: Uint32Array.from(links, ({ b }) => b) }] }
    ]
  }
}
