/**
 * The fast path over rows and their cells: nine cells in ten are a number or a shared text, written as every writer writes
 * them. It reads these from the bytes and stops at the first byte that is not so; the scanner then reads that cell.
 */
import { SHEET_ROWS } from '../address.ts'
import type { SheetGrid } from '../column/sheet-grid.ts'
import { viewOf } from '../column/text-arena.ts'

export interface PlainCells {
  readonly grid: SheetGrid
  readonly styleOf: Uint16Array
  readonly sharedIds: Uint32Array
  row: number
  /** Column of the last cell read, from 0. */
  column: number
  /** Whether the cells stand in a row that is not hidden, so that the next such row may follow. */
  rows: boolean
}

const [LT, GT, SLASH, QUOTE, SPACE, EQUALS, POINT, MINUS, AMP, CR, UNDERSCORE] = [0x3c, 0x3e, 0x2f, 0x22, 0x20, 0x3d, 0x2e, 0x2d, 0x26, 0x0d, 0x5f]
const [R, S, N, C, I, X, E, H, O, W, COLON] = [0x72, 0x73, 0x6e, 0x63, 0x69, 0x78, 0x45, 0x68, 0x6f, 0x77, 0x3a]
/** Powers of ten that a double holds exactly. */
const TENS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]
const MAX_DIGITS = 15
/** More than any double needs. */
const MAX_CHARACTERS = 32
/** No plain cell begins nearer to the end than this. */
const TAIL = 64

function endOfNumber(b: Uint8Array, from: number): number {
  let at = from
  for (let byte = b[at]!; (byte >= 0x30 && byte <= 0x39) || byte === E || byte === MINUS || byte === 0x2b; byte = b[++at]!);
  return at
}

/**
 * At a `</row>`: reads it and the tag of the row after it, of which only `r` matters. Returns where the row's content
 * begins, and its number in `state`; or -1 when the tag says more, such as that the row is hidden.
 */
function nextRow(state: PlainCells, b: Uint8Array, from: number, last: number): number {
  if (b[from + 2] !== R || b[from + 3] !== O || b[from + 4] !== W || b[from + 5] !== GT || b[from + 6] !== LT || b[from + 7] !== R || b[from + 8] !== O || b[from + 9] !== W) return -1
  let at = from + 10
  let number = -1
  while (b[at] === SPACE && at < last) {
    let name = ++at
    for (; at < last && b[at] !== EQUALS; at++) {
      const byte = b[at]!
      if (byte === COLON) name = at + 1
      else if (byte <= SPACE || byte === GT || byte === LT) return -1
    }
    if (b[at + 1] !== QUOTE) return -1
    const first = b[name]
    // `hidden`, and `xmlns:r`, need a closer look.
    if ((first === H && b[name + 1] === I) || (b[name - 1] === COLON && b[name - 2] === S)) return -1
    const isNumber = first === R && at === name + 1
    at += 2
    if (isNumber) {
      if (number !== -1) return -1
      number = 0
      for (let byte = b[at]!; byte >= 0x30 && byte <= 0x39 && number <= SHEET_ROWS; byte = b[++at]!) number = number * 10 + byte - 48
    } else {
      while (at < last && b[at] !== QUOTE && b[at] !== LT) at++
    }
    if (b[at] !== QUOTE) return -1
    at++
  }
  if (b[at] !== GT || at >= last) return -1
  if (number === -1) number = state.row + 1
  if (number < 1 || number > SHEET_ROWS) return -1
  state.row = number
  return at + 1
}

/** Four bytes as a big-endian word. */
function word(text: string): number {
  return (text.charCodeAt(0) << 24) | (text.charCodeAt(1) << 16) | (text.charCodeAt(2) << 8) | text.charCodeAt(3)
}

const [CELL_R, STYLE, TYPE, VALUE, VALUE_END, CELL_END, INLINE, INLINE_END] = ['<c r', ' s="', ' t="', '><v>', '</v>', '</c>', '><is', '</t>'].map(word) as [number, number, number, number, number, number, number, number]
const [INLINE_STR, TEXT_OPEN, INLINE_CLOSE] = ['inli', '><t>', '</is'].map(word) as [number, number, number]

/** Bytes that end a text or need decoding. */
const STOP = new Uint8Array(256)
for (const byte of [LT, AMP, CR, UNDERSCORE]) STOP[byte] = 1

