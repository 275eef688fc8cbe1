/** Sorts the rows of one satellite: found, promoted, orphaned, or with nothing to add. */
import { KIND, textAt, type Column, type Kind } from '../../kernel/artifact/table.ts'
import { keyText, type Directory } from './directory.ts'
import type { Parts } from './parts.ts'
import type { Quarantine } from './quarantine.ts'

export interface SortedSatellite {
  readonly parts: Parts
  /** Per row: 1 + index of the entity's record; 0 when there is none. */
  readonly record: Uint32Array
  /** Rows that become records of their own. */
  readonly own: readonly number[]
  readonly counts: { readonly by_key: number; readonly by_name: number; readonly orphans: number }
}

function hasAny(columns: readonly Column[], row: number): boolean {
  for (const column of columns) if (column.codes[row] !== 0) return true
  return false
}

/** Whether a cell of the row says more than the zero, the dash or the error that a formula without a result leaves. */
function saysAny(columns: readonly Column[], row: number): boolean {
  for (const column of columns) {
    const code = column.codes[row]!
    if (code !== 0 && keyText(column.values[code - 1]!, column.kinds === null ? KIND.text : (column.kinds[code - 1]! as Kind)) !== '') return true
  }
  return false
}

/** Whether a column holds anything at all. */
function isFilled(column: Column | undefined): boolean {
  return column !== undefined && column.codes.some(code => code !== 0)
}

/**
 * Sorts the rows. A sheet without keys is tied to the entities by names alone, as the entity tables are to each other:
 * a name that none of them knows is that of one more entity. `reserved` are the names of fields that only say which entity a row belongs to. */
export function sortSatellite(parts: Parts, directory: Directory, reserved: ReadonlySet<string>, identity: string, orphans: 'quarantine' | 'promote', quarantine: Quarantine): SortedSatellite {
  const { table, source, number } = parts
  const resolve = directory.resolver(parts)
  const record = new Uint32Array(table.rows)
  const own: number[] = []
  const counts = { by_key: 0, by_name: 0, orphans: 0 }
  const more = [...parts.fields].filter(([name]) => !reserved.has(name)).map(([, column]) => column)
  const members = parts.members.flatMap(member => member.telling)
  const name = parts.fields.get(identity)
  const promotes = orphans === 'promote' || !isFilled(parts.fields.get('key'))
  for (let row = 0; row < table.rows; row++) {
    const found = resolve(row)
    if (found !== null) {
      if (found.by === 'key') counts.by_key++
      else counts.by_name++
      record[row] = found.record + 1
      if (hasAny(more, row)) own.push(row)
      else if (!hasAny(members, row)) quarantine.add(number, source, table, row, 'NOTHING_TO_ADD', 'names its entity, which is known, and says no more', 'info')
      continue
    }
    const text = name === undefined ? null : textAt(name, row)
    const named = text !== null && saysAny([name!], row)
    if (!named && !saysAny(members, row) && !saysAny(more, row)) {
      quarantine.add(number, source, table, row, 'ROW_WITHOUT_NAME', 'the row holds an identifier at most', 'info')
      continue
    }
    if (promotes && named) {
      own.push(row)
      continue
    }
    counts.orphans++
    const why = named ? 'no entity of this name or key is known' : 'the row names no entity that is known'
    quarantine.add(number, source, table, row, 'ORPHAN', why, 'error')
  }
  return { parts, record, own, counts }
}
