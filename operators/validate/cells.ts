/** Values that fail a rule leave their cell; the rest of the column stays as it is. */
import { mapColumn } from '../../kernel/artifact/builder.ts'
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { ITEM_SEPARATOR, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import { checkOf, type Refusal } from './rule.ts'

/** A value that may not stay in its cell. `table` is 0 for records, else 1 + the group's position; `index` counts from 0. */
export interface BadCell {
  readonly table: number
  readonly index: number
  /** `field` or `group.field`. */
  readonly target: string
  readonly value: string
  readonly reason: string
  readonly detail: string
  readonly severity: 'error' | 'info'
}

interface Failure { readonly item: string; readonly refusal: Refusal; readonly whole: boolean }

/**
 * The table with every value that breaks a rule of its field taken out. Each distinct value is checked once; of a
 * list only the items that fail leave. `bad` receives them, with the raw text of the cell where it failed whole.
 */
export function checkCells(position: number, table: Table, raw: Table, fields: readonly Field[], targetOf: (field: string) => string, bad: BadCell[]): Table {
  const columns = table.columns.map(column => {
    const field = fields.find(({ name }) => name === column.name)
    const check = field === undefined ? null : checkOf(field, targetOf(field.name))
    if (check === null) return column
    const failures = new Map<number, readonly Failure[]>()
    /** What stays of values of which something fails, by index. */
    const rest = new Map<number, string | null>()
    dictionaryOf(column).each((text, index) => {
      const kept: string[] = []
      const lost: Failure[] = []
      const items = text.includes(ITEM_SEPARATOR) ? text.split(ITEM_SEPARATOR) : [text]
      for (const item of items) {
        const refusal = check(item)
        if (refusal === null) kept.push(item)
        else lost.push({ item, refusal, whole: items.length === 1 })
      }
      if (lost.length === 0) return
      failures.set(index + 1, lost)
      rest.set(index, kept.length === 0 ? null : kept.join(ITEM_SEPARATOR))
    })
    if (failures.size === 0) return column
    const checked = mapColumn(column, column.name, (text, _kind, index) => {
      const left = rest.get(index)
      return left === undefined ? text : left
    })
    const before = raw.columns.find(({ name }) => name === column.name)
    collect(column, before, failures, (index, { item, refusal, whole }, rawText) =>
      bad.push({ table: position, index, target: targetOf(column.name), value: whole && rawText !== null ? rawText : item, reason: refusal.reason, detail: refusal.detail, severity: 'error' })
    )
    return checked
  })
  return { ...table, columns }
}

function collect(column: Column, raw: Column | undefined, failures: ReadonlyMap<number, readonly Failure[]>, add: (index: number, failure: Failure, rawText: string | null) => void): void {
  for (let index = 0; index < column.codes.length; index++) {
    const lost = failures.get(column.codes[index]!)
    if (lost === undefined) continue
    const code = raw === undefined ? 0 : raw.codes[index]!
    const rawText = code === 0 ? null : dictionaryOf(raw!).at(code - 1).replaceAll(ITEM_SEPARATOR, '; ')
    for (const failure of lost) add(index, failure, rawText)
  }
}
