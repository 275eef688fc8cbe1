/** Values that normalising could not read, as cells that are bad. */
import { integersOf, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import type { BadCell } from './cells.ts'
import { placeOf } from './sheet-row.ts'

/** Bad cells by table and row, for the few rows that have any. */
export function byRow(bad: readonly BadCell[]): ReadonlyMap<number, readonly BadCell[]> {
  const map = new Map<number, BadCell[]>()
  for (const cell of bad) {
    const key = placeOf(cell.table, cell.index)
    const list = map.get(key)
    if (list === undefined) map.set(key, [cell])
    else list.push(cell)
  }
  return map
}

/** The issues of a normalised frame. A field of a group may be named with its group or without. */
export function readIssues(frame: Frame, groups: readonly string[]): BadCell[] {
  const issues = tableOf(frame, 'issues')
  const tables = integersOf(issues, 'table')
  const indexes = integersOf(issues, 'index')
  const [field, value, reason, detail, severity] = ['field', 'value', 'reason', 'detail', 'severity'].map(name => issues.columns.find(column => column.name === name))
  const text = (column: typeof field, row: number): string => (column === undefined ? '' : textAt(column, row) ?? '')
  const bad: BadCell[] = []
  for (let row = 0; row < issues.rows; row++) {
    const table = tables[row]!
    const name = text(field, row)
    const target = table === 0 || name.includes('.') ? name : `${groups[table - 1]}.${name}`
    bad.push({ table, index: indexes[row]!, target, value: text(value, row), reason: text(reason, row), detail: text(detail, row), severity: text(severity, row) === 'info' ? 'info' : 'error' })
  }
  return bad
}

