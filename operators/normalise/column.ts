/** Normalises one column: once per distinct value, however many rows carry it. */
import { ITEM_SEPARATOR, KIND, type Column, type Kind } from '../../kernel/artifact/table.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import { DraftColumn } from './draft-column.ts'
import type { Ledger } from './ledger.ts'
import type { Misplaced, NormaliseOptions, Outcome } from './normaliser.ts'
import { normaliseValue } from './registry.ts'
import type { RuleCode } from './rules.ts'

/** A column's place in the frame. */
export interface Place {
  /** 0 = records, else 1 + index of the group. */
  readonly table: number
  readonly column: number
  /** `field` or `group.field`. */
  readonly target: string
}

/** Something that a cell held for another cell of its row. */
export interface Transfer {
  readonly place: Place
  readonly row: number
  readonly what: 'role' | 'extra' | 'value'
  readonly misplaced: Misplaced
}

interface Flagged {
  readonly outcome: Outcome
  readonly surplus: readonly string[]
}

/** The normalised column. Issues and counts go to the ledger; what belongs in other cells to `transfers`, by row. */
export function normaliseColumn(column: Column, type: SemanticType, options: NormaliseOptions, place: Place, ledger: Ledger, transfers: Transfer[]): DraftColumn {
  const draft = new DraftColumn(column.name, column.codes.length)
  const translated = new Uint32Array(column.values.length + 1)
  const cells = new Uint32Array(column.values.length + 1)
  for (let row = 0; row < column.codes.length; row++) cells[column.codes[row]!]!++
  const flagged = new Map<number, Flagged>()
  const applied = new Map<RuleCode, number>()
  const texts: (string | null)[] = new Array(column.values.length)
  let changed = column.kinds !== null
  for (let index = 0; index < column.values.length; index++) {
    const kind = column.kinds === null ? KIND.text : (column.kinds[index] as Kind)
    const outcome = normaliseValue(type, column.values[index]!, kind, options)
    const { items } = outcome
    const count = cells[index + 1]!
    const text = items.length === 0 ? null : items.length === 1 || !options.multiple ? items[0]! : items.join(ITEM_SEPARATOR)
    texts[index] = text
    if (text !== null && text !== column.values[index]) changed = true
    for (let at = 0; at < outcome.rules.length; at++) applied.set(outcome.rules[at]!, (applied.get(outcome.rules[at]!) ?? 0) + count)
    const surplus = items.length > 1 && !options.multiple ? items.slice(1) : []
    if (outcome.extra?.unknown !== undefined) for (const value of outcome.extra.unknown) ledger.unknown(place.target, value, count)
    if (surplus.length > 0 || outcome.issues.length > 0 || outcome.extra?.role !== undefined || outcome.extra?.misplaced !== undefined) flagged.set(index + 1, { outcome, surplus })
  }
  for (const [rule, count] of applied) ledger.changed(place.target, rule, count)
  // Values that stay as they are stay distinct: no dictionary needed to tell.
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index]
    if (text !== null && text !== undefined) translated[index + 1] = changed ? draft.code(text) : draft.values.push(text)
  }
  for (let row = 0; row < column.codes.length; row++) draft.codes[row] = translated[column.codes[row]!]!
  if (flagged.size === 0) return draft
  for (let row = 0; row < column.codes.length; row++) {
    const found = flagged.get(column.codes[row]!)
    if (found === undefined) continue
    for (const issue of found.outcome.issues) ledger.issue(place.table, row, place.column, place.target, issue)
    for (const value of found.surplus) transfers.push({ place, row, what: 'extra', misplaced: { type, value, reason: 'EXTRA_VALUE' } })
    const { extra } = found.outcome
    if (extra?.role !== undefined) transfers.push({ place, row, what: 'role', misplaced: { type: 'text', value: extra.role, reason: 'ROLE_SET_ASIDE' } })
    for (const misplaced of extra?.misplaced ?? []) transfers.push({ place, row, what: 'value', misplaced })
  }
  return draft
}
