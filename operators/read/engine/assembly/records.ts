/**
 * Records of delimited text (RFC 4180) that are plain: fields that are bare, or quoted without a line end inside, between
 * delimiters of one byte. What means something is found 64 bytes at a time, as in simdjson (G. Langdale, D. Lemire,
 * "Parsing gigabytes of JSON per second", 2019); fields are what stands between.
 */
import { addCell, addSpilled, cellsUsed, dropRow, endRow, noteSeen, openBlock, spill } from './block'
import { giveBack, roomOf, take } from './memory'
import { forgetApostrophes } from './texts'

const LF: u32 = 0x0a, CR: u32 = 0x0d, SPACE: u32 = 0x20
/** What the dialect does not have is no byte. */
const NONE: u32 = 256

let delimiter: u32 = NONE
let quote: u32 = NONE
let escape: u32 = NONE
let comment: u32 = NONE
let mostColumns: u32 = 0
let longestQuoted: u32 = 0

/** Line ends so far. */
export let lineFeeds: u32 = 0
export let returns: u32 = 0
export let pairs: u32 = 0
/** Whether `readRecords` ended because the block is full. */
export let full: bool = false

/** Begins: says which bytes mean something, 256 for what there is none of, and what is too much for a plain record. */
export function setDialect(delimiterByte: u32, quoteByte: u32, escapeByte: u32, commentByte: u32, columns: u32, quoted: u32): void {
  const from = openBlock()
  if (window >= from) {
    window = marks = 0
    windowRoom = 0
  }
  lineFeeds = returns = pairs = 0
  forgetApostrophes()
  delimiter = delimiterByte
  quote = quoteByte
  escape = escapeByte
  comment = commentByte
  mostColumns = columns
  longestQuoted = quoted
}

/** The bytes that are looked at, and a bit for each that means something. */
let window: usize = 0
let windowRoom: u32 = 0
let marks: usize = 0

/** A place for so many bytes, which `setWindow` then takes as they stand there. */
export function windowFor(length: u32): usize {
  // Looking for marks reads whole pieces of 64 bytes, hashing whole words.
  if (length + 64 > windowRoom) {
    if (window !== 0) {
      giveBack(window, windowRoom)
      giveBack(marks, windowRoom / 8)
    }
    windowRoom = roomOf(length + 64)
    window = take(windowRoom)
    marks = take(windowRoom / 8)
  }
  return window
}

/** Finds the marks among the first bytes of the window. */
export function setWindow(length: u32): void {
  // Behind the last byte stands what an earlier window left.
  memory.fill(window + length, SPACE as u8, 64)
  const delimiters = i8x16.splat(delimiter as i8)
  // A dialect without a quotation mark or an escape looks for the delimiter once more.
  const quotes = i8x16.splat((quote === NONE ? delimiter : quote) as i8)
  const escapes = i8x16.splat((escape === NONE ? delimiter : escape) as i8)
  const lineFeeds = i8x16.splat(LF as i8)
  const returns = i8x16.splat(CR as i8)
  const replacements = i8x16.splat(0xef as i8)
  let nul = i8x16.splat(0)
  let replacement = nul
  const zero = nul
  for (let at: u32 = 0; at < length; at += 64) {
    let bits: u64 = 0
    for (let part: u32 = 0; part < 64; part += 16) {
      const bytes = v128.load(window + at + part)
      const found = v128.or(v128.or(v128.or(i8x16.eq(bytes, delimiters), i8x16.eq(bytes, quotes)), v128.or(i8x16.eq(bytes, lineFeeds), i8x16.eq(bytes, returns))), i8x16.eq(bytes, escapes))
      nul = v128.or(nul, i8x16.eq(bytes, zero))
      replacement = v128.or(replacement, i8x16.eq(bytes, replacements))
      bits |= ((i8x16.bitmask(found) as u32) as u64) << part
    }
    store<u64>(marks + (at >> 3), bits)
  }
  noteSeen(v128.any_true(nul), v128.any_true(replacement))
}

