/** The records of delimited text while they are read, in the engine, and the table that they make. */
import { columnOver, Dictionary } from '../../../kernel/artifact/dictionary.ts'
import type { Column, Table } from '../../../kernel/artifact/table.ts'
import { columnLetters } from '../address.ts'
import type { ColumnCheck, FinishedGrid, OddCharacter, Overflow } from '../column/grid.ts'
import { Engine } from '../engine/engine.ts'

/** Bytes that are looked at together: few enough that they stay in the processor's cache. */
const WINDOW = 1 << 19
/** A window is let go when no more than this is left of it: a record near its end may be cut. */
const NEAR_END = 1 << 14
/** Rows are rarely all of one length: what those so far let expect, and a little more. */
const MORE_THAN_EXPECTED = 1.02
/** Rows that tell how often texts repeat, and distinct ones among as many cells from which they hardly do. */
const ENOUGH_ROWS = 1 << 14
const HARDLY_REPEATS = 0.8
/** Room that a few cells may take, and how much more each further cell gives: four bytes each. */
const FREE_ROOM = 32 << 20
const ROOM_PER_CELL = 256
const LEAST_ROOM = 1 << 16
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
  /** Rows with a cell, so far. */
  rows = 0
  /** Non-empty cells, so far. */
  cells = 0
  private readonly engine = new Engine()
  private readonly options: RecordGridOptions
  private rowNumbers = new Uint32Array(64)
  private readonly codes: (Uint32Array<ArrayBuffer> | undefined)[] = []
  private used = 0
  private bytes: Uint8Array = new Uint8Array(0)
  /** The window: where it begins in the bytes, and how long it is. */
  private start = 0
  private length = 0
  /** Bytes that the records so far are of. */
  private read = 0

  constructor(options: RecordGridOptions) {
    this.options = options
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

  /** The bytes that are read from now on. What was read of others is in the grid. */
  show(bytes: Uint8Array): void {
    this.bytes = bytes
    this.start = this.length = 0
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
    engine.memory.set(this.bytes.subarray(pos, pos + this.length), place)
    engine.calls.setWindow(this.length)
  }

  /** Adds a field with the bytes from `start` to `end` to the record that is being read. */
  addField(bytes: Uint8Array, start: number, end: number): void {
    const { engine } = this
    const place = engine.calls.spill(end - start)
    const { memory } = engine
    for (let at = start; at < end; at++) memory[place + at - start] = bytes[at]!
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
    const shown = calls.shown.value
    this.cells += calls.filled.value
    if (this.cells > this.options.maxCells) throw this.options.overflow('cells')
    this.keep(shown, calls.widestRow())
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

  private keep(shown: number, width: number): void {
    const { engine, codes } = this
    const { calls } = engine
    const before = this.rows
    this.rows += shown
    if (this.rows > this.rowNumbers.length) this.grow()
    this.rowNumbers.set(engine.words(calls.shownNumbers.value, shown), before)
    for (let column = 0; column < width; column++) {
      if (codes[column] === undefined) {
        if (calls.textsOf(column) === 0) continue
        if (column >= this.options.maxColumns) throw this.options.overflow('columns')
        this.used++
        this.claim()
        while (codes.length < column) codes.push(undefined)
        codes[column] = new Uint32Array(this.rowNumbers.length)
      }
      codes[column]!.set(engine.words(calls.codes.value + column * shown * 4, shown), before)
    }
    this.claim()
    if (before < ENOUGH_ROWS && this.rows >= ENOUGH_ROWS) this.makeRoom()
  }

  /** Rows that there will be, as far as those so far tell. */
  private get expectedRows(): number {
    return this.read === 0 ? 0 : Math.ceil((this.rows / this.read) * this.bytes.length * MORE_THAN_EXPECTED)
  }

  /** Lets dictionaries of texts that hardly repeat be as large as they will have to be. */
  private makeRoom(): void {
    const { calls } = this.engine
    const times = this.expectedRows / this.rows
    for (const index of this.indexes) {
      const texts = calls.textsOf(index)
      const size = calls.sizeOf(texts)
      if (size > this.rows * HARDLY_REPEATS && times > 1) calls.expectTexts(texts, Math.ceil(size * times))
    }
  }

  private grow(): void {
    const capacity = Math.max(this.expectedRows, this.rows + (this.rows >> 2))
    const larger = (words: Uint32Array): Uint32Array<ArrayBuffer> => {
      const more = new Uint32Array(capacity)
      more.set(words)
      return more
    }
    this.rowNumbers = larger(this.rowNumbers)
    for (let column = 0; column < this.codes.length; column++) if (this.codes[column] !== undefined) this.codes[column] = larger(this.codes[column]!)
  }

  /** Refuses room out of proportion: far more than may be filled, or than is filled so far. A table is dense. */
  private claim(): void {
    const room = this.used * this.rows
    if (room > Math.max(this.options.maxCells * 4, LEAST_ROOM) || room > this.cells * ROOM_PER_CELL + FREE_ROOM) throw this.options.overflow('space')
  }

  /** Columns in which something stands, from 0. */
  get indexes(): readonly number[] {
    return this.codes.flatMap((codes, index) => (codes === undefined ? [] : [index]))
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
    const { engine, rows } = this
    const rowNumbers = this.rowNumbers.slice(0, rows)
    const columns: Column[] = []
    for (const index of this.indexes) {
      const codes = whole(this.codes[index]!, rows)
      this.codes[index] = undefined
      const texts = engine.calls.textsOf(index)
      const { text, starts } = engine.textsAt(texts)
      const dictionary = Dictionary.ofStarts(text, starts)
      check(dictionary, engine.calls.longestOf(texts), code => columnLetters(index) + rowNumbers[codes.indexOf(code)]!)
      columns.push(columnOver(columnLetters(index), dictionary, null, codes))
    }
    return { name, rows, columns, integers: [{ name: 'row', data: rowNumbers }] }
  }
}

/** The first words; in a place of their own when much of what they have would be left over. */
function whole(words: Uint32Array<ArrayBuffer>, count: number): Uint32Array<ArrayBuffer> {
  return (words.length - count) * 8 > words.length ? words.slice(0, count) : words.subarray(0, count)
}
