/** What became of every row that came in: used, merged, or quarantined. */
import { integersOf, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import type { EntitiesMeta, ValidMeta } from '../model/stages.ts'
import type { Roster } from './roster.ts'

const FATE = { unknown: 0, quarantined: 1, merged: 2, used: 3 } as const

/**
 * Counts per source. A row is used when it stands for an entity; merged when it went into an entity besides
 * (another record of it, a satellite's row); quarantined when it is listed so. A row counts once.
 */
export function reconcile(valid: Frame<ValidMeta>, roster: Roster): EntitiesMeta['reconciliation'] {
  const { sources, group_order } = valid.meta
  /** By source, and in it by the number of a row. */
  const fates = sources.map(({ rows }) => new Uint8Array(rows + 2))
  const note = (source: number, row: number, fate: number): void => {
    let rows = fates[source - 1]
    if (rows === undefined) return
    if (row >= rows.length) {
      const more = new Uint8Array(Math.max(row + 1, 2 * rows.length))
      more.set(rows)
      fates[source - 1] = rows = more
    }
    if (rows[row]! < fate) rows[row] = fate
  }
  const quarantine = tableOf(valid, 'quarantine')
  const level = quarantine.columns.find(({ name }) => name === 'level')
  const quarantined = integersOf(quarantine, 'source')
  const quarantinedRows = integersOf(quarantine, 'row')
  for (let at = 0; at < quarantine.rows; at++) if (level === undefined || textAt(level, at) !== 'cell') note(quarantined[at]!, quarantinedRows[at]!, FATE.quarantined)

  const records = tableOf(valid, 'records')
  const recordSources = integersOf(records, 'source')
  const recordRows = integersOf(records, 'row')
  for (const name of group_order) {
    const table = tableOf(valid, name)
    const ok = integersOf(table, 'ok')
    const references = integersOf(table, 'record')
    const memberSources = integersOf(table, 'source')
    const memberRows = integersOf(table, 'row')
    for (let at = 0; at < table.rows; at++) {
      const record = references[at]! - 1
      if (ok[at] === 0 || record < 0 || (memberSources[at] === recordSources[record] && memberRows[at] === recordRows[record])) continue
      note(memberSources[at]!, memberRows[at]!, FATE.merged)
    }
  }
  for (let entity = 0; entity < roster.entities; entity++) {
    for (let at = roster.offsets[entity]!; at < roster.offsets[entity + 1]!; at++) {
      const record = roster.records[at]!
      note(recordSources[record]!, recordRows[record]!, record === roster.base[entity] ? FATE.used : FATE.merged)
    }
  }
  return sources.map((source, at) => {
    const counts = [0, 0, 0, 0]
    const rows = fates[at]!
    for (let row = 0; row < rows.length; row++) counts[rows[row]!]!++
    return { file: source.file, sheet: source.sheet, table: source.table, role: source.role, rows_in: source.rows, used: counts[FATE.used]!, merged: counts[FATE.merged]!, quarantined: counts[FATE.quarantined]! }
  })
}
