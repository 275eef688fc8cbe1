/** Rows of delimited text, put together from bytes: most values stand in the file just as they stand in the dictionary. */
import { copyBytes } from '../../../kernel/artifact/copy.ts'
import type { Column } from '../../../kernel/artifact/table.ts'
import { replaced, textOf, utf8Of } from '../utf8-column.ts'

export interface FieldColumn {
  readonly codes: Uint32Array
  readonly words: DataView
  /** Value `code` stands from `starts[code - 1]` to `starts[code]`. */
  readonly starts: Uint32Array
  /** 1 where the value is put in quotes, by code less one. */
  readonly quoted: Uint8Array
}

const QUOTE = 0x22
const COMMA = 0x2c
const FREE = 0
const SEPARATES = 1
const MARKED = 2
/** Bytes within a value: those that make it quoted, and those for which its text is asked. */
const CLASS = new Uint8Array(256)
for (const byte of [COMMA, 0x0d, 0x0a]) CLASS[byte] = SEPARATES
for (const byte of [QUOTE, 0x1f]) CLASS[byte] = MARKED
/** First bytes of what a spreadsheet may run as a formula, spaces and full-width signs included. */
const RISKY = new Uint8Array(256)
for (const byte of [0x00, 0x09, 0x0a, 0x0d, 0x20, 0x25, 0x27, 0x2b, 0x2d, 0x3b, 0x3d, 0x40, 0x7b, 0x7c, 0xc2, 0xe2, 0xef]) RISKY[byte] = 1

/** The values of a column as fields; `written` tells what stands for a text that is not simply itself. */
export function fieldsOf(column: Column, written: (text: string) => string): FieldColumn {
  const values = utf8Of(column)
  const { bytes, starts, lengths } = values
  const quoted = new Uint8Array(lengths.length)
  const replacements = new Map<number, string>()
  for (let index = 0; index < lengths.length; index++) {
    const form = formOf(bytes, starts[index]!, starts[index + 1]!)
    if (form === SEPARATES) quoted[index] = 1
    if (form !== MARKED) continue
    const text = textOf(values, index)
    const field = written(text)
    if (field !== text) replacements.set(index, field)
  }
  const final = replaced(values, replacements)
  return { codes: column.codes, words: new DataView(final.bytes.buffer, final.bytes.byteOffset, final.bytes.byteLength), starts: final.starts, quoted }
}

function formOf(bytes: Uint8Array, from: number, to: number): number {
  if (from < to && RISKY[bytes[from]!] === 1 && !isSignedNumber(bytes, from, to)) return MARKED
  let form = FREE
  for (let at = from; at < to; at++) {
    const kind = CLASS[bytes[at]!]!
    if (kind > form) {
      if (kind === MARKED) return MARKED
      form = kind
    }
  }
  return form
}

/** A sign and digits, such as a telephone number: no formula. */
function isSignedNumber(bytes: Uint8Array, from: number, to: number): boolean {
  if ((bytes[from] !== 0x2b && bytes[from] !== 0x2d) || to - from < 2) return false
  for (let at = from + 1; at < to; at++) if (bytes[at]! < 0x30 || bytes[at]! > 0x39) return false
  return true
}

/** The rows after `head`: fields parted by commas, lines ended by CR LF. An only field that is empty is a pair of quotes, or its line would be no row. */
export function joinRows(head: Uint8Array, columns: readonly FieldColumn[], rows: number): Uint8Array {
  const out = new Uint8Array(head.length + sizeOf(columns, rows))
  out.set(head)
  const view = new DataView(out.buffer)
  const last = columns.length - 1
  let at = head.length
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index <= last; index++) {
      const { codes, words, starts, quoted } = columns[index]!
      const code = codes[row]!
      if (code !== 0) {
        const isQuoted = quoted[code - 1] === 1
        if (isQuoted) out[at++] = QUOTE
        at = copyBytes(view, at, words, starts[code - 1]!, starts[code]!)
        if (isQuoted) out[at++] = QUOTE
      } else if (last === 0) {
        out[at++] = QUOTE
        out[at++] = QUOTE
      }
      if (index < last) out[at++] = COMMA
    }
    out[at++] = 0x0d
    out[at++] = 0x0a
  }
  return out
}

function sizeOf(columns: readonly FieldColumn[], rows: number): number {
  const empty = columns.length === 1 ? 2 : 0
  let size = rows * (columns.length + 1)
  for (const { codes, starts, quoted } of columns) {
    for (let row = 0; row < rows; row++) {
      const code = codes[row]!
      size += code === 0 ? empty : starts[code]! - starts[code - 1]! + 2 * quoted[code - 1]!
    }
  }
  return size
}
