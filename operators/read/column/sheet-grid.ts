/** The cells of one sheet while it is read, in the engine: dictionary-encoded columns over the rows that have a cell. */
import { columnOver } from '../../../kernel/artifact/dictionary.ts'
import { KIND, type Column, type Kind, type Table } from '../../../kernel/artifact/table.ts'
import { columnLetters } from '../address.ts'
import type { Engine, EngineCalls } from '../engine/engine.ts'
import type { ColumnCheck, FinishedGrid, OddCharacter, Overflow, Report } from './grid.ts'
import { firstUses, sameValues } from './recode.ts'
import { RowOrder } from './row-order.ts'
import { ValueDrain, type Rendered } from './value-drain.ts'

/** What putting a cell comes to, in the engine. */
const REPEATED = 1
const FAULTS: Readonly<Record<number, Parameters<Overflow>[0]>> = { 2: 'columns', 3: 'cells', 4: 'space', 5: 'collisions' }
/** Sources that a column uses, as bits. */
const [SHARED, OWN, LITERAL, STYLED] = [1, 2, 4, 16]
const ODD: Readonly<Record<OddCharacter, number>> = { nul: 1, replacement: 2 }
/** Bytes behind a text that the engine may read, and those that a unit of UTF-16 may take. */
const SLACK = 8
const UNIT = 3
const LEAST_SCRATCH = 1024
/** Words that are taken out together. */
const WORDS = 1 << 16
const MOST_COLUMNS = 0xffff_ffff

const encoder = new TextEncoder()

/** What a grid needs to hold cells, and to turn what it holds into text. Grids come one after the other. */
export interface GridSources {
  /** Holds the grid, and the texts that all sheets share. */
  readonly engine: Engine
  /** A number under the style of this index. */
  render(value: number, style: number): Rendered
}

export class SheetGrid implements FinishedGrid {
  readonly calls: EngineCalls
  private readonly engine: Engine
  private readonly sources: GridSources
  private readonly overflow: Overflow
  private readonly onRepeat: Report
  private readonly order: RowOrder
  /** Where texts are put for the engine to read. */
  private scratch = new Uint8Array(0)
  private scratchAt = 0
  private room = 0

  constructor(sources: GridSources, maxColumns: number, maxCells: number, overflow: Overflow, onRepeat: Report) {
    this.sources = sources
    this.engine = sources.engine
    this.calls = sources.engine.calls
    this.overflow = overflow
    this.onRepeat = onRepeat
    this.calls.startGrid(Math.min(maxColumns, MOST_COLUMNS), maxCells)
    this.order = new RowOrder(this.engine)
  }

  /** Rows with a cell, so far. */
  get rows(): number {
    return this.calls.gridRows.value
  }

  /** Non-empty cells, so far. */
  get cells(): number {
    return this.calls.gridCells.value
  }

  /** The row that was started last; 0 for none. */
  get row(): number {
    return this.calls.gridRow.value
  }

  /** Number of the texts that all sheets share. */
  get sharedTexts(): number {
    return this.calls.strings.value
  }

  /** Columns with a cell, from 0. */
  get indexes(): readonly number[] {
    const indexes: number[] = []
    for (let index = 0; index < this.calls.gridColumns.value; index++) if (this.calls.columnAt(index) !== 0) indexes.push(index)
    return indexes
  }

  /** Cells that follow are in this row (1-based). Rows may come in any order, and more than once. */
  startRow(row: number): void {
    const { calls } = this
    if (row === calls.gridRow.value) return
    calls.startRow(row, row > calls.highestRow.value ? -1 : this.order.placeOf(row))
  }

  private put(index: number, what: number): void {
    if (what === REPEATED) this.onRepeat(index, this.calls.gridRow.value)
    else if (what !== 0) throw this.overflow(FAULTS[what]!)
  }

  /** Tells of cells that the engine has put by itself and that had a value. Throws when no more can be put. */
  assertPut(): void {
    const { calls, engine } = this
    const repeats = engine.words(calls.repeats.value, calls.repeatCount.value * 2)
    for (let at = 0; at < repeats.length; at += 2) this.onRepeat(repeats[at + 1]!, repeats[at]!)
    if (calls.fault.value !== 0) throw this.overflow(FAULTS[calls.fault.value]!)
  }

