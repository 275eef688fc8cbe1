/** Delimited text into a grid (RFC 4180, and what real files make of it), chunk by chunk. */
import type { Overflow } from '../column/grid.ts'
import type { Limits } from '../config.ts'
import type { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'
import type { Dialect } from './dialect.ts'
import { lineOf } from './encoding.ts'
import { findQuoteEnd, type QuoteEnd } from './quoted.ts'
import { lineEnding, WidthTally } from './record-facts.ts'
import { RecordGrid } from './record-grid.ts'

const [LF, CR, SPACE] = [0x0a, 0x0d, 0x20]
/** Bytes that may be looked at behind quotation marks that are text: so many, and so many times those that there are. */
const LEAST_IN_VAIN = 64 << 20
const MOST_IN_VAIN = 8
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export interface Scanned {
  readonly line_ending: string
}

/** Where records go, and what to know about them. */
export interface ScanContext {
  readonly file: string
  readonly dialect: Dialect
  readonly limits: Limits
  readonly ledger: LossLedger
  readonly overflow: Overflow
  /** Whether a quoted field that nothing closes goes to the end of the text, and is told, rather than refused. */
  readonly keepsUnclosed?: boolean
}

/** Where a byte stands next, as long as the question only moves forward: each byte is looked at once. */
class Finder {
  private readonly byte: number
  private at = -1

  constructor(byte: number) {
    this.byte = byte
  }

  /** First place from `from` on; the end of the bytes when there is none. */
  next(bytes: Uint8Array, from: number): number {
    if (this.at < from) {
      const found = bytes.indexOf(this.byte, from)
      this.at = found === -1 ? bytes.length : found
    }
    return this.at
  }

  /** The bytes are others now. */
  reset(): void {
    this.at = -1
  }
}

/** Reads records from chunks of well-formed UTF-8. However the text is cut, the grid is the same. */
export class DelimitedScanner {
  /** The records so far. */
  readonly grid: RecordGrid
  private readonly context: ScanContext
  private readonly delimiter: Uint8Array
  private readonly first: number
  private readonly optionalSpace: boolean
  /** Bytes of the delimiter behind its first. */
  private readonly rest: number
  private readonly quote: number
  private readonly escape: number
  private readonly comment: number
  private readonly endings = { CRLF: 0, LF: 0, CR: 0 }
  private readonly widths = new WidthTally()
  private readonly quoteEnd: QuoteEnd = { start: 0, end: 0, next: 0, stray: false, doubled: false, literal: false, unclosed: false, seen: 0 }
  /** Whether a record may be plain: not where the delimiter is longer than a byte. */
  private readonly plain: boolean
  private readonly finders: readonly [delimiter: Finder, lf: Finder, cr: Finder]
  private readonly strays: number[] = []
  private bytes: Uint8Array = new Uint8Array(0)
  /** Whether nothing follows the bytes. */
  private final = false
  /** Lines in front of the bytes. */
  private linesBefore = 0
  /** Bytes behind quotation marks that turned out to be text. */
  private inVain = 0
  /** Bytes that have to be there before another look at a record that was cut is worth it. */
  private worthwhile = 0

  constructor(context: ScanContext) {
    const { dialect } = context
    this.context = context
    this.delimiter = encoder.encode(dialect.delimiter)
    this.first = this.delimiter[0]!
    this.optionalSpace = this.delimiter.length === 2 && this.delimiter[1] === SPACE
    this.rest = this.optionalSpace ? 0 : this.delimiter.length - 1
    this.quote = dialect.quote === 'none' ? -1 : encoder.encode(dialect.quote)[0]!
    this.escape = dialect.escape === '' ? -1 : dialect.escape.charCodeAt(0)
    this.comment = dialect.comment === '' ? -1 : dialect.comment.charCodeAt(0)
    this.plain = this.delimiter.length === 1
    const { file, limits, overflow } = context
    this.grid = new RecordGrid({
      maxColumns: limits.columns,
      maxCells: limits.cells,
      overflow,
      collides: () => refusal(file, 'E_INPUT_LIMIT', 'its texts are made so that looking them up takes forever'),
      onWidths: (row, count, width) => this.widths.add(row, count, width)
    })
    this.grid.setDialect({ delimiter: this.first, quote: this.quote, escape: this.escape, comment: this.comment }, limits.cell_characters)
    this.finders = [new Finder(this.first), new Finder(LF), new Finder(CR)]
  }

  /** Takes the next chunk. Throws HotpassError for a quote that never closes and for too many columns. */
  push(chunk: Uint8Array): void {
    this.take(chunk, false)
  }

  /** Takes the last chunk and ends. Throws what `push` throws. */
  end(chunk: Uint8Array, from = 0): Scanned {
    this.take(from === 0 ? chunk : chunk.subarray(from), true, from === 0 ? 0 : lineOf(chunk, from) - 1)
    this.widths.report(this.context.ledger)
    const { LF, CR, CRLF } = this.grid.lineEnds
    return { line_ending: lineEnding({ CRLF: CRLF + this.endings.CRLF, LF: LF + this.endings.LF, CR: CR + this.endings.CR }, this.context.ledger) }
  }

  private take(chunk: Uint8Array, final: boolean, linesBefore = 0): void {
    this.linesBefore += linesBefore
    this.final = final
    const left = this.bytes.length
    let bytes = chunk
    if (left > 0) {
      bytes = new Uint8Array(left + chunk.length)
      bytes.set(this.bytes)
      bytes.set(chunk, left)
    }
    this.bytes = bytes
    const { grid } = this
    grid.show(bytes, final && grid.nextRow === 1)
    for (const finder of this.finders) finder.reset()
    let pos = 0
    while (pos < bytes.length) {
      if (!final && bytes.length - pos < this.worthwhile) break
      if (this.plain) {
        const from = pos
        pos = grid.readPlain(pos, bytes.length)
        if (pos > from) this.worthwhile = 0
        if (pos >= bytes.length) break
      }
      const next = this.record(pos)
      if (next === -1) {
        grid.dropRecord()
        this.strays.length = 0
        // A record that goes on and on is not read again for every chunk of it.
        this.worthwhile = (bytes.length - pos) * 2
        break
      }
      this.worthwhile = 0
      pos = next
    }
    grid.flush()
    if (final) return
    if (pos > 0) this.linesBefore += lineOf(bytes, pos) - 1
    this.bytes = bytes.slice(pos)
  }

  private fail(code: 'E_INPUT_UNREADABLE' | 'E_INPUT_LIMIT', what: string, at: number): Error {
    return refusal(this.context.file, code, what, { line: this.linesBefore + lineOf(this.bytes, at) })
  }

  /** Counts what was looked at for nothing. Each of many marks may have the rest of the text looked at. */
  private spend(bytes: number, at: number): void {
    this.inVain += bytes
    if (this.inVain > LEAST_IN_VAIN + this.bytes.length * MOST_IN_VAIN) throw this.fail('E_INPUT_LIMIT', 'so many quotation marks open fields that nothing closes that finding out takes forever; if they are text, set ingest.csv.quote to none', at)
  }

  private readonly delimiterAt = (at: number): boolean => {
    const { bytes, delimiter, rest } = this
    if (bytes[at] !== this.first) return false
    for (let step = 1; step <= rest; step++) if (bytes[at + step] !== delimiter[step]) return false
    return true
  }

  private readonly endsField = (at: number): boolean => at >= this.bytes.length || this.bytes[at] === LF || this.bytes[at] === CR || this.delimiterAt(at)

  /** Reads the record that begins at `from`. Returns where the next one begins; -1 when more has to be there to tell. */
  private record(from: number): number {
    const { bytes: b, grid, first, rest, quote, quoteEnd } = this
    const { limits, ledger, dialect: { fields } } = this.context
    const [delimiters, lineFeeds, returns] = this.finders
    const end = b.length
    // Closer to the end than this, what follows may give what stands there another meaning.
    const certain = this.final ? Number.POSITIVE_INFINITY : end - rest - 2
    const row = grid.nextRow
    if (this.comment !== -1 && b[from] === this.comment) {
      // A remark is one cell whatever delimiters it holds.
      const line = Math.min(lineFeeds.next(b, from), returns.next(b, from))
      if (line >= certain) return -1
      grid.addField(b, from, line)
      grid.endRecord(false)
      return line + (b[line] === CR && b[line + 1] === LF ? 2 : 1)
    }
    let pos = from
    let column = 0
    let inRow = false
    for (;;) {
      if (this.optionalSpace && column > 0 && b[pos] === SPACE) pos++
      let opening = pos
      // A quote behind spaces opens a field as well: `a, "b, c"`.
      if (quote !== -1 && first !== SPACE) while (b[opening] === SPACE) opening++
      let literal = true
      if (quote !== -1 && b[opening] === quote) {
        findQuoteEnd(b, opening, end, quote, this.escape, this.endsField, first, fields, quoteEnd)
        if (quoteEnd.seen >= certain) return -1
        if (quoteEnd.unclosed) {
          if (this.context.keepsUnclosed !== true) throw this.fail('E_INPUT_UNREADABLE', 'a quoted field opens here and is never closed', opening)
          ledger.add('QUOTE_UNCLOSED', column, row)
        }
        if (quoteEnd.stray) this.strays.push(column)
        if (quoteEnd.stray) this.spend(quoteEnd.seen - (quoteEnd.literal ? opening : quoteEnd.next), opening)
        literal = quoteEnd.literal
      }
      if (literal) {
        const start = pos
        const line = Math.min(lineFeeds.next(b, start), returns.next(b, start))
        pos = delimiters.next(b, start)
        if (rest > 0) while (pos < line && !this.delimiterAt(pos)) pos = delimiters.next(b, pos + 1)
        if (line < pos) pos = line
        if (pos > start) inRow = true
        grid.addField(b, start, pos)
      } else {
        inRow = true
        this.addQuoted(opening)
        pos = quoteEnd.next
      }
      if (pos >= certain) return -1
      column++
      if (pos >= end || b[pos] !== first) break
      pos += 1 + rest
      if (column >= limits.columns) throw this.fail('E_INPUT_LIMIT', `a line has more than ${limits.columns} fields (ingest.limits.columns)`, pos)
    }
    for (const stray of this.strays) ledger.add('QUOTE_STRAY', stray, row)
    this.strays.length = 0
    const isPair = b[pos] === CR && b[pos + 1] === LF
    grid.endRecord(inRow)
    if (pos >= end) return pos
    this.endings[isPair ? 'CRLF' : b[pos] === CR ? 'CR' : 'LF']++
    return pos + (isPair ? 2 : 1)
  }

  /** Adds the quoted field that was found to the record. */
  private addQuoted(opening: number): void {
    const { bytes, grid } = this
    const { dialect, limits } = this.context
    const { start, end, doubled } = this.quoteEnd
    if (end - start > limits.cell_characters * 4) throw this.fail('E_INPUT_LIMIT', `a quoted field that opens here is longer than ${limits.cell_characters} characters (ingest.limits.cell_characters)`, opening)
    if (!doubled) return grid.addField(bytes, start, end)
    const text = encoder.encode(unescaped(decoder.decode(bytes.subarray(start, end)), dialect))
    grid.addField(text, 0, text.length)
  }
}

function unescaped(text: string, { quote, escape }: Dialect): string {
  const single = text.replaceAll(quote + quote, quote)
  return escape === '' ? single : single.replaceAll(escape + quote, quote).replaceAll(escape + escape, escape)
}
