/** How often each distinct value of a column stands in it: what makes a rule cost its distinct values, not its rows. */
import { dictionaryOf, distinctOf } from '../../kernel/artifact/dictionary.ts'
import { ITEM_SEPARATOR, type Column } from '../../kernel/artifact/table.ts'

export interface Tally {
  /** Rows by code; `[0]` counts the empty cells. */
  readonly counts: Uint32Array
  readonly filled: number
}

const known = new WeakMap<Column, Tally>()

/** Counted once per column, however many rules ask. */
export function tallyOf(column: Column): Tally {
  let tally = known.get(column)
  if (tally === undefined) {
    const counts = new Uint32Array(distinctOf(column) + 1)
    const { codes } = column
    for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++
    tally = { counts, filled: codes.length - counts[0]! }
    known.set(column, tally)
  }
  return tally
}

/** The first rows whose code is marked. */
export function rowsOfCodes(column: Column, marked: Uint8Array, most: number): number[] {
  const rows: number[] = []
  for (let row = 0; row < column.codes.length && rows.length < most; row++) if (marked[column.codes[row]!] === 1) rows.push(row)
  return rows
}

/** Tests each distinct value once, each item of a list by itself: the codes of values that fail, and how many cells they fill. */
export function failing(column: Column, passes: (item: string) => boolean): { readonly marked: Uint8Array; readonly cells: number } {
  const { counts } = tallyOf(column)
  const marked = new Uint8Array(counts.length)
  let cells = 0
  dictionaryOf(column).each((text, index) => {
    if (text.includes(ITEM_SEPARATOR) ? text.split(ITEM_SEPARATOR).every(passes) : passes(text)) return
    marked[index + 1] = 1
    cells += counts[index + 1]!
  })
  return { marked, cells }
}
