/**
 * The fast path over records: fields that are bare, or quoted without a line end inside, between delimiters of one byte.
 * It looks at a word of four bytes at a time, hashes each field on the way to its end, and stops in front of the first
 * record that is not so; the scanner then reads that one.
 */
import type { TextBlock } from '../column/text-block.ts'
import { MULTIPLIER, SEED, finished } from '../column/text-hash.ts'

const [LF, CR, SPACE] = [0x0a, 0x0d, 0x20]

/** Which bytes mean something. -1 for what the dialect does not have. */
export interface PlainDialect {
  readonly delimiter: number
  readonly quote: number
  readonly escape: number
  readonly comment: number
}

/** Where records go. */
export interface RecordSink {
  readonly block: TextBlock
  readonly maxColumns: number
  /** Longest content of a quoted field, in bytes, that needs no closer look. */
  readonly maxQuoted: number
  /** A record is in the block: its number of fields, whether one has anything in it, and the bytes of its line end. */
  endRecord(fields: number, filled: boolean, lineEnd: number): void
}

/** Line ends as `endRecord` is told them. */
export const LINE_END = { LF: 0, CR: 1, CRLF: 2 } as const

/** The number one, and the highest bit, in each byte of a word. */
const EACH = 0x01010101
const HIGH = 0x80808080 | 0
/** 8 in each byte: exclusive-or with it makes both line ends less than 8, as few other bytes. */
const LINE_ENDS = 0x08080808

/**
 * Reads plain records from `from` on that end before `limit`. Returns where the first one begins that is none, or that
 * does not end there.
 *
 * A byte of a word `w` is less than n when `(w - n * EACH) & ~w & HIGH` has its high bit; the lowest such bit is always
 * right (A. Mycroft, 1987; H. S. Warren, Hacker's Delight, 6-1).
 */
export function readPlainRecords(dialect: PlainDialect, sink: RecordSink, b: Uint8Array, view: DataView, from: number, limit: number): number {
  const { delimiter, quote, escape, comment } = dialect
  const { block, maxColumns, maxQuoted } = sink
  const seeksQuote = quote !== -1 && delimiter !== SPACE
  const doubles = escape === -1
  const delimiters = Math.imul(delimiter, EACH)
  const quotes = Math.imul(quote, EACH)
  const escapes = Math.imul(doubles ? quote : escape, EACH)
  // Whole words only.
  const last = Math.min(limit, b.length - 3)
  let { starts, ends, hashes, spilled } = block
  let begin = from
  while (begin < last && b[begin] !== comment) {
    let used = block.used
    const first = used
    let pos = begin
    let filled = false
    let byte = b[pos]!
    for (;;) {
      const quoted = byte === quote
      let start = pos
      let hash = SEED
      let hits = 0
      let word = 0
      if (quoted) {
        start = ++pos
        for (; pos < last; pos += 4) {
          word = view.getInt32(pos, true)
          const toQuote = word ^ quotes
          const toEscape = word ^ escapes
          const toLineEnd = word ^ LINE_ENDS
          hits = (((toQuote - EACH) & ~toQuote) | ((toEscape - EACH) & ~toEscape) | ((toLineEnd - LINE_ENDS) & ~toLineEnd)) & HIGH
          if (hits !== 0) break
          const product = Math.imul(hash ^ word, MULTIPLIER)
          hash = product ^ (product >>> 15)
        }
      } else {
        if (byte === SPACE && seeksQuote) {
          // A quote behind spaces opens a field as well.
          let opening = pos + 1
          while (opening < last && b[opening] === SPACE) opening++
          if (opening >= last || b[opening] === quote) return giveBack(block, first, begin)
        }
        for (; pos < last; pos += 4) {
          word = view.getInt32(pos, true)
          const toDelimiter = word ^ delimiters
          const toLineEnd = word ^ LINE_ENDS
          hits = (((toDelimiter - EACH) & ~toDelimiter) | ((toLineEnd - LINE_ENDS) & ~toLineEnd)) & HIGH
          if (hits !== 0) break
          const product = Math.imul(hash ^ word, MULTIPLIER)
          hash = product ^ (product >>> 15)
        }
      }
      if (hits === 0) return giveBack(block, first, begin)
      const bits = 24 - Math.clz32(hits & -hits)
      pos += bits >> 3
      if (pos + 1 >= last) return giveBack(block, first, begin)
      byte = b[pos]!
      if (quoted) {
        if (byte !== quote) return giveBack(block, first, begin)
        filled = true
        if (b[pos + 1] === quote) {
          if (!doubles) return giveBack(block, first, begin)
          const end = endOfDoubled(b, pos, last, quote)
          if (end === -1 || end - start > maxQuoted) return giveBack(block, first, begin)
          block.used = used
          block.addUndoubled(b, start, end, quote)
          ;({ used, starts, ends, hashes, spilled } = block)
          pos = end + 1
          byte = b[pos]!
          if (byte !== delimiter && byte !== LF && byte !== CR) return giveBack(block, first, begin)
          pos++
          if (byte !== delimiter) break
          if (used - first >= maxColumns || pos >= last) return giveBack(block, first, begin)
          byte = b[pos]!
          continue
        }
        if (pos - start > maxQuoted) return giveBack(block, first, begin)
      } else if (pos > start) filled = true
      const product = Math.imul(hash ^ (word & ((1 << bits) - 1)), MULTIPLIER)
      starts[used] = start
      ends[used] = pos
      hashes[used] = finished(product ^ (product >>> 15), pos - start)
      spilled[used] = 0
      if (++used === starts.length) {
        block.grow()
        ;({ starts, ends, hashes, spilled } = block)
      }
      if (quoted) byte = b[++pos]!
      if (byte !== delimiter && byte !== LF && byte !== CR) return giveBack(block, first, begin)
      pos++
      if (byte !== delimiter) break
      if (used - first >= maxColumns || pos >= last) return giveBack(block, first, begin)
      byte = b[pos]!
    }
    let lineEnd: number = LINE_END.LF
    if (byte === CR) {
      if (pos >= last) return giveBack(block, first, begin)
      lineEnd = LINE_END.CR
      if (b[pos] === LF) {
        lineEnd = LINE_END.CRLF
        pos++
      }
    }
    block.used = used
    sink.endRecord(used - first, filled, lineEnd)
    begin = pos
  }
  return begin
}

/** Where the mark stands that closes a field, from a doubled one on; -1 when something else than text comes before. */
function endOfDoubled(b: Uint8Array, from: number, last: number, quote: number): number {
  for (let at = from; at < last; at++) {
    const byte = b[at]!
    if (byte === LF || byte === CR) return -1
    if (byte !== quote) continue
    if (b[at + 1] !== quote) return at
    at++
  }
  return -1
}

/** Takes the cells of a record that turned out not to be plain out of the block. */
function giveBack(block: TextBlock, first: number, begin: number): number {
  block.used = first
  return begin
}
