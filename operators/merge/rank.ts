/** The order in which the records of an entity are believed. */
import { integersOf, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import type { ValidMeta } from '../model/stages.ts'

export type Criterion = 'priority' | 'validity' | 'completeness' | 'recency'

/** Compares records; position (source, then row) decides what the criteria leave open, so that the order is total. */
export interface Ranking {
  /** Below 0 when record `a` goes before `b`. Records count from 0. */
  compare(a: number, b: number): number
  /** The criterion by which `a` beats `b`, or `position`. */
  decidedBy(a: number, b: number): Criterion | 'position'
}

/** Values refused per record, from the quarantine. */
function refusedOf(valid: Frame<ValidMeta>, size: number): Uint32Array {
  const refused = new Uint32Array(size)
  const quarantine = tableOf(valid, 'quarantine')
  const level = quarantine.columns.find(({ name }) => name === 'level')
  const severity = quarantine.columns.find(({ name }) => name === 'severity')
  if (quarantine.rows === 0 || level === undefined || severity === undefined) return refused
  const perRow = new Map<number, number>()
  const sources = integersOf(quarantine, 'source')
  const rows = integersOf(quarantine, 'row')
  for (let at = 0; at < quarantine.rows; at++) {
    if (textAt(level, at) !== 'cell' || textAt(severity, at) !== 'error') continue
    const key = sources[at]! * 0x1_0000_0000 + rows[at]!
    perRow.set(key, (perRow.get(key) ?? 0) + 1)
  }
  if (perRow.size === 0) return refused
  const records = tableOf(valid, 'records')
  const recordSources = integersOf(records, 'source')
  const recordRows = integersOf(records, 'row')
  for (let record = 0; record < size; record++) refused[record] = perRow.get(recordSources[record]! * 0x1_0000_0000 + recordRows[record]!) ?? 0
  return refused
}

/** The ranking that a profile asks for: source priority, fewest refused values, most fields filled, latest date. */
export function rankingOf(valid: Frame<ValidMeta>, criteria: readonly Criterion[], recency: string | undefined): Ranking {
  const records = tableOf(valid, 'records')
  const sources = integersOf(records, 'source')
  const rows = integersOf(records, 'row')
  const size = records.rows
  const keys = criteria.flatMap((criterion): { criterion: Criterion; order: (a: number, b: number) => number }[] => {
    if (criterion === 'priority') {
      const priority = valid.meta.sources.map(source => source.priority)
      return [{ criterion, order: (a, b) => priority[sources[b]! - 1]! - priority[sources[a]! - 1]! }]
    }
    if (criterion === 'validity') {
      const refused = refusedOf(valid, size)
      return [{ criterion, order: (a, b) => refused[a]! - refused[b]! }]
    }
    if (criterion === 'completeness') {
      const filled = new Uint32Array(size)
      const names = new Set(valid.meta.schema.fields.map(({ name }) => name))
      for (const { name, codes } of records.columns) {
        if (names.has(name)) for (let record = 0; record < size; record++) if (codes[record] !== 0) filled[record]!++
      }
      return [{ criterion, order: (a, b) => filled[b]! - filled[a]! }]
    }
    const column = records.columns.find(({ name }) => name === recency)
    if (column === undefined) return []
    return [{ criterion, order: (a, b) => {
      const x = textAt(column, a) ?? ''
      const y = textAt(column, b) ?? ''
      return x > y ? -1 : x < y ? 1 : 0
    } }]
  })
  return {
    compare(a, b) {
      for (const { order } of keys) {
        const difference = order(a, b)
        if (difference !== 0) return difference
      }
      return sources[a]! - sources[b]! || rows[a]! - rows[b]! || a - b
    },
    decidedBy: (a, b) => keys.find(({ order }) => order(a, b) !== 0)?.criterion ?? 'position'
  }
}
