/** Puts values that were found in a wrong cell where they belong: in the same row, or in the row of their entity. */
import type { DatasetSchema } from '../model/stages.ts'
import { ITEM_SEPARATOR, KIND } from '../../kernel/artifact/table.ts'
import type { Field, Group } from '../../schemas/generated/profile.ts'
import type { Transfer } from './column.ts'
import { DraftColumn } from './draft-column.ts'
import type { Ledger } from './ledger.ts'
import { normaliseValue } from './registry.ts'
import { REASONS } from './rules.ts'
import { optionsFor, typeOf, type NormaliseConfig } from './options.ts'

/** A table while the operator works on it. */
export interface DraftTable {
  /** `records`, or the name of the group. */
  readonly name: string
  readonly index: number
  readonly rows: number
  readonly fields: ReadonlyMap<string, Field>
  readonly columns: Map<string, DraftColumn>
  readonly group: Group | null
  readonly source: Uint32Array
  readonly row: Uint32Array
  /** Reference to the record of each row; null in the table of records itself. */
  readonly record: Uint32Array | null
}

type Placed = 'filled' | 'there' | 'full'

/** Carries out the transfers in order; what finds no place becomes an issue. */
export function carryOut(transfers: readonly Transfer[], tables: readonly DraftTable[], schema: DatasetSchema, config: NormaliseConfig, ledger: Ledger): void {
  const memberOf = new Map<string, ReadonlyMap<number, number>>()
  for (const transfer of transfers) {
    const { place, row, misplaced } = transfer
    const table = tables[place.table]!
    const target = transfer.what === 'value' ? null : transfer.what === 'role' ? roleField(table, place.target) : (table.fields.get(fieldName(place.target))?.rest ?? null)
    const placed = transfer.what === 'value' ? anywhere(transfer, table) : target === null ? null : put(table, row, target, transfer)
    if (placed === 'filled') ledger.changed(place.target, 'MOVED_OUT', transfer.what === 'value' ? 0 : 1)
    if (transfer.what === 'value') report(transfer, placed)
    else if (placed !== 'filled' && placed !== 'there') {
      ledger.issue(place.table, row, place.column, place.target, { reason: misplaced.reason, severity: 'info', value: misplaced.value, detail: REASONS[misplaced.reason] })
    }
  }

  function report(transfer: Transfer, placed: Placed | null): void {
    const { place, row, misplaced } = transfer
    const severity = placed === 'filled' || placed === 'there' || misplaced.type === 'person-name' ? 'info' : 'error'
    if (placed === 'there') return
    const detail = placed === 'filled' ? `${REASONS[misplaced.reason]}; moved to its own field` : `${REASONS[misplaced.reason]}; no empty field takes it`
    ledger.issue(place.table, row, place.column, place.target, { reason: misplaced.reason, severity, value: misplaced.value, detail })
  }

  /** Fields of the value's type: in the row itself, in its record, in the member that stands in the record's own row. */
  function anywhere(transfer: Transfer, table: DraftTable): Placed | null {
    const { type } = transfer.misplaced
    let best = tryFields(table, transfer.row, type, transfer)
    if (best === 'filled' || best === 'there') return best
    if (table.record !== null) {
      const record = table.record[transfer.row]!
      if (record > 0) best = tryFields(tables[0]!, record - 1, type, transfer) ?? best
      return best
    }
    for (const other of tables.slice(1)) {
      const member = members(other).get(transfer.row)
      if (member === undefined) continue
      const placed = tryFields(other, member, type, transfer)
      if (placed === 'filled' || placed === 'there') return placed
      best = placed ?? best
    }
    return best
  }

  function tryFields(table: DraftTable, row: number, type: string, transfer: Transfer): Placed | null {
    let best: Placed | null = null
    for (const field of table.fields.values()) {
      if (typeOf(field) !== type || field.derive !== undefined || field.constant !== undefined) continue
      const placed = put(table, row, field.name, transfer)
      if (placed === 'filled' || placed === 'there') return placed
      best ??= placed
    }
    return best
  }

  function put(table: DraftTable, row: number, name: string, transfer: Transfer): Placed | null {
    const field = table.fields.get(name)
    if (field === undefined) return null
    const options = optionsFor(field, config)
    const outcome = normaliseValue(typeOf(field), transfer.misplaced.value, KIND.text, options)
    if (outcome.items.length === 0) return null
    let column = table.columns.get(name)
    if (column === undefined) table.columns.set(name, (column = new DraftColumn(name, table.rows)))
    const here = column.textAt(row)
    const target = table.index === 0 ? name : `${table.name}.${name}`
    let filled = false
    if (options.multiple) {
      for (const item of outcome.items) filled = column.append(row, item) || filled
    } else if (here === null) {
      column.set(row, outcome.items[0]!)
      filled = true
    } else if (same(here, outcome.items[0]!)) return 'there'
    else return 'full'
    if (!filled) return 'there'
    ledger.changed(target, 'MOVED_IN', 1)
    return 'filled'
  }

  /** Record index to the first member of the group that stands in the record's own row. */
  function members(table: DraftTable): ReadonlyMap<number, number> {
    let found = memberOf.get(table.name)
    if (found === undefined) {
      const map = new Map<number, number>()
      const records = tables[0]!
      for (let row = 0; row < table.rows; row++) {
        const record = table.record![row]!
        if (record > 0 && !map.has(record - 1) && records.source[record - 1] === table.source[row] && records.row[record - 1] === table.row[row]) map.set(record - 1, row)
      }
      memberOf.set(table.name, (found = map))
    }
    return found
  }

  function roleField(table: DraftTable, target: string): string | null {
    if (table.group?.prefer?.role !== undefined) return table.group.prefer.role
    const own = fieldName(target).replace(/name$/, 'role')
    for (const name of [own, 'role', 'position', 'job_title', 'title']) {
      const field = table.fields.get(name)
      if (name !== fieldName(target) && field !== undefined && field.derive === undefined && (typeOf(field) === 'text' || typeOf(field) === 'category')) return name
    }
    return null
  }

  function fieldName(target: string): string {
    const dot = target.indexOf('.')
    return dot === -1 ? target : target.slice(dot + 1)
  }
}

function same(a: string, b: string): boolean {
  const small = b.toLowerCase()
  return a.toLowerCase().split(ITEM_SEPARATOR).some(item => item === small || item.includes(small))
}
