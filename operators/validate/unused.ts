/** Tables of which nothing goes on, and a dataset that stays empty. */
import type { Table } from '../../kernel/artifact/table.ts'
import type { Diagnostic } from '../../kernel/types.ts'
import { plural } from '../model/plural.ts'
import type { Source } from '../model/stages.ts'
import type { QuarantineLine } from './quarantine.ts'
import type { Verdicts } from './rows.ts'

/** What a reason says of a table whose every row has it. */
const WHOLE = new Map([
  ['ORPHAN', 'no row of an entity has the key or the name'],
  ['ROW_WITHOUT_NAME', 'an identifier and nothing else'],
  ['REQUIRED_MISSING', 'a required field is missing'],
  ['ENTITY_QUARANTINED', 'what they belong to is in quarantine']
])

/**
 * One warning `TABLE_UNUSED` per table that has rows and none that goes on, with the reason. Tables that were recognised
 * as something else, or that only repeat names that are known, are told elsewhere.
 */
export function unusedTables(lines: readonly QuarantineLine[], sources: readonly Source[]): readonly Diagnostic[] {
  const rows = sources.map(() => new Set<number>())
  const reasons = sources.map(() => new Map<string, number>())
  for (const { level, source, row, reason } of lines) {
    if (level !== 'row' || source < 1 || source > sources.length) continue
    rows[source - 1]!.add(row)
    const counts = reasons[source - 1]!
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return sources.flatMap((source, index) => {
    if (source.rows === 0 || source.recognised === true || rows[index]!.size < source.rows) return []
    const found = [...reasons[index]!].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1))
    if (found[0]![0] === 'NOTHING_TO_ADD') return []
    const why = source.role === 'set-aside' ? source.role_reason : (WHOLE.get(found[0]![0]) ?? found[0]![0])
    const several = sources.some(other => other !== source && other.file === source.file && other.sheet === source.sheet)
    const table = several ? `, table ${source.table.slice(source.table.lastIndexOf('#') + 1)}` : ''
    return [{
      code: 'TABLE_UNUSED',
      severity: 'warning' as const,
      message: `${source.file}: nothing of sheet ${source.sheet}${table} is used, ${plural(source.rows, 'row')}: ${why}`,
      details: { file: source.file, sheet: source.sheet, table: source.table, role: source.role, rows: source.rows, reason: why, reasons: Object.fromEntries(found) }
    }]
  })
}

/** `EMPTY_DATASET_BREACHED`, of severity error, when rows came in and no record goes on. */
export function emptyDataset(records: Table, verdicts: Verdicts, sources: readonly Source[]): readonly Diagnostic[] {
  const rowsIn = sources.reduce((sum, { rows }) => sum + rows, 0)
  if (rowsIn === 0) return []
  for (let index = 0; index < records.rows; index++) if (verdicts[index] === undefined) return []
  return [{
    code: 'EMPTY_DATASET_BREACHED',
    severity: 'error',
    message: `the dataset would be empty: ${rowsIn === 1 ? 'the only row' : `none of ${rowsIn} rows`} that came in ${rowsIn === 1 ? 'does not go' : 'goes'} on`,
    details: { rows_in: rowsIn, records: records.rows }
  }]
}
