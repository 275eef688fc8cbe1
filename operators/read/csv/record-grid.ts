/** The records of delimited text while they are read, in the engine, and the table that they make. */
import { columnOver, Dictionary } from '../../../kernel/artifact/dictionary.ts'
import type { Column, Table } from '../../../kernel/artifact/table.ts'
import { columnLetters } from '../address.ts'
import type { ColumnCheck, FinishedGrid, OddCharacter, Overflow } from '../column/grid.ts'
import type { Engine } from '../engine/engine.ts'
import { borrowEngine, returnEngine } from '../engine/idle.ts'
import { RecordColumns } from './record-columns.ts'

/** Bytes that are looked at together: few enough that they stay in the processor's cache. */
const WINDOW = 1 << 19
/** A window is let go when no more than this is left of it: a record near its end may be cut. */
const NEAR_END = 1 << 14
/** Rows are rarely all of one length: what those so far let expect, and a little more. */
const MORE_THAN_EXPECTED = 1.02
/** A byte that there is none of. */
const NONE = 256
/** More fields than this are read one by one. */
const MOST_PLAIN = 16_384

/** Which bytes mean something; -1 for what the dialect does not have. */
export interface PlainDialect {
  readonly delimiter: number
  readonly quote: number
  readonly escape: number
  readonly comment: number
}

/** What a record grid may hold, and what it asks of others. */
export interface RecordGridOptions {
  readonly maxColumns: number
  readonly maxCells: number
  readonly overflow: Overflow
  /** The error for texts that were made to collide. */
  collides(): Error
  /** Is told of runs of records, in order: the number of the first, how many there are, and the fields that each has. */
  onWidths(row: number, count: number, width: number): void
}

export class RecordGrid implements FinishedGrid {
  private readonly engine: Engine
  private readonly options: RecordGridOptions
  private readonly columns: RecordColumns
  private bytes: Uint8Array = new Uint8Array(0)
  /** The window: where it begins in the bytes, and how long it is. */
  private start = 0
  private length = 0
  /** Whether the bytes are all that there are, and how many of them the records so far are of. */
  private all = false
  private read = 0

  constructor(options: RecordGridOptions) {
    this.options = options
    this.engine = borrowEngine(() => options.overflow('memory'))
    this.columns = new RecordColumns(this.engine, options.maxColumns, options.maxCells, options.overflow)
  }

  /** Says what is plain; to be called before anything is read. `maxQuoted`: longest content of a quoted field, in bytes, that needs no closer look. */
  setDialect({ delimiter, quote, escape, comment }: PlainDialect, maxQuoted: number): void {
    const byteOr = (byte: number): number => (byte === -1 ? NONE : byte)
    this.engine.calls.setDialect(byteOr(delimiter), byteOr(quote), byteOr(escape), byteOr(comment), Math.min(this.options.maxColumns, MOST_PLAIN), maxQuoted)
  }

  /** Number of the record that is read next, from 1 on. */
  get nextRow(): number {
    return this.engine.calls.row.value + 1
  }

  /** Line ends of plain records so far. */
  get lineEnds(): { readonly LF: number; readonly CR: number; readonly CRLF: number } {
    const { lineFeeds, returns, pairs } = this.engine.calls
    return { LF: lineFeeds.value, CR: returns.value, CRLF: pairs.value }
  }

  /** The bytes that are read from now on; `all`: there were none before, and come none after. What was read of others is in the grid. */
  show(bytes: Uint8Array, all: boolean): void {
    this.bytes = bytes
    this.all = all
    this.start = this.length = this.read = 0
  }

  /** Reads plain records from `from` on that end before `limit`. Returns where the first one begins that is none, or that does not end there. */
  readPlain(from: number, limit: number): number {
    const { calls } = this.engine
    let pos = from
    for (;;) {
      if (pos < this.start || pos >= this.start + this.length) this.moveTo(pos, limit)
      const last = this.start + this.length >= limit
      for (;;) {
        this.read = pos = this.start + calls.readRecords(pos - this.start, this.length)
        if (calls.full.value === 0) break
        this.flush()
      }
      if (last || pos === this.start || this.start + this.length - pos > NEAR_END) return pos
      this.moveTo(pos, limit)
    }
  }

  private moveTo(pos: number, limit: number): void {
    const { engine } = this
    this.flush()
    this.start = pos
    this.length = Math.min(WINDOW, limit - pos)
    const place = engine.calls.windowFor(this.length)
    engine.bytes(place, this.length).set(this.bytes.subarray(pos, pos + this.length))
    engine.calls.setWindow(this.length)
  }

  /** Adds a field with the bytes from `start` to `end` to the record that is being read. */
  addField(bytes: Uint8Array, start: number, end: number): void {
    const { engine } = this
    const place = engine.calls.spill(end - start)
    const room = engine.bytes(place, end - start)
    for (let at = start; at < end; at++) room[at - start] = bytes[at]!
    engine.calls.addSpilled(end - start)
  }

  /** The record that is being read is whole; `something`: it is not empty, and its width counts. */
  endRecord(something: boolean): void {
    if (this.engine.calls.endRow(something ? 1 : 0) !== 0) this.flush()
  }

  /** Forgets the record that is being read. */
  dropRecord(): void {
    this.engine.calls.dropRow()
  }

  /** Puts the records that wait into the columns. */
  flush(): void {
    const { calls } = this.engine
    const held = calls.rowsHeld()
    if (held === 0) return
    this.tellWidths(held)
    if (calls.look() === 0) throw this.options.collides()
    this.columns.take(!this.all || this.bytes.length === 0 ? 0 : Math.min(1, this.read / this.bytes.length / MORE_THAN_EXPECTED))
    calls.clear()
  }

  private tellWidths(held: number): void {
    const { engine, options } = this
    const { calls } = engine
    const widths = engine.words(calls.widthsHeld(), held)
    const first = calls.row.value - held + 1
    if (calls.rowsAlike() !== 0) options.onWidths(first, held, widths[0]!)
    else for (let at = 0; at < held; at++) if (widths[at] !== 0) options.onWidths(first + at, 1, widths[at]!)
  }

  /** Columns in which something stands, from 0. */
  get indexes(): readonly number[] {
    return this.columns.indexes
  }

  /** Whether the character may be in a text of the grid. */
  mayHold(character: OddCharacter): boolean {
    const { nuls, replacements } = this.engine.calls
    return (character === 'nul' ? nuls : replacements).value !== 0
  }

  /** Whether a text begins with an apostrophe. */
  get holdsApostrophes(): boolean {
    return this.engine.calls.apostrophes.value !== 0
  }

  /** The finished table. `check` sees every column's texts once, and may throw. Nothing can be read after. */
  finish(name: string, _: unknown, check: ColumnCheck): Table {
    const { calls } = this.engine
    const { rows, rowNumbers } = this.columns
    const columns: Column[] = []
    for (const index of this.indexes) {
      const codes = this.columns.release(index)
      const texts = calls.textsOf(index)
      const { text, starts } = this.engine.textsAt(texts)
      const dictionary = Dictionary.ofStarts(text, starts)
      check(dictionary, calls.longestOf(texts), code => columnLetters(index) + rowNumbers[codes.indexOf(code)]!)
      columns.push(columnOver(columnLetters(index), dictionary, null, codes))
    }
    returnEngine(this.engine)
    return { name, rows, columns, integers: [{ name: 'row', data: rowNumbers }] }
  }
}
