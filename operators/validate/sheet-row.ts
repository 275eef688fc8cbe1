/** Rows of sheets: what one row gave to the records and the groups. */
import { integersOf, type Table } from '../../kernel/artifact/table.ts'
import type { Part } from './raw-row.ts'
import type { Verdicts } from './rows.ts'

/** One number for a row of a sheet, exact up to 2^21 sources. */
export const placeOf = (source: number, row: number): number => source * 0x1_0000_0000 + row

/** Members of each group that stand in the row of their own record, chained by record. */
export interface OwnMembers {
  of(record: number): readonly Part[]
}

/** Finds them; `tables` are the records and then the groups. */
export function ownMembersOf(tables: readonly Table[]): OwnMembers {
  const records = tables[0]!
  const sources = integersOf(records, 'source')
  const rows = integersOf(records, 'row')
  const chains = tables.slice(1).map(group => {
    const head = new Uint32Array(records.rows)
    const next = new Uint32Array(group.rows)
    const memberSources = integersOf(group, 'source')
    const memberRows = integersOf(group, 'row')
    const references = integersOf(group, 'record')
    for (let index = group.rows - 1; index >= 0; index--) {
      const record = references[index]! - 1
      if (record < 0 || memberSources[index] !== sources[record] || memberRows[index] !== rows[record]) continue
      next[index] = head[record]!
      head[record] = index + 1
    }
    return { head, next }
  })
  return {
    of: record => chains.flatMap(({ head, next }, at) => {
      const parts: Part[] = []
      for (let index = head[record]!; index !== 0; index = next[index - 1]!) parts.push({ table: at + 1, index: index - 1 })
      return parts
    })
  }
}

/** All that one row of a sheet gave, as parts of tables, with whether any of it goes on. */
export interface SheetRow {
  readonly parts: Part[]
  goesOn: boolean
}

/** Rows of sheets of which a part has a verdict, in the order of the tables. A part without any value neither goes on nor stays. */
export function rowsWithVerdicts(tables: readonly Table[], verdicts: readonly Verdicts[], sources: readonly Uint32Array[], rows: readonly Uint32Array[]): Iterable<SheetRow> {
  const found = new Map<number, SheetRow>()
  verdicts.forEach((list, table) => list.forEach((verdict, index) => {
    if (verdict !== undefined) found.set(placeOf(sources[table]![index]!, rows[table]![index]!), { parts: [], goesOn: false })
  }))
  if (found.size === 0) return []
  tables.forEach(({ columns, rows: size }, table) => {
    for (let index = 0; index < size; index++) {
      const row = found.get(placeOf(sources[table]![index]!, rows[table]![index]!))
      if (row === undefined || !columns.some(({ codes }) => codes[index] !== 0) && verdicts[table]![index] === undefined) continue
      row.parts.push({ table, index })
      if (verdicts[table]![index] === undefined) row.goesOn = true
    }
  })
  return found.values()
}
