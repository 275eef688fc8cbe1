/** Normalises one column: once per distinct value, however many rows carry it. */
import { dictionaryOf, type Dictionary } from '../../kernel/artifact/dictionary.ts'
import { DistinctTexts } from '../../kernel/artifact/distinct.ts'
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

/** Bytes besides those of the values as they are: a text is given room for the most that it may take. */
const SPARE = 4096

/** The column's values as they come to be: a dictionary of its own from the first that does not stay as it is. Indexes ascend. */
class Draft {
  private readonly column: Column
  private readonly dictionary: Dictionary
  private texts: DistinctTexts | null = null
  private readonly codes: Uint32Array
  private readonly words: DataView
  /** Values before this one are done. */
  private next = 0

  constructor(column: Column, dictionary: Dictionary) {
    this.column = column
    this.dictionary = dictionary
    this.codes = new Uint32Array(dictionary.size + 1)
    this.words = new DataView(dictionary.text.buffer, dictionary.text.byteOffset, dictionary.text.byteLength)
  }

  /** Says what a value became; null empties its cells. */
  change(index: number, text: string | null): void {
    this.keepTo(index)
    this.next = index + 1
    if (text !== null) this.codes[index + 1] = this.texts!.add(text)
  }

  /** The values from the last one on stay as they are. */
  private keepTo(index: number): void {
    const { dictionary: { size, text, starts }, codes, words } = this
    const texts = (this.texts ??= new DistinctTexts(size, text.length + SPARE))
    for (; this.next < index; this.next++) codes[this.next + 1] = texts.addBytes(words, starts[this.next]!, starts[this.next + 1]!)
  }

  finish(): DraftColumn {
    const { column, dictionary, codes } = this
    // The same text as a number and as text is one value from here on.
    if (this.texts === null && column.kinds === null) return DraftColumn.over(column.name, dictionary, column.codes)
    this.keepTo(dictionary.size)
    return DraftColumn.over(column.name, this.texts!.packed(), column.codes.map(code => codes[code]!))
  }
}

/** The normalised column. Issues and counts go to the ledger; what belongs in other cells to `transfers`, by row. */
export function normaliseColumn(column: Column, type: SemanticType, options: NormaliseOptions, place: Place, ledger: Ledger, transfers: Transfer[]): DraftColumn {
  const dictionary = dictionaryOf(column)
  const cells = new Uint32Array(dictionary.size + 1)
  for (let row = 0; row < column.codes.length; row++) cells[column.codes[row]!]!++
  const flagged = new Map<number, Flagged>()
  const applied = new Map<RuleCode, number>()
  const values = new Draft(column, dictionary)
  dictionary.each((raw, index) => {
    const kind = column.kinds === null ? KIND.text : (column.kinds[index] as Kind)
    const outcome = normaliseValue(type, raw, kind, options)
    const { items } = outcome
    const count = cells[index + 1]!
    const text = items.length === 0 ? null : items.length === 1 || !options.multiple ? items[0]! : items.join(ITEM_SEPARATOR)
    if (text !== raw) values.change(index, text)
    for (let at = 0; at < outcome.rules.length; at++) applied.set(outcome.rules[at]!, (applied.get(outcome.rules[at]!) ?? 0) + count)
    const surplus = items.length > 1 && !options.multiple ? items.slice(1) : []
    if (outcome.extra?.unknown !== undefined) for (const value of outcome.extra.unknown) ledger.unknown(place.target, value, count)
    if (surplus.length > 0 || outcome.issues.length > 0 || outcome.extra?.role !== undefined || outcome.extra?.misplaced !== undefined) flagged.set(index + 1, { outcome, surplus })
  })
  for (const [rule, count] of applied) ledger.changed(place.target, rule, count)
  const draft = values.finish()
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
