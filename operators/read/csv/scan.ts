/** Delimited text into a grid, byte by byte (RFC 4180, and what real files make of it). */
import type { HotpassError } from '../../../kernel/error.ts'
import type { SheetGrid } from '../column/sheet-grid.ts'
import { HASH_PRIME, HASH_SEED } from '../column/text-dictionary.ts'
import type { Limits } from '../config.ts'
import type { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'
import type { Dialect } from './dialect.ts'
import { lineOf } from './encoding.ts'
import { findQuoteEnd, type QuoteEnd } from './quoted.ts'

const [LF, CR, SPACE] = [0x0a, 0x0d, 0x20]

export interface Scanned {
  readonly line_ending: string
}

/** Reads all records of well-formed UTF-8 from `from` on. Throws HotpassError for a quote that never closes and for too many columns. */
export function scanDelimited(file: string, sheet: string, b: Uint8Array, from: number, dialect: Dialect, limits: Limits, grid: SheetGrid, ledger: LossLedger): Scanned {
  const encoder = new TextEncoder()
  const delimiter = encoder.encode(dialect.delimiter)
  const first = delimiter[0]!
  const optionalSpace = delimiter.length === 2 && delimiter[1] === SPACE
  const rest = optionalSpace ? 0 : delimiter.length - 1
  const quote = dialect.quote === 'none' ? -1 : encoder.encode(dialect.quote)[0]!
  const escape = dialect.escape === '' ? -1 : dialect.escape.charCodeAt(0)
  const stop = new Uint8Array(256)
  stop[first] = stop[LF] = stop[CR] = 1
  const comment = dialect.comment === '' ? -1 : dialect.comment.charCodeAt(0)
  const end = b.length
  const endings = { CRLF: 0, LF: 0, CR: 0 }
  const widths = new WidthTally()
  const quoteEnd: QuoteEnd = { start: 0, end: 0, next: 0, stray: false, doubled: false, literal: false, unclosed: false }
  const decoder = new TextDecoder('utf-8')

  const delimiterAt = (at: number): boolean => {
    if (b[at] !== first) return false
    for (let step = 1; step <= rest; step++) if (b[at + step] !== delimiter[step]) return false
    return true
  }
  const endsField = (at: number): boolean => at >= end || b[at] === LF || b[at] === CR || delimiterAt(at)
  const fail = (code: 'E_INPUT_UNREADABLE' | 'E_INPUT_LIMIT', what: string, at: number): HotpassError => refusal(file, code, what, { line: lineOf(b, at) })

  let pos = from
  let row = 0
  while (pos < end) {
    row++
    grid.startRow(row)
    if (comment !== -1 && b[pos] === comment) {
      pos = putRemark(grid, b, pos, end)
      continue
    }
    let column = 0
    let inRow = false
    for (;;) {
      let start = pos
      let hash = HASH_SEED
      if (optionalSpace && column > 0 && b[start] === SPACE) start = ++pos
      let opening = start
      // A quote behind spaces opens a field as well: `a, "b, c"`.
      if (quote !== -1 && first !== SPACE) while (b[opening] === SPACE) opening++
      if (quote !== -1 && b[opening] === quote && opening < end) {
        findQuoteEnd(b, opening, end, quote, escape, endsField, first, dialect.fields, quoteEnd)
        if (quoteEnd.unclosed) throw fail('E_INPUT_UNREADABLE', 'a quoted field opens here and is never closed', opening)
        if (quoteEnd.end - quoteEnd.start > limits.cell_characters * 4) throw fail('E_INPUT_LIMIT', `a quoted field that opens here is longer than ${limits.cell_characters} characters (ingest.limits.cell_characters)`, opening)
        if (quoteEnd.stray) ledger.add('QUOTE_STRAY', column, row)
        if (!quoteEnd.literal) {
          inRow = true
          if (quoteEnd.doubled) {
            grid.putText(column, unquote(decoder.decode(b.subarray(quoteEnd.start, quoteEnd.end)), dialect))
          } else if (quoteEnd.end > quoteEnd.start) {
            for (let at = quoteEnd.start; at < quoteEnd.end; at++) hash = Math.imul(hash ^ b[at]!, HASH_PRIME)
            grid.putBytes(column, b, quoteEnd.start, quoteEnd.end, hash)
          }
          pos = quoteEnd.next
          start = -1
        }
      }
      if (start >= 0) {
        for (;;) {
          let byte = 0
          while (pos < end && stop[(byte = b[pos]!)] === 0) {
            hash = Math.imul(hash ^ byte, HASH_PRIME)
            pos++
          }
          if (pos >= end || byte !== first || rest === 0 || delimiterAt(pos)) break
          hash = Math.imul(hash ^ byte, HASH_PRIME)
          pos++
        }
        if (pos > start) {
          inRow = true
          grid.putBytes(column, b, start, pos, hash)
        }
      }
      column++
      if (pos < end && b[pos] === first) {
        pos += 1 + rest
        if (column >= limits.columns) throw fail('E_INPUT_LIMIT', `a line has more than ${limits.columns} fields (ingest.limits.columns)`, pos)
        continue
      }
      break
    }
    if (pos < end) {
      if (b[pos] === CR && b[pos + 1] === LF) {
        endings.CRLF++
        pos += 2
      } else {
        if (b[pos] === CR) endings.CR++
        else endings.LF++
        pos++
      }
    }
    if (inRow) widths.add(row, column)
  }
  widths.report(ledger)
  return { line_ending: lineEnding(endings, ledger) }
}

/** A line that is a remark, as one cell whatever delimiters it holds. Returns where the next line begins. */
function putRemark(grid: SheetGrid, b: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && b[at] !== LF && b[at] !== CR) at++
  grid.putText(0, new TextDecoder('utf-8').decode(b.subarray(from, at)))
  return at + (b[at] === CR && b[at + 1] === LF ? 2 : 1)
}

