/**
 * The fast path over rows and their cells: nine cells in ten are a number or a shared text, written as every writer writes
 * them. It reads these from the bytes and stops at the first byte that is not so.
 */
import { decimalNumber } from './decimal'
import { gridRow, highestRow } from './grid'
import { strings } from './strings'
import { styleOf } from './styles'
import { addNumber, addRow, addShared, addText, isFull, putWaiting } from './waiting'
import { endOfText, part } from './window'

const SHEET_ROWS: u32 = 1_048_576, SHEET_COLUMNS: u32 = 16_384
const LT: u32 = 0x3c, GT: u32 = 0x3e, SLASH: u32 = 0x2f, QUOTE: u32 = 0x22, SPACE: u32 = 0x20, EQUALS: u32 = 0x3d, POINT: u32 = 0x2e, MINUS: u32 = 0x2d, APOSTROPHE: u32 = 0x27, PLUS: u32 = 0x2b
const A: u32 = 0x41, C: u32 = 0x63, E: u32 = 0x45, H: u32 = 0x68, I: u32 = 0x69, N: u32 = 0x6e, R: u32 = 0x72, S: u32 = 0x73, ZERO: u32 = 0x30
/** `<c r="` and its bits in a word; ` s="`, ` t="`, `><v>`; `</v></c>`; `</row><r` and `ow`. */
const CELL: u64 = 0x223d_7220_633c, CELL_BITS: u64 = 0xffff_ffff_ffff
const STYLE: u32 = 0x223d_7320, TYPE: u32 = 0x223d_7420, VALUE: u32 = 0x3e76_3c3e
const VALUE_END: u64 = 0x3e63_2f3c_3e76_2f3c, ROW: u64 = 0x723c_3e77_6f72_2f3c, ROW_REST: u32 = 0x776f
/** `inlineSt`, `r`; `><is><t>`; `</t></is`, `></c>`. */
const INLINE_TYPE: u64 = 0x7453_656e_696c_6e69, INLINE: u64 = 0x3e74_3c3e_7369_3c3e, INLINE_END: u64 = 0x7369_2f3c_3e74_2f3c, INLINE_REST: u64 = 0x3e63_2f3c_3e, REST_BITS: u64 = 0xff_ffff_ffff

/** Column of the last cell that was read, from 0; -1 in front of the first of a row. */
export let lastColumn: i32 = -1
/** Whether it ended because cells that wait to be put were as many as there may be. */
export let wasFull: bool = false

/** The row that is read. */
let row: u32 = 0
/** The number of the row in digits and a quotation mark, to be compared rather than read; 0 bits when it is longer. */
let rowDigits: u64 = 0
let rowBits: u64 = 0
let rowLength: u32 = 0

function writeRow(): void {
  let digits: u64 = QUOTE
  rowLength = 1
  for (let rest = row; rest > 0; rest /= 10) {
    digits = (digits << 8) | ((ZERO + (rest % 10)) as u64)
    rowLength++
  }
  rowDigits = digits
  // A cell in no row has no address.
  if (row === 0) rowLength = 8
  rowBits = rowLength > 7 ? ~(0 as u64) : ((1 as u64) << ((rowLength << 3) as u64)) - 1
}

/**
 * Reads plain cells from the byte `from` of the window on, of which there are `length`, into the row that was started,
 * behind the column `column`; `rows` says that it is not hidden and not within another, so that the next may follow. Returns
 * where the first thing begins that is none, or that would be too much at once.
 */
export function readCells(from: u32, length: u32, column: i32, rows: bool): u32 {
  const end = part + length
  let pos = part + from
  lastColumn = column
  row = gridRow
  writeRow()
  while (pos < end && !isFull()) {
    const head = load<u64>(pos)
    let at = pos
    let index: u32 = lastColumn + 1
    if ((head & CELL_BITS) === CELL) {
      at += 6
      let byte: u32 = ((head >> 48) as u32) & 0xff
      let letters = byte - A + 1
      if (letters - 1 > 25) break
      byte = (head >> 56) as u32
      at++
      for (let more = 0; more < 2 && byte - A <= 25; more++) {
        letters = letters * 26 + byte - A + 1
        byte = load<u8>(++at)
      }
      if ((load<u64>(at) & rowBits) !== rowDigits) break
      at += rowLength
      index = letters - 1
    } else if ((head & 0xffff) === ((C << 8) | LT)) at += 2
    else {
      if (head !== ROW || !rows) break
      const content = nextRow(pos, end)
      if (content === 0) break
      pos = content
      lastColumn = -1
      writeRow()
      continue
    }
    if (index >= SHEET_COLUMNS) break
    let style: u32 = 0
    let type: u32 = N
    let next = load<u32>(at)
    while (next === STYLE || next === TYPE) {
      at += 4
      if (next === STYLE) {
        style = 0
        for (let digit: u32 = load<u8>(at) - ZERO; digit <= 9 && style < 100_000; digit = load<u8>(++at) - ZERO) style = style * 10 + digit
      } else {
        const letter: u32 = load<u8>(at)
        if (letter === S || letter === N) {
          type = letter
          at++
        } else if (load<u64>(at) === INLINE_TYPE && load<u8>(at, 8) === R) {
          type = I
          at += 9
        }
      }
      if (load<u8>(at) !== QUOTE) break
      next = load<u32>(++at)
    }
    if (next === VALUE) {
      const content = type === S ? readShared(at + 4, index) : type === N ? readNumber(at + 4, end, index, styleOf(style)) : 0
      if (content === 0) break
      pos = content
    } else if (type === I && load<u64>(at) === INLINE) {
      const content = readInline(at + 8, end, index)
      if (content === 0) break
      pos = content
    } else if ((next & 0xffff) === ((GT << 8) | SLASH)) pos = at + 2
    else break
    lastColumn = index
  }
  wasFull = isFull()
  putWaiting()
  return (pos - part) as u32
}