/** Reads plain cells from `from` on. Returns where the first thing begins that is none. */
export function readPlainCells(state: PlainCells, b: Uint8Array, from: number): number {
  const last = b.length - TAIL
  if (from >= last) return from
  const { grid, styleOf, sharedIds } = state
  const view = viewOf(b)
  let { row } = state
  // The row's number as it is written, to be compared rather than read: nearly all rows of a large sheet have five or six digits.
  let rowDigits = 0
  let rowFirst = 0
  let rowSecond = 0
  let rowTail = 0
  let pos = from
  let column = state.column
  for (;;) {
    let at = pos
    if (at >= last || b[at] !== LT) break
    if (b[at + 1] === SLASH) {
      const content = state.rows ? nextRow(state, b, at, last) : -1
      if (content === -1) break
      row = state.row
      column = -1
      grid.startRow(row)
      pos = content
      rowDigits = row < 10_000 ? 0 : row < 100_000 ? 5 : row < 1_000_000 ? 6 : 0
      if (rowDigits > 0) {
        const high = Math.floor(row / 10_000)
        const low = row - high * 10_000
        rowFirst = 48 + (rowDigits === 5 ? high : Math.floor(high / 10))
        rowSecond = 48 + (high % 10)
        rowTail = ((48 + Math.floor(low / 1000)) << 24) | ((48 + (Math.floor(low / 100) % 10)) << 16) | ((48 + (Math.floor(low / 10) % 10)) << 8) | (48 + (low % 10))
      }
      continue
    }
    let cellColumn = column + 1
    if (view.getInt32(at) === CELL_R && b[at + 4] === EQUALS && b[at + 5] === QUOTE) {
      at += 6
      let letters = 0
      let byte = b[at]!
      for (; byte >= 0x41 && byte <= 0x5a && letters < 475_254; byte = b[++at]!) letters = letters * 26 + byte - 64
      if (letters === 0 || letters > 16_384) break
      if (rowDigits > 4 && view.getInt32(at + rowDigits - 4) === rowTail && b[at + rowDigits] === QUOTE && byte === rowFirst && (rowDigits === 5 || (b[at + 1] === rowSecond && rowDigits === 6))) at += rowDigits
      else {
        let number = 0
        for (; byte >= 0x30 && byte <= 0x39 && number < 10_000_000; byte = b[++at]!) number = number * 10 + byte - 48
        if (number !== row || byte !== QUOTE) break
      }
      cellColumn = letters - 1
      at++
    } else if (b[at + 1] === C) at += 2
    else break
    let style = 0
    let type = N
    let next = view.getInt32(at)
    while (next === STYLE || next === TYPE) {
      at += 4
      if (next === STYLE) {
        style = 0
        for (let byte = b[at]!; byte >= 0x30 && byte <= 0x39 && style < 100_000; byte = b[++at]!) style = style * 10 + byte - 48
      } else if ((b[at] === S || b[at] === N) && b[at + 1] === QUOTE) type = b[at++]!
      else if (view.getInt32(at) === INLINE_STR && b[at + 6] === S) {
        type = I
        at += 9
      }
      if (b[at] !== QUOTE) break
      next = view.getInt32(++at)
    }
    if (next === VALUE) {
      at += 4
      const numberFrom = at
      const negative = b[at] === MINUS
      if (negative) at++
      let mantissa = 0
      let digits = 0
      let decimals = 0
      let byte = b[at]!
      for (; byte >= 0x30 && byte <= 0x39; byte = b[++at]!) {
        mantissa = mantissa * 10 + byte - 48
        digits++
      }
      if (digits === 0) break
      if (byte === POINT) {
        byte = b[++at]!
        for (; byte >= 0x30 && byte <= 0x39; byte = b[++at]!) {
          mantissa = mantissa * 10 + byte - 48
          decimals++
        }
      }
      if (digits + decimals > MAX_DIGITS || byte === E) {
        if (type !== N) break
        const end = endOfNumber(b, at)
        if (end >= last || view.getInt32(end) !== VALUE_END || view.getInt32(end + 4) !== CELL_END || end - numberFrom > MAX_CHARACTERS) break
        const value = Number(String.fromCharCode.apply(null, b.subarray(numberFrom, end) as unknown as number[]))
        // Whole numbers that a double cannot hold keep their digits, and what is no number its text: both need more care.
        if (!(value < 9e15 && value > -9e15)) break
        grid.putNumber(cellColumn, value, styleOf[style] ?? 0)
        at = end
      } else if (at >= last || view.getInt32(at) !== VALUE_END || view.getInt32(at + 4) !== CELL_END) break
      else if (type === S) {
        if (negative || decimals > 0 || mantissa >= sharedIds.length) break
        grid.putShared(cellColumn, sharedIds[mantissa]!)
      } else if (type === N) {
        // Both are exact, so their quotient is the double that the decimal text means.
        const value = decimals === 0 ? mantissa : mantissa / TENS[decimals]!
        grid.putNumber(cellColumn, negative ? -value : value, styleOf[style] ?? 0)
      } else break
      pos = at + 8
    } else if (next === INLINE && type === I && view.getInt32(at + 4) === TEXT_OPEN) {
      const start = at + 8
      let end = start
      while (end < last && (STOP[b[end]!] === 0 || (b[end] === UNDERSCORE && b[end + 1] !== X))) end++
      if (end >= last || view.getInt32(end) !== INLINE_END || view.getInt32(end + 4) !== INLINE_CLOSE || b[end + 8] !== GT || view.getInt32(end + 9) !== CELL_END) break
      if (end > start && (b[start]! <= SPACE || b[end - 1]! <= SPACE)) break
      grid.putBytes(cellColumn, view, start, end)
      pos = end + 13
    } else if (b[at] === SLASH && b[at + 1] === GT) pos = at + 2
    else break
    column = cellColumn
  }
  state.column = column
  return pos
}