/**
 * Reads plain records from the byte `from` of the window on, of which `length` were set, into the block. Returns the byte
 * at which the first record begins that is none, that may not end within the window, or that finds the block full.
 */
export function readRecords(from: u32, length: u32): u32 {
  full = false
  const doubles = escape === NONE
  const seeksQuote = quote !== NONE && delimiter !== SPACE
  // The byte behind a mark is looked at, too.
  const last = length - 1
  if (length < 2) return from
  let begin = from
  let piece = from >> 6
  let bits = load<u64>(marks + ((piece as usize) << 3)) & (~(0 as u64) << ((from & 63) as u64))
  const pieces = (length + 63) >> 6
  while (begin < last && load<u8>(window + begin) !== comment) {
    const first = cellsUsed()
    let start = begin
    let something = false
    let at: u32 = 0
    let mark: u32 = 0
    for (;;) {
      const byte: u32 = load<u8>(window + start)
      const quoted = byte === quote
      let doubled = false
      if (!quoted && byte === SPACE && seeksQuote) {
        // A quote behind spaces opens a field as well.
        let opening = start + 1
        while (opening < last && load<u8>(window + opening) === SPACE) opening++
        if (opening >= last || load<u8>(window + opening) === quote) return leave(begin)
      }
      if (quoted) {
        if (bits === 0) bits = load<u64>(marks + (((++piece) as usize) << 3))
        bits &= bits - 1
      }
      for (;;) {
        while (bits === 0) {
          if (++piece >= pieces) return leave(begin)
          bits = load<u64>(marks + ((piece as usize) << 3))
        }
        at = (piece << 6) + (ctz(bits) as u32)
        if (at >= last) return leave(begin)
        bits &= bits - 1
        mark = load<u8>(window + at)
        if (!quoted) {
          if (mark === delimiter || mark === LF || mark === CR) break
          continue
        }
        if (mark === quote) {
          if (load<u8>(window + at + 1) !== quote) break
          if (!doubles) return leave(begin)
          doubled = true
          if (bits === 0) bits = load<u64>(marks + (((++piece) as usize) << 3))
          bits &= bits - 1
        } else if (mark !== delimiter) return leave(begin)
      }
      if (quoted) {
        something = true
        if (at - start - 1 > longestQuoted) return leave(begin)
        if (doubled) addUndoubled(window + start + 1, at - start - 1)
        else addCell(window + start + 1, at - start - 1)
        mark = load<u8>(window + at + 1)
        if (mark !== delimiter && mark !== LF && mark !== CR) return leave(begin)
        at++
        if (at >= last) return leave(begin)
        if (bits === 0) bits = load<u64>(marks + (((++piece) as usize) << 3))
        bits &= bits - 1
      } else {
        if (at > start) something = true
        addCell(window + start, at - start)
      }
      start = at + 1
      if (mark !== delimiter) break
      if (cellsUsed() - first >= mostColumns) return leave(begin)
    }
    if (mark === LF) lineFeeds++
    else if (load<u8>(window + start) === LF) {
      start++
      pairs++
      if (bits === 0 && ++piece < pieces) bits = load<u64>(marks + ((piece as usize) << 3))
      bits &= bits - 1
    } else returns++
    begin = start
    if (endRow(something)) {
      full = true
      return begin
    }
  }
  return begin
}

/** Takes the cells of a record that turned out not to be plain out of the block. */
function leave(begin: u32): u32 {
  dropRow()
  return begin
}

/** Adds a cell with the text without the second of every two quotation marks. */
function addUndoubled(start: usize, length: u32): void {
  const to = spill(length)
  let out = to
  const end = start + length
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at)
    store<u8>(out++, byte)
    if (byte === (quote as u8) && at + 1 < end && load<u8>(at + 1) === (quote as u8)) at++
  }
  addSpilled((out - to) as u32)
}
