/** Everything that finds and compares pairs, made ready from the records: the same in every step that needs it. */
import { columnOf, tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import { copiesOf } from '../records/copies.ts'
import { standIns } from '../compare/alike.ts'
import { chooseComparers } from '../compare/choose.ts'
import type { Comparer } from '../compare/comparer.ts'
import { createLevels, type Levels } from '../compare/levels.ts'
import type { LinkSettings } from '../settings.ts'
import type { FixedLevels, LinkField, LinkPlan, LinkRecordsMeta } from '../stages.ts'
import { chooseRules, type Choice } from './rules.ts'
import { statedRules } from './stated.ts'

export interface Prepared {
  readonly records: number
  readonly comparers: readonly Comparer[]
  readonly keys: readonly Comparer[]
  /** Codes of the sources, when records of one source are never compared. */
  readonly source: Uint32Array | undefined
  /** For each record the one that is looked at in its place: its copy, or one that is equal in every compared value; itself when none is. */
  readonly standIn: Uint32Array
  /** 1 + the record of which it is a copy, or 0. */
  readonly copyOf: Uint32Array
  /** 1 for a record that stands for itself, and maybe for others. */
  readonly stands: Uint8Array
  /** Made when it is first asked for. */
  readonly levels: Levels
}

/** Steps in one thread are given one and the same frame: what follows from it is found once. */
const known = new WeakMap<Frame<LinkRecordsMeta>, Prepared>()

export function prepare(frame: Frame<LinkRecordsMeta>): Prepared {
  let prepared = known.get(frame)
  if (prepared === undefined) known.set(frame, (prepared = madeReady(frame)))
  return prepared
}

function madeReady(frame: Frame<LinkRecordsMeta>): Prepared {
  const table = tableOf(frame, 'records')
  const { comparers, keys } = chooseComparers(frame)
  const source = frame.meta.link_only ? columnOf(table, '#source')!.codes : undefined
  const copyOf = copiesOf(table)
  const alike = standIns(comparers, table.rows, source)
  const standIn = alike.map((first, record) => (copyOf[record] === 0 ? first : copyOf[record]! - 1))
  let levels: Levels | undefined
  return {
    records: table.rows, comparers, keys, source, standIn, copyOf,
    stands: Uint8Array.from(standIn, (first, record) => (first === record ? 1 : 0)),
    get levels() {
      return (levels ??= createLevels(comparers, table.rows))
    }
  }
}

/** The blocking rules, stated or chosen, over the records that stand for others. Throws E_UNKNOWN_NAME and E_CONFIG for stated ones. */
export function choose({ comparers, keys, records, stands }: Prepared, settings: LinkSettings, fields: readonly LinkField[]): Choice {
  if (settings.blocking !== undefined) return statedRules(settings.blocking, [...comparers, ...keys], fields, stands, settings.budget)
  return chooseRules([...comparers, ...keys], records, stands, settings.budget)
}

export function planOf({ records, comparers, source, standIn }: Prepared, { rules, refused, budget }: Choice, fixed: readonly (FixedLevels | undefined)[]): LinkPlan {
  let distinct = 0
  for (let record = 0; record < records; record++) if (standIn[record] === record) distinct++
  return {
    comparisons: comparers.map(({ name, fields, type, term_frequency }, at) => ({ name, fields, type, term_frequency, ...(fixed[at] === undefined ? {} : { fixed: fixed[at] }) })),
    rules: [...rules, ...refused],
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