  /** A cell with the value that was put into its column last: nothing is looked up. */
  putAgain(index: number): void {
    this.put(index, this.calls.putAgain(index))
  }

  /** A cell with a text of those that sheets share. */
  putShared(index: number, id: number): void {
    this.put(index, this.calls.putShared(index, id))
  }

  /** A cell with a number under a style. */
  putNumber(index: number, value: number, style: number): void {
    this.put(index, this.calls.putNumber(index, value, style))
  }

  /** A cell with a text. */
  putText(index: number, text: string): void {
    const length = this.encode(text)
    this.put(index, this.calls.putText(index, this.scratchAt, length))
  }

  /** A cell with a value whose text is final: a boolean, an error, a date that the file stores as text. */
  putLiteral(index: number, text: string, kind: Kind): void {
    const length = this.encode(`${kind}${text}`)
    this.put(index, this.calls.putLiteral(index, this.scratchAt, length))
  }

  /** Puts a text where the engine can read it, and returns its length in bytes. */
  private encode(text: string): number {
    const { length } = text
    if (length * UNIT + SLACK > this.scratch.length) this.moreScratch(length * UNIT + SLACK)
    const { scratch } = this
    let at = 0
    for (let code = text.charCodeAt(0); code < 0x80; code = text.charCodeAt(++at)) scratch[at] = code
    return at === length ? at : encoder.encodeInto(text, scratch).written
  }

  /** Growing makes the memory of the engine another, in which the place is still the same. */
  private moreScratch(needed: number): void {
    const { engine } = this
    let room = this.room
    if (room < needed) {
      this.room = room = Math.max(LEAST_SCRATCH, needed * 2)
      this.scratchAt = engine.calls.take(room)
    }
    this.scratch = engine.bytes(this.scratchAt, room)
  }

  mayHold(character: OddCharacter): boolean {
    return (this.calls.oddTexts.value & ODD[character]) !== 0
  }

  finish(name: string, onFault: Report, check: ColumnCheck): Table {
    const { calls, engine, rows } = this
    const order = this.order.sorted()
    const words = calls.take(WORDS * 4)
    const gathered = (gather: (from: number, count: number) => void): Uint32Array<ArrayBuffer> => {
      const all = new Uint32Array(rows)
      for (let from = 0; from < rows; from += WORDS) {
        const count = Math.min(WORDS, rows - from)
        gather(from, count)
        all.set(engine.words(words, count), from)
      }
      return order === null ? all : all.map((_, at) => all[order[at]!]!)
    }
    const rowNumbers = gathered((from, count) => calls.gatherRows(from, count, words))
    const columns: Column[] = []
    const collides = (): Error => this.overflow('collisions')
    const drain = new ValueDrain(engine, this.sources.render)
    for (const index of this.indexes) {
      const column = calls.columnAt(index)
      const codes = gathered((from, count) => calls.gatherCodes(column, from, count, words))
      calls.dropCodes(column)
      const { texts, kinds, longest, faults } = drain.valuesOf(column)
      if (faults.length > 0) {
        const faulty = new Uint8Array(texts.size + 1)
        for (const code of faults) faulty[code] = 1
        for (let row = 0; row < codes.length; row++) if (faulty[codes[row]!] === 1) onFault(index, rowNumbers[row]!)
      }
      check(texts, longest, code => columnLetters(index) + rowNumbers[codes.indexOf(code)]!)
      const firsts = areDistinct(calls.usesOf(column)) ? null : sameValues(engine, texts, kinds, collides)
      const finished = firsts === null && calls.inOrder.value === 1 && order === null ? { codes, texts, kinds } : firstUses(codes, texts, kinds, firsts)
      columns.push(columnOver(columnLetters(index), finished.texts, finished.kinds?.some(kind => kind !== KIND.text) ? finished.kinds : null, finished.codes))
    }
    calls.giveBack(words, WORDS * 4)
    return { name, rows, columns, integers: [{ name: 'row', data: rowNumbers }] }
  }
}

/** Plain numbers, shared texts and own texts are each distinct by themselves; what is rendered, or comes from two places, may coincide. */
function areDistinct(uses: number): boolean {
  return (uses & STYLED) === 0 && ((uses & LITERAL) === 0 || uses === LITERAL) && ((uses & SHARED) === 0 || (uses & OWN) === 0)
}
