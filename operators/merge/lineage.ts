/** Where an entity comes from: names of its sources, ids of its rows, as they are written. */
import { canonicalJson } from '../../kernel/json.ts'
import { ITEM_SEPARATOR, integersOf, textAt, type Table } from '../../kernel/artifact/table.ts'
import type { Source } from '../model/stages.ts'

/** `source:key` where the row has a key, else `source:sheet!row`. */
export function recordIdOf(source: Source, row: number, key: string | null): string {
  return `${source.name}:${key ?? `${source.sheet}!${row}`}`
}

/** Names and ids of rows, each made once. */
export interface Lineage {
  sourceOf(record: number): string
  idOf(record: number): string
  /** Canonical JSON `{"record":…,"source":…}` of a record. */
  originOf(record: number): string
  /** The same of any row of a source (from 1). */
  originAt(source: number, row: number): string
}

/** Lineage of the records; `records` count from 0. */
export function lineageOf(records: Table, sources: readonly Source[]): Lineage {
  const sourceOf = integersOf(records, 'source')
  const rowOf = integersOf(records, 'row')
  const key = records.columns.find(({ name }) => name === 'key')
  const quotedNames = sources.map(({ name }) => canonicalJson(name))
  const origins: (string | undefined)[] = []
  const idOf = (record: number): string => recordIdOf(sources[sourceOf[record]! - 1]!, rowOf[record]!, key === undefined ? null : textAt(key, record))
  return {
    sourceOf: record => sources[sourceOf[record]! - 1]!.name,
    idOf,
    originOf: record => (origins[record] ??= `{"record":${canonicalJson(idOf(record))},"source":${quotedNames[sourceOf[record]! - 1]}}`),
    originAt: (source, row) => `{"record":${canonicalJson(recordIdOf(sources[source - 1]!, row, null))},"source":${quotedNames[source - 1]}}`
  }
}

/** Items of each record, those that the record brought or its own: distinct, in code unit order, as one list. */
export function unionOf(records: Uint32Array | readonly number[], brought: (record: number) => string | null, own: (record: number) => string): string {
  const items = new Set<string>()
  for (const record of records) {
    const text = brought(record)
    if (text === null) items.add(own(record))
    else for (const item of text.split(ITEM_SEPARATOR)) items.add(item)
  }
  return [...items].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(ITEM_SEPARATOR)
}
