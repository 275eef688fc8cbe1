/** Puts columns together: under one another, and side by side. */
import { columnOver, dictionaryOf, distinctOf, renamed } from '../../kernel/artifact/dictionary.ts'
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { KIND, type Column } from '../../kernel/artifact/table.ts'

/** A stretch of rows of a column to come; null is a stretch of empty cells. */
export interface Piece {
  readonly column: Column | null
  readonly rows: number
}

/** The pieces under one another. Dictionaries are joined once per distinct value; a single piece is reused as it is. */
export function stack(name: string, pieces: readonly Piece[]): Column {
  const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0)
  const filled = pieces.filter(piece => piece.column !== null && distinctOf(piece.column) > 0)
  if (filled.length === 0) return { name, values: [], kinds: null, codes: new Uint32Array(rows) }
  if (filled.length === 1) {
    const { column } = filled[0]!
    if (pieces.length === 1) return renamed(column!, name)
    const codes = new Uint32Array(rows)
    let at = 0
    for (const piece of pieces) {
      if (piece === filled[0]) codes.set(column!.codes, at)
      at += piece.rows
    }
    return columnOver(name, dictionaryOf(column!), column!.kinds, codes)
  }
  const seen: Map<string, number>[] = []
  const values: string[] = []
  const kinds: number[] = []
  const codes = new Uint32Array(rows)
  let onlyText = true
  let start = 0
  for (const { column, rows: count } of pieces) {
    if (column !== null && column.values.length > 0) {
      const translated = new Uint32Array(column.values.length + 1)
      for (let index = 0; index < column.values.length; index++) {
        const text = column.values[index]!
        const kind = column.kinds === null ? KIND.text : column.kinds[index]!
        const map = (seen[kind] ??= new Map())
        let code = map.get(text)
        if (code === undefined) {
          values.push(text)
          kinds.push(kind)
          if (kind !== KIND.text) onlyText = false
          code = values.length
          map.set(text, code)
        }
        translated[index + 1] = code
      }
      for (let row = 0; row < count; row++) codes[start + row] = translated[column.codes[row]!]!
    }
    start += count
  }
  return { name, values, kinds: onlyText ? null : Uint8Array.from(kinds), codes }
}

/** Distinct texts of several columns of one table, row by row, joined by a separator. The outcome is text. */
export function beside(columns: readonly Column[], separator: string): Column {
  const [first, ...others] = columns
  if (others.length === 0) return first!
  const rows = first!.codes.length
  const builder = createColumnBuilder(first!.name, rows)
  const parts: string[] = []
  for (let row = 0; row < rows; row++) {
    parts.length = 0
    for (const column of columns) {
      const code = column.codes[row]!
      if (code === 0) continue
      const text = column.values[code - 1]!
      if (!parts.includes(text)) parts.push(text)
    }
    builder.push(parts.length === 0 ? null : parts.length === 1 ? parts[0]! : parts.join(separator))
  }
  return builder.finish()
}

/** The first column where it has a value, else the second. */
export function either(first: Column, second: Column): Column {
  const builder = createColumnBuilder(first.name, first.codes.length)
  for (let row = 0; row < first.codes.length; row++) {
    const code = first.codes[row]!
    const other = second.codes[row]!
    builder.push(code !== 0 ? first.values[code - 1]! : other !== 0 ? second.values[other - 1]! : null)
  }
  return builder.finish()
}
