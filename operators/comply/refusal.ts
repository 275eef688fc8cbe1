/** Whose consent is missing: rows of the dataset, rows of files, and the values by which those people are known. */
import { columnOf, integersOf, tableOf, textAt, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { EntitiesMeta, ValidMeta } from '../model/stages.ts'

/** What a boolean field holds where it is so. */
const YES = new Set(['true', 'yes', '1'])

const isYes = (column: Column | undefined, row: number): boolean => YES.has((column === undefined ? null : textAt(column, row))?.toLowerCase() ?? '')

/** Rows of the dataset, from 0, whose consent field is not true. */
export function withoutConsent(data: Table, consent: Column | undefined): ReadonlySet<number> {
  const rows = new Set<number>()
  for (let row = 0; row < data.rows; row++) if (!isYes(consent, row)) rows.add(row)
  return rows
}

/**
 * Whether a row of a file may be shown in the quarantine, by source and row: the row itself says yes, or says nothing and
 * the entity that it went into does; and that entity has not refused. A row that is no record says nothing.
 */
export function consentOfRows(consent: string, out: ReadonlySet<number>, entities: Frame<EntitiesMeta>, valid: Frame<ValidMeta>): (source: number, row: number) => boolean {
  const records = tableOf(valid, 'records')
  const members = tableOf(entities, 'members')
  const entityOf = new Uint32Array(records.rows + 1)
  const [entity, record] = [integersOf(members, 'entity'), integersOf(members, 'record')]
  for (let at = 0; at < members.rows; at++) entityOf[record[at]!] = entity[at]!
  const [source, line] = [integersOf(records, 'source'), integersOf(records, 'row')]
  const own = columnOf(records, consent)
  const said = new Map<string, boolean>()
  for (let at = 0; at < records.rows; at++) {
    const of = entityOf[at + 1]!
    const agrees = of > 0 ? !out.has(of - 1) && (own === undefined || textAt(own, at) === null || isYes(own, at)) : isYes(own, at)
    const key = `${source[at]!} ${line[at]!}`
    said.set(key, agrees && said.get(key) !== false)
  }
  return (of, row) => said.get(`${of} ${row}`) === true
}