/** Eight times the digit 0, and what tells other bytes. */
const ZEROS: u64 = 0x3030_3030_3030_3030, NO_DIGIT: u64 = 0x7676_7676_7676_7676, HIGH: u64 = 0x8080_8080_8080_8080

/** Where the digits at the place end, at most eight, and their value. */
let digitsEnd: usize = 0

function eightDigits(at: usize): u64 {
  const word = load<u64>(at) ^ ZEROS
  const others = ((word + NO_DIGIT) | word) & HIGH
  const count = others === 0 ? 8 : ctz(others) >> 3
  digitsEnd = at + (count as usize)
  if (count === 0) return 0
  // The digits of a shorter number move behind zeros. Then pairs, fours, and all of them are joined (D. Lemire, "Quickly parsing eight digits").
  const digits = word << ((8 - count) << 3)
  const pairs = digits * 10 + (digits >> 8)
  return ((pairs & 0xff_0000_00ff) * 0x000f_4240_0000_0064 + ((pairs >> 16) & 0xff_0000_00ff) * 0x0000_2710_0000_0001) >> 32
}

/** Reads the number of a shared text and `</v></c>`. Returns where it ends, or 0. */
function readShared(at: usize, index: u32): usize {
  const id = eightDigits(at)
  if (digitsEnd === at || load<u64>(digitsEnd) !== VALUE_END || id >= (strings as u64)) return 0
  addShared(index, id as u32)
  return digitsEnd + 8
}

/** Whole numbers from here on may need all of their digits; what is further from zero needs a closer look. */
const LARGEST: f64 = 9e15
const MOST_DIGITS: u32 = 19

/** Reads a number and `</v></c>`. Returns where it ends, or 0. */
function readNumber(start: usize, end: usize, index: u32, style: u32): usize {
  const negative = load<u8>(start) === MINUS
  let at = negative ? start + 1 : start
  const first = at
  let mantissa = eightDigits(at)
  if (digitsEnd === at) return 0
  at = digitsEnd
  let byte: u32 = load<u8>(at)
  let exponent: i32 = 0
  if (byte !== LT) {
    for (; byte - ZERO <= 9; byte = load<u8>(++at)) {
      if ((at - first) as u32 >= MOST_DIGITS) return 0
      mantissa = mantissa * 10 + ((byte - ZERO) as u64)
    }
    if (byte === POINT) {
      const point = at++
      for (byte = load<u8>(at); byte - ZERO <= 9; byte = load<u8>(++at)) {
        if ((at - first) as u32 > MOST_DIGITS) return 0
        mantissa = mantissa * 10 + ((byte - ZERO) as u64)
      }
      if (at === point + 1) return 0
      exponent = -((at - point - 1) as i32)
    }
    if (byte === E) {
      const sign: u32 = load<u8>(++at)
      if (sign === MINUS || sign === PLUS) at++
      let power: i32 = 0
      const digits = at
      for (byte = load<u8>(at); byte - ZERO <= 9 && at < digits + 4; byte = load<u8>(++at)) power = power * 10 + (byte - ZERO)
      if (at === digits) return 0
      exponent += sign === MINUS ? -power : power
    }
  }
  if (load<u64>(at) !== VALUE_END || at >= end) return 0
  const value = decimalNumber(mantissa, exponent)
  if (!(value < LARGEST)) return 0
  addNumber(index, negative ? -value : value, style)
  return at + 8
}

/** Reads a text that stands in its cell. Returns where that ends, or 0. */
function readInline(start: usize, end: usize, index: u32): usize {
  const stop = endOfText(start, end)
  if (stop >= end || load<u64>(stop) !== INLINE_END || (load<u64>(stop, 8) & REST_BITS) !== INLINE_REST) return 0
  if (stop > start && (load<u8>(start) <= SPACE || load<u8>(stop - 1) <= SPACE)) return 0
  addText(index, start, (stop - start) as u32)
  return stop + 13
}

/**
 * At a `</row><r`: reads it and the tag of the row after it, of which only `r` matters, and starts that row. Returns where its
 * content begins; 0 when the tag says more, such as that the row is hidden, or when the row is not the highest so far.
 */
function nextRow(from: usize, end: usize): usize {
  if (load<u16>(from, 8) !== ROW_REST) return 0
  let at = from + 10
  let number: u32 = 0
  let numbered = false
  while (load<u8>(at) === SPACE && at < end) {
    const name = ++at
    for (; at < end && load<u8>(at) !== EQUALS; at++) {
      const byte: u32 = load<u8>(at)
      if (byte <= SPACE || byte === GT || byte === LT || byte === QUOTE || byte === APOSTROPHE) return 0
    }
    if (load<u8>(at, 1) !== QUOTE) return 0
    const first: u32 = load<u8>(name)
    // `hidden` needs a closer look. What has a prefix is not the row's own.
    if (first === H && load<u8>(name, 1) === I) return 0
    const isNumber = first === R && at === name + 1
    at += 2
    if (isNumber) {
      if (numbered) return 0
      numbered = true
      for (let digit: u32 = load<u8>(at) - ZERO; digit <= 9 && number <= SHEET_ROWS; digit = load<u8>(++at) - ZERO) number = number * 10 + digit
    } else {
      while (at < end && load<u8>(at) !== QUOTE && load<u8>(at) !== LT) at++
    }
    if (load<u8>(at) !== QUOTE) return 0
    at++
  }
  if (load<u8>(at) !== GT || at >= end) return 0
  if (!numbered) number = row + 1
  if (number <= highestRow || number <= row || number > SHEET_ROWS) return 0
  row = number
  addRow(number)
  return at + 1
}
