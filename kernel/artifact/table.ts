/**
 * Tables between operators: columnar and dictionary-encoded. Every distinct value of a column is kept
 * once, so that it is normalised, validated and compared once however many rows carry it.
 */

/** What a cell was in its file. Stored per distinct value. */
export const KIND = { text: 0, number: 1, boolean: 2, date: 3, error: 4, time: 5 } as const
export type Kind = (typeof KIND)[keyof typeof KIND]

/** Separates the items of a multi-valued cell. Cleaned text never contains control characters. */
export const ITEM_SEPARATOR = '\u001f'

/**
 * A column of text values. `codes[row]` is 0 for an empty cell, else 1 + the index into `values`.
 * Values are distinct as (kind, text) pairs, in order of first appearance, and each is used by a row.
 * A number's text is its shortest exact decimal form; a date's is `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`;
 * a boolean's is `true` or `false`; an error's is `#N/A` and the like.
 */
export interface Column {
  readonly name: string
  readonly values: readonly string[]
  /** One Kind per distinct value; null when all are text. */
  readonly kinds: Uint8Array | null
  readonly codes: Uint32Array
}

/** A column of unsigned integers: row numbers, references to rows of other tables (then 0 = none, else 1 + index). */
export interface IntegerColumn {
  readonly name: string
  readonly data: Uint32Array
}

export interface Table {
  readonly name: string
  readonly rows: number
  readonly columns: readonly Column[]
  readonly integers: readonly IntegerColumn[]
}

/** A set of tables with a JSON description: the value of every tabular artifact. */
export interface Frame<M = unknown> {
  readonly meta: M
  readonly tables: readonly Table[]
}

/** The text in a cell, or null when it is empty. */
export function textAt(column: Column, row: number): string | null {
  const code = column.codes[row]!
  return code === 0 ? null : column.values[code - 1]!
}

/** The kind of the value in a cell; `KIND.text` for an empty one. */
export function kindAt(column: Column, row: number): Kind {
  const code = column.codes[row]!
  return code === 0 || column.kinds === null ? KIND.text : (column.kinds[code - 1]! as Kind)
}

/** Tables that are wider than this are searched through an index: a sheet may have 16,384 columns, each of them asked for. */
const WIDE = 32
const indexes = new WeakMap<readonly Column[], ReadonlyMap<string, Column>>()

/** The column with this name, the first if there are several, or undefined. */
export function columnOf({ columns }: Table, name: string): Column | undefined {
  if (columns.length <= WIDE) return columns.find(column => column.name === name)
  let index = indexes.get(columns)
  if (index === undefined) {
    const made = new Map<string, Column>()
    for (const column of columns) if (!made.has(column.name)) made.set(column.name, column)
    indexes.set(columns, made)
    index = made
  }
  return index.get(name)
}

/** The integer column with this name. Throws RangeError when the table has none: that is a bug. */
export function integersOf(table: Table, name: string): Uint32Array {
  const found = table.integers.find(column => column.name === name)
  if (found === undefined) throw new RangeError(`table ${table.name} has no integer column ${name}`)
  return found.data
}

/** The table with this name. Throws RangeError when the frame has none: that is a bug. */
export function tableOf(frame: Frame, name: string): Table {
  const found = frame.tables.find(table => table.name === name)
  if (found === undefined) throw new RangeError(`frame has no table ${name}`)
  return found
}

/** The items of a multi-valued cell's text. */
export function itemsOf(text: string | null): readonly string[] {
  return text === null ? [] : text.split(ITEM_SEPARATOR)
}
