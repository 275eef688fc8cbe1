/** What is certain before anything is weighed: what people decided, and rows whose keys are equal, as links between record ids. */
import { integersOf, tableOf, type Column, type Frame } from '../../../kernel/artifact/table.ts'
import type { ClustersMeta } from '../../model/stages.ts'
import type { LinkDecision, LinkDecisions } from '../stages.ts'

/** Of the rows that keys put together, so many different ones are told to linkage; the rest follow them anyway. */
const MOST_TOLD = 100

const byKey = (a: string, b: string): LinkDecision => ({ decision: 'must-link', a, b, by: 'match', at: '', reason: 'equal keys', line: 0 })

/**
 * Decisions about records that are there, then a chain through the rows of each cluster that `match` made. Rows that say
 * the same in every column are told once: linkage puts those together by itself.
 */
export function certainLinks(decided: LinkDecisions | undefined, matched: Frame<ClustersMeta>, rows: Uint32Array, ids: readonly string[], columns: readonly Column[]): LinkDecisions {
  const present = new Set(Array.from(rows, row => ids[row]!))
  const decisions = (decided?.decisions ?? []).filter(({ a, b }) => present.has(a) && present.has(b))
  const cluster = integersOf(tableOf(matched, 'clusters'), 'cluster')
  const sizes = new Uint32Array(matched.meta.clusters + 1)
  for (const row of rows) sizes[cluster[row]!]!++
  const told = new Map<number, { last: string; readonly contents: Set<string> }>()
  const links: LinkDecision[] = []
  rows.forEach((row, at) => {
    const own = cluster[row]!
    if (sizes[own]! < 2) return
    const content = columns.map(({ codes }) => codes[at]).join(' ')
    const before = told.get(own)
    if (before === undefined) {
      told.set(own, { last: ids[row]!, contents: new Set([content]) })
      return
    }
    if (before.contents.size >= MOST_TOLD || before.contents.has(content)) return
    links.push(byKey(before.last, ids[row]!))
    before.contents.add(content)
    before.last = ids[row]!
  })
  return { file: decided?.file ?? '', decisions: [...decisions, ...links] }
}
