/** Everything that finds and compares pairs, made ready from the records: the same in every step that needs it. */
import { columnOf, tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import { standIns } from '../compare/alike.ts'
import { chooseComparers } from '../compare/choose.ts'
import type { Comparer } from '../compare/comparer.ts'
import type { LinkSettings } from '../settings.ts'
import type { LinkPlan, LinkRecordsMeta } from '../stages.ts'
import { chooseRules, type Choice } from './rules.ts'

export interface Prepared {
  readonly records: number
  readonly comparers: readonly Comparer[]
  readonly keys: readonly Comparer[]
  /** Codes of the sources, when records of one source are never compared. */
  readonly source: Uint32Array | undefined
  readonly standIn: Uint32Array
}

export function prepare(frame: Frame<LinkRecordsMeta>): Prepared {
  const table = tableOf(frame, 'records')
  const { comparers, keys } = chooseComparers(frame)
  const source = frame.meta.link_only ? columnOf(table, '#source')!.codes : undefined
  return { records: table.rows, comparers, keys, source, standIn: standIns(comparers, table.rows, source) }
}

/** The blocking rules, over the records that stand for others. */
export function choose({ comparers, keys, records, standIn }: Prepared, settings: LinkSettings): Choice {
  const first = [...comparers, ...keys].map(comparer => ({ ...comparer, values: { ...comparer.values, codes: comparer.values.codes.map((code, record) => (standIn[record] === record ? code : 0)) } }))
  return chooseRules(first, records, settings.budget)
}

export function planOf({ records, comparers, source, standIn }: Prepared, { rules, refused, budget }: Choice): LinkPlan {
  let distinct = 0
  for (let record = 0; record < records; record++) if (standIn[record] === record) distinct++
  return {
    comparisons: comparers.map(({ name, fields, type, term_frequency }) => ({ name, fields, type, term_frequency })),
    rules: [...rules, ...refused].map(({ name, kind, fields, estimated_pairs, used, reason, blocks_left_out, pairs_left_out }) => ({ name, kind, fields, estimated_pairs, used, reason, blocks_left_out, pairs_left_out })),
    budget,
    records,
    distinct_records: distinct,
    possible_pairs: possiblePairs(records, source)
  }
}

/** All pairs; with sources, those across them. */
export function possiblePairs(records: number, source: Uint32Array | undefined): number {
  const all = (records * (records - 1)) / 2
  if (source === undefined) return all
  const sizes = new Map<number, number>()
  for (const code of source) sizes.set(code, (sizes.get(code) ?? 0) + 1)
  return [...sizes.values()].reduce((left, size) => left - (size * (size - 1)) / 2, all)
}
