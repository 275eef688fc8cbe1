/**
 * The fast path over records: fields that are bare, or quoted without a mark or a line end inside, between delimiters of
 * one byte. It hashes each field on the way to its end, and stops in front of the first record that is not so; the
 * scanner then reads that one.
 */
import type { TextBlock } from '../column/text-block.ts'
import { PRIME, SEED, finished } from '../column/text-hash.ts'

const [LF, CR, SPACE] = [0x0a, 0x0d, 0x20]

/** Which bytes mean something. -1 for what the dialect does not have. */
export interface PlainDialect {
  readonly delimiter: number
  readonly quote: number
  readonly comment: number
  /** 1 for the bytes that end a bare field. */
  readonly endsBare: Uint8Array
  /** 1 for the bytes at which the content of a quoted field is looked at closer. */
  readonly endsQuoted: Uint8Array
}

/** The bytes of a dialect whose delimiter is one byte. */
export function plainDialect(delimiter: number, quote: number, escape: number, comment: number): PlainDialect {
  const endsBare = new Uint8Array(256)
  for (const byte of [delimiter, LF, CR]) endsBare[byte] = 1
  const endsQuoted = new Uint8Array(256)
  for (const byte of [quote, escape, LF, CR]) if (byte !== -1) endsQuoted[byte] = 1
  return { delimiter, quote, comment, endsBare, endsQuoted }
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

/** Reads plain records from `from` on that end before `limit`. Returns where the first one begins that is none, or that does not end there. */
export function readPlainRecords(dialect: PlainDialect, sink: RecordSink, b: Uint8Array, from: number, limit: number): number {
  const { delimiter, quote, comment, endsBare, endsQuoted } = dialect
  const { block, maxColumns, maxQuoted } = sink
  const seeksQuote = quote !== -1 && delimiter !== SPACE
  let { starts, ends, hashes, spilled } = block
  let begin = from
  while (begin < limit && b[begin] !== comment) {
    let used = block.used
    const first = used
    let pos = begin
    let filled = false
    let byte = b[pos]!
    for (;;) {
      let start = pos
      let hash = SEED
      if (byte === quote) {
        start = ++pos
        while (pos < limit && endsQuoted[(byte = b[pos]!)] === 0) {
          hash = Math.imul(hash ^ byte, PRIME)
          pos++
        }
        if (byte !== quote || pos + 1 >= limit || pos - start > maxQuoted) return begin
        ends[used] = pos
        filled = true
        byte = b[++pos]!
        if (endsBare[byte] === 0) return begin
      } else {
        if (byte === SPACE && seeksQuote) {
          let opening = pos + 1
          while (opening < limit && b[opening] === SPACE) opening++
          if (opening >= limit || b[opening] === quote) return begin
        }
        while (pos < limit && endsBare[(byte = b[pos]!)] === 0) {
          hash = Math.imul(hash ^ byte, PRIME)
          pos++
        }
        if (pos >= limit) return begin
        ends[used] = pos
        if (pos > start) filled = true
      }
      starts[used] = start
      hashes[used] = finished(hash)
      spilled[used] = 0
      if (++used === starts.length) {
        block.grow()
        ;({ starts, ends, hashes, spilled } = block)
      }
      pos++
      if (byte !== delimiter) break
      if (used - first >= maxColumns || pos >= limit) return begin
      byte = b[pos]!
    }
    let lineEnd: number = LINE_END.LF
    if (byte === CR) {
      if (pos >= limit) return begin
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