function unquote(text: string, dialect: Dialect): string {
  const { quote, escape } = dialect
  const plain = text.replaceAll(quote + quote, quote)
  return escape === '' ? plain : plain.replaceAll(escape + quote, quote).replaceAll(escape + escape, escape)
}

function lineEnding(endings: Record<'CRLF' | 'LF' | 'CR', number>, ledger: LossLedger): string {
  const used = (['CRLF', 'LF', 'CR'] as const).filter(kind => endings[kind] > 0)
  if (used.length === 0) return 'none'
  if (used.length === 1) return used[0]!
  const most = Math.max(endings.CRLF, endings.LF, endings.CR)
  ledger.add('LINE_ENDINGS_MIXED', -1, 0, endings.CRLF + endings.LF + endings.CR - most)
  return 'mixed'
}

/** Numbers of fields per record, to tell which records differ from most. */
class WidthTally {
  private readonly counts = new Map<number, number>()
  /** The first records of each width, enough to cite. */
  private readonly rows = new Map<number, number[]>()

  add(row: number, width: number): void {
    const count = this.counts.get(width) ?? 0
    this.counts.set(width, count + 1)
    if (count < 20) {
      const rows = this.rows.get(width)
      if (rows === undefined) this.rows.set(width, [row])
      else rows.push(row)
    }
  }

  report(ledger: LossLedger): void {
    let usual = 0
    let most = 0
    let all = 0
    for (const [width, count] of this.counts) {
      all += count
      if (count > most || (count === most && width > usual)) [usual, most] = [width, count]
    }
    if (all === most) return
    const cited: number[] = []
    for (const [width, rows] of this.rows) if (width !== usual) cited.push(...rows)
    cited.sort((a, b) => a - b)
    for (const row of cited.slice(0, 20)) ledger.add('ROWS_RAGGED', -1, row, 1)
    ledger.add('ROWS_RAGGED', -1, 0, all - most - Math.min(20, cited.length))
  }
}
