/**
 * The fast path over rows and their cells: nine cells in ten are a number or a shared text, written as every writer writes
 * them. It reads these from the bytes and stops at the first byte that is not so; the scanner then reads that cell.
 */
import { SHEET_ROWS } from '../address.ts'
import type { SheetGrid } from '../column/sheet-grid.ts'
import { HASH_PRIME, HASH_SEED } from '../column/text-dictionary.ts'

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
const [R, S, T, N, C, V, I, X, E, H, O, W, COLON] = [0x72, 0x73, 0x74, 0x6e, 0x63, 0x76, 0x69, 0x78, 0x45, 0x68, 0x6f, 0x77, 0x3a]
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

/** Reads plain cells from `from` on. Returns where the first thing begins that is none. */
export function readPlainCells(state: PlainCells, b: Uint8Array, from: number): number {
  const { grid, styleOf, sharedIds } = state
  let { row } = state
  const last = b.length - TAIL
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
      continue
    }
    if (b[at + 1] !== C || b[at + 2] !== SPACE) break
    at += 2
    let style = 0
    let type = N
    let cellColumn = column + 1
    let plain = true
    while (b[at] === SPACE && at < last) {
      const name = b[at + 1]
      if (b[at + 2] !== EQUALS || b[at + 3] !== QUOTE) {
        plain = false
        break
      }
      at += 4
      if (name === R) {
        let letters = 0
        let byte = b[at]!
        for (; byte >= 0x41 && byte <= 0x5a && letters < 475_254; byte = b[++at]!) letters = letters * 26 + byte - 64
        let number = 0
        for (; byte >= 0x30 && byte <= 0x39 && number < 10_000_000; byte = b[++at]!) number = number * 10 + byte - 48
        cellColumn = letters - 1
        if (number !== row || letters === 0 || letters > 16_384) plain = false
      } else if (name === S) {
        let number = 0
        let byte = b[at]!
        for (; byte >= 0x30 && byte <= 0x39 && number < 100_000; byte = b[++at]!) number = number * 10 + byte - 48
        style = number
      } else if (name === T) {
        if (b[at + 1] === QUOTE && (b[at] === S || b[at] === N)) type = b[at++]!
        else if (b[at] === I && b[at + 9] === QUOTE && b[at + 6] === S) {
          type = I
          at += 9
        } else plain = false
      } else plain = false
      if (!plain || b[at] !== QUOTE) {
        plain = false
        break
      }
      at++
    }
    if (!plain) break
    if (b[at] === SLASH && b[at + 1] === GT) {
      pos = at + 2
      column = cellColumn
      continue
    }
    if (b[at] !== GT || b[at + 1] !== LT) break
    if (type === I) {
      // <is><t>…</t></is></c>
      if (b[at + 2] !== I || b[at + 3] !== S || b[at + 4] !== GT || b[at + 5] !== LT || b[at + 6] !== T || b[at + 7] !== GT) break
      const start = at + 8
      let end = start
      let hash = HASH_SEED
      for (; end < last; end++) {
        const byte = b[end]!
        if (byte === LT || byte === AMP || byte === CR || (byte === UNDERSCORE && b[end + 1] === X)) break
        hash = Math.imul(hash ^ byte, HASH_PRIME)
      }
      if (end >= last || b[end] !== LT || b[end + 1] !== SLASH || b[end + 2] !== T || b[end + 3] !== GT || b[end + 5] !== SLASH || b[end + 6] !== I || b[end + 8] !== GT) break
      if (b[end + 9] !== LT || b[end + 10] !== SLASH || b[end + 11] !== C || b[end + 12] !== GT) break
      if (end > start && (b[start]! <= SPACE || b[end - 1]! <= SPACE)) break
      grid.putBytes(cellColumn, b, start, end, hash)
      pos = end + 13
      column = cellColumn
      continue
    }
    if (b[at + 2] !== V || b[at + 3] !== GT) break
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
    if (type === N && (digits + decimals > MAX_DIGITS || byte === E)) {
      const end = endOfNumber(b, at)
      if (b[end] !== LT || b[end + 1] !== SLASH || b[end + 2] !== V || b[end + 3] !== GT || b[end + 4] !== LT || b[end + 5] !== SLASH || b[end + 6] !== C || end - numberFrom > MAX_CHARACTERS) break
      const value = Number(String.fromCharCode.apply(null, b.subarray(numberFrom, end) as unknown as number[]))
      // Whole numbers that a double cannot hold keep their digits, and what is no number its text: both need more care.
      if (!(value < 9e15 && value > -9e15)) break
      grid.putNumber(cellColumn, value, styleOf[style] ?? 0)
      pos = end + 8
      column = cellColumn
      continue
    }
    if (digits + decimals > MAX_DIGITS || byte !== LT || b[at + 1] !== SLASH || b[at + 2] !== V || b[at + 3] !== GT || b[at + 4] !== LT || b[at + 5] !== SLASH || b[at + 6] !== C || b[at + 7] !== GT) break
    if (type === S) {
      if (negative || decimals > 0 || mantissa >= sharedIds.length) break
      grid.putShared(cellColumn, sharedIds[mantissa]!)
    } else {
      // Both are exact, so their quotient is the double that the decimal text means.
      const value = decimals === 0 ? mantissa : mantissa / TENS[decimals]!
      grid.putNumber(cellColumn, negative ? -value : value, styleOf[style] ?? 0)
    }
    pos = at + 8
    column = cellColumn
  }
  state.column = column
  return pos
}
