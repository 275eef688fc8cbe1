/** Normalises one column: once per distinct value, however many rows carry it. */
import { dictionaryOf, type Dictionary } from '../../kernel/artifact/dictionary.ts'
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

/** What values of a column became, where that is something else. Indexes ascend. */
class Changes {
  readonly indexes: number[] = []
  /** By place in `indexes`, the place in `texts`; -1 where the value went. */
  readonly places: number[] = []
  readonly texts: string[] = []
  private readonly known = new Map<string, number>()

  add(index: number, text: string | null): void {
    this.indexes.push(index)
    this.places.push(text === null ? -1 : this.placeOf(text))
  }

  /** The place of a text, which is added when it is new. */
  placeOf(text: string): number {
    let place = this.known.get(text)
    if (place === undefined) this.known.set(text, (place = this.texts.push(text) - 1))
    return place
  }

  find(text: string): number | undefined {
    return this.known.get(text)
  }
}

/** The column with some of its values replaced, or emptied. Values that stay as they are stay distinct: only what others became can be one of them. */
function translated(column: Column, dictionary: Dictionary, changes: Changes): DraftColumn {
  const draft = new DraftColumn(column.name, column.codes.length)
  const codes = new Uint32Array(dictionary.size + 1)
  const { indexes, places, texts } = changes
  const codeOf: number[] = []
  const take = (index: number, place: number): void => {
    codes[index + 1] = codeOf[place] ??= draft.values.push(texts[place]!)
  }
  let next = 0
  if (indexes.length === dictionary.size) for (; next < indexes.length; next++) if (places[next]! >= 0) take(indexes[next]!, places[next]!)
  if (next === 0) {
    dictionary.each((raw, index) => {
      if (indexes[next] === index) {
        const place = places[next++]!
        if (place >= 0) take(index, place)
        return
      }
      // The same text as a number and as text is one value from here on.
      const place = column.kinds !== null ? changes.placeOf(raw) : texts.length === 0 ? undefined : changes.find(raw)
      if (place === undefined) codes[index + 1] = draft.values.push(raw)
      else take(index, place)
    })
  }
  for (let row = 0; row < column.codes.length; row++) draft.codes[row] = codes[column.codes[row]!]!
  return draft
}

/** The normalised column. Issues and counts go to the ledger; what belongs in other cells to `transfers`, by row. */
export function normaliseColumn(column: Column, type: SemanticType, options: NormaliseOptions, place: Place, ledger: Ledger, transfers: Transfer[]): DraftColumn {
  const dictionary = dictionaryOf(column)
  const cells = new Uint32Array(dictionary.size + 1)
  for (let row = 0; row < column.codes.length; row++) cells[column.codes[row]!]!++
  const flagged = new Map<number, Flagged>()
  const applied = new Map<RuleCode, number>()
  const changes = new Changes()
  dictionary.each((raw, index) => {
    const kind = column.kinds === null ? KIND.text : (column.kinds[index] as Kind)
    const outcome = normaliseValue(type, raw, kind, options)
    const { items } = outcome
    const count = cells[index + 1]!
    const text = items.length === 0 ? null : items.length === 1 || !options.multiple ? items[0]! : items.join(ITEM_SEPARATOR)
    if (text !== raw) changes.add(index, text)
    for (let at = 0; at < outcome.rules.length; at++) applied.set(outcome.rules[at]!, (applied.get(outcome.rules[at]!) ?? 0) + count)
    const surplus = items.length > 1 && !options.multiple ? items.slice(1) : []
    if (outcome.extra?.unknown !== undefined) for (const value of outcome.extra.unknown) ledger.unknown(place.target, value, count)
    if (surplus.length > 0 || outcome.issues.length > 0 || outcome.extra?.role !== undefined || outcome.extra?.misplaced !== undefined) flagged.set(index + 1, { outcome, surplus })
  })
  for (const [rule, count] of applied) ledger.changed(place.target, rule, count)
  const draft = changes.indexes.length === 0 && column.kinds === null ? DraftColumn.over(column.name, dictionary, column.codes) : translated(column, dictionary, changes)
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
