/** One way to read a sample of delimited text: how many fields its records have, and how many of its cells are clean. */
import { giveBack, roomOf, take } from './memory'

const LF: u32 = 0x0a, CR: u32 = 0x0d, SPACE: u32 = 0x20, QUOTE: u32 = 0x22
/** Characters of a cell that are searched for signs that look like delimiters. */
const SEARCHED: u32 = 200
/** How far a quoted field is followed: stray marks would otherwise cost the square of the sample. */
const LONGEST_QUOTED: u32 = 4096
/** Records that are read. */
const MOST_RECORDS: u32 = 400

/** The sample as UTF-16 units. */
let sample: usize = 0
let room: u32 = 0
let size: u32 = 0

/** What `readSample` found: records with something in them, cells, and those that are clean. */
export let records: u32 = 0
export let cells: u32 = 0
export let clean: u32 = 0
/** Pairs of words: a number of fields, and how many records have it, in the order in which they came; and how many pairs. */
export const fields = take(MOST_RECORDS * 8)
export let fieldKinds: u32 = 0

/** Keeps a sample, which stands as well-formed UTF-8 in so many bytes. */
export function setSample(utf8: usize, length: u32): void {
  if (length * 2 > room) {
    if (room > 0) giveBack(sample, room)
    room = roomOf(length * 2)
    sample = take(room)
  }
  let out = sample
  for (let at = utf8, end = utf8 + length; at < end; out += 2) {
    const lead: u32 = load<u8>(at)
    if (lead < 0x80) {
      store<u16>(out, lead)
      at++
    } else if (lead < 0xe0) {
      store<u16>(out, ((lead & 0x1f) << 6) | (load<u8>(at, 1) & 0x3f))
      at += 2
    } else if (lead < 0xf0) {
      store<u16>(out, ((lead & 0x0f) << 12) | (((load<u8>(at, 1) & 0x3f) as u32) << 6) | (load<u8>(at, 2) & 0x3f))
      at += 3
    } else {
      const point = (((lead & 0x07) << 18) | (((load<u8>(at, 1) & 0x3f) as u32) << 12) | (((load<u8>(at, 2) & 0x3f) as u32) << 6) | (load<u8>(at, 3) & 0x3f)) - 0x10000
      store<u16>(out, 0xd800 | (point >> 10))
      out += 2
      store<u16>(out, 0xdc00 | (point & 0x3ff))
      at += 4
    }
  }
  size = ((out - sample) >> 1) as u32
}

function unit(at: u32): u32 {
  return load<u16>(sample + ((at as usize) << 1))
}

/** Reads the sample. The units are those of the delimiter, the quotation mark and its escape; 65,536 for what there is none of. */
export function readSample(delimiter: u32, quote: u32, escape: u32): void {
  records = cells = clean = fieldKinds = 0
  for (let at: u32 = 0; at < size && records < MOST_RECORDS; ) {
    let width: u32 = 0
    let any = false
    for (;;) {
      const start = at
      let quoted = false
      if (at < size && unit(at) === quote) {
        const limit = min(size, at + LONGEST_QUOTED)
        const close = closing(at + 1, limit, delimiter, quote, escape)
        if (close < limit) {
          at = close + 1
          quoted = true
        }
      }
      for (; at < size; at++) {
        const code = unit(at)
        if (code === delimiter || code === LF || code === CR) break
      }
      width++
      if (at > start) {
        any = true
        cells++
        if (quoted || isClean(start, min(at, start + SEARCHED))) clean++
      }
      if (at >= size || unit(at) !== delimiter) break
      at++
    }
    at += at + 1 < size && unit(at) === CR && unit(at + 1) === LF ? 2 : 1
    if (!any && width === 1) continue
    records++
    count(width)
  }
}

/** Where the mark stands that closes a field; `limit` or beyond when none does. */
function closing(from: u32, limit: u32, delimiter: u32, quote: u32, escape: u32): u32 {
  let close = from
  for (; close < limit; close++) {
    const code = unit(close)
    if (code === escape) close++
    else if (code === quote) {
      const next = close + 1 < size ? unit(close + 1) : LF
      if (next === quote) close++
      else if (next === LF || next === CR || next === delimiter || next === SPACE) break
    }
  }
  return close
}

/** Whether the cell has no sign in it that looks like a delimiter, and does not open with a quotation mark that closes nothing. */
function isClean(start: u32, end: u32): bool {
  if (unit(start) === QUOTE) return false
  for (let at = start; at < end; at++) if (looksLikeDelimiter(unit(at))) return false
  return true
}

function looksLikeDelimiter(code: u32): bool {
  switch (code) {
    case 0x01:
    case 0x09:
    case 0x1f:
    case 0x2c:
    case 0x3b:
    case 0x5e:
    case 0x7c:
    case 0x7e:
      return true
    default:
      return false
  }
}

function count(width: u32): void {
  for (let kind: u32 = 0; kind < fieldKinds; kind++) {
    const at = fields + ((kind as usize) << 3)
    if (load<u32>(at) !== width) continue
    store<u32>(at, load<u32>(at, 4) + 1, 4)
    return
  }
  const at = fields + ((fieldKinds as usize) << 3)
  store<u32>(at, width)
  store<u32>(at, 1, 4)
  fieldKinds++
}
