/** Builds dictionary-encoded columns row by row. */
import { columnOver, dictionaryOf, distinctOf, isPacked } from './dictionary.ts'
import { KIND, type Column, type Kind } from './table.ts'

const SPACE = 8

/** Grows as values are pushed; `finish` gives the immutable column. */
export interface ColumnBuilder {
  /** Number of cells so far. */
  readonly length: number
  /** Appends a cell; null is an empty cell. */
  push(text: string | null, kind?: Kind): void
  /** Appends empty cells until the column has this many. */
  pad(length: number): void
  finish(): Column
}

/** A builder for one column. `capacity` is the expected number of rows. */
export function createColumnBuilder(name: string, capacity = 1024): ColumnBuilder {
  // One map per kind: the same text as a number and as text are two values.
  const seen: (Map<string, number> | undefined)[] = new Array(SPACE)
  const values: string[] = []
  const kinds: number[] = []
  let codes = new Uint32Array(Math.max(16, capacity))
  let length = 0
  let onlyText = true

  function grow(needed: number): void {
    if (needed <= codes.length) return
    const larger = new Uint32Array(Math.max(needed, codes.length * 2))
    larger.set(codes)
    codes = larger
  }

  return {
    get length() {
      return length
    },
    push(text, kind = KIND.text) {
      grow(length + 1)
      if (text === null) {
        codes[length++] = 0
        return
      }
      const map = (seen[kind] ??= new Map())
      let code = map.get(text)
      if (code === undefined) {
        values.push(text)
        kinds.push(kind)
        if (kind !== KIND.text) onlyText = false
        code = values.length
        map.set(text, code)
      }
      codes[length++] = code
    },
    pad(target) {
      grow(target)
      if (target > length) length = target
    },
    finish() {
      return { name, values, kinds: onlyText ? null : Uint8Array.from(kinds), codes: codes.slice(0, length) }
    }
  }
}

/** A column from a list of cells, null for empty ones. */
export function columnFrom(name: string, cells: readonly (string | null)[]): Column {
  const builder = createColumnBuilder(name, cells.length)
  for (const cell of cells) builder.push(cell)
  return builder.finish()
}

/**
 * The column with every distinct value replaced: `change` is called once per distinct value and returns the
 * new text, or null to empty the cell. Results that coincide are joined. The outcome is always of kind text.
 */
export function mapColumn(column: Column, name: string, change: (text: string, kind: Kind, index: number) => string | null): Column {
  const seen = new Map<string, number>()
  const values: string[] = []
  const translated = new Uint32Array(column.values.length + 1)
  for (let index = 0; index < column.values.length; index++) {
    const kind = column.kinds === null ? KIND.text : (column.kinds[index]! as Kind)
    const text = change(column.values[index]!, kind, index)
    if (text === null) continue
    let code = seen.get(text)
    if (code === undefined) {
      values.push(text)
      code = values.length
      seen.set(text, code)
    }
    translated[index + 1] = code
  }
  const codes = new Uint32Array(column.codes.length)
  for (let row = 0; row < codes.length; row++) codes[row] = translated[column.codes[row]!]!
  return { name, values, kinds: null, codes }
}

/** The chosen rows of a column, in the order given, with unused values dropped from the dictionary. */
export function selectRows(column: Column, rows: Uint32Array | readonly number[]): Column {
  const size = distinctOf(column)
  const translated = new Uint32Array(size + 1)
  const places = new Uint32Array(Math.min(size, rows.length))
  const codes = new Uint32Array(rows.length)
  let used = 0
  for (let at = 0; at < rows.length; at++) {
    const code = column.codes[rows[at]!]!
    if (code === 0) continue
    if (translated[code] === 0) {
      places[used++] = code - 1
      translated[code] = used
    }
    codes[at] = translated[code]!
  }
  return chosen(column, column.name, places.subarray(0, used), codes)
}

/** A column of these of another's values, by place. Values that are packed stay so. */
export function chosen(column: Column, name: string, places: Uint32Array, codes: Uint32Array): Column {
  const kinds = column.kinds === null ? null : Uint8Array.from(places, place => column.kinds![place]!)
  const plain = kinds === null || kinds.every(kind => kind === KIND.text) ? null : kinds
  if (isPacked(column)) return columnOver(name, dictionaryOf(column).select(places), plain, codes)
  const { values } = column
  return { name, values: Array.from(places, place => values[place]!), kinds: plain, codes }
}
