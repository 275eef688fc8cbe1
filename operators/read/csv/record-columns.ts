/** Codes by row of the columns of delimited text, while the engine reads it block by block. */
import type { Overflow } from '../column/grid.ts'
import type { Engine } from '../engine/engine.ts'

/** Rows that tell how often texts repeat, and distinct ones among as many cells from which they hardly do. */
const ENOUGH_ROWS = 1 << 14
const HARDLY_REPEATS = 0.8
/** Room that a few cells may take, and how much more each further cell gives: four bytes each. */
const FREE_ROOM = 32 << 20
const ROOM_PER_CELL = 256
const LEAST_ROOM = 1 << 16

type Words = Uint32Array<ArrayBuffer>

export class RecordColumns {
  /** Rows with a cell, so far. */
  rows = 0
  /** Non-empty cells, so far. */
  cells = 0
  private readonly engine: Engine
  private readonly maxColumns: number
  private readonly maxCells: number
  private readonly overflow: Overflow
  private numbers: Words = new Uint32Array(64)
  private readonly codes: (Words | undefined)[] = []
  private used = 0

  constructor(engine: Engine, maxColumns: number, maxCells: number, overflow: Overflow) {
    this.engine = engine
    this.maxColumns = maxColumns
    this.maxCells = maxCells
    this.overflow = overflow
  }

  /** Takes the rows that the engine has looked up. `share` of all bytes, 0 to 1, are read by then. */
  take(share: number): void {
    const { engine: { calls }, codes } = this
    const [shown, width] = [calls.shown.value, calls.widestRow()]
    this.cells += calls.filled.value
    if (this.cells > this.maxCells) throw this.overflow('cells')
    const before = this.rows
    this.rows += shown
    const expected = share === 0 ? this.rows : Math.ceil(this.rows / share)
    if (this.rows > this.numbers.length) this.grow(Math.max(expected, this.rows + (this.rows >> 2)))
    this.numbers.set(this.engine.words(calls.shownNumbers.value, shown), before)
    for (let column = 0; column < width; column++) {
      if (codes[column] === undefined && !this.open(column)) continue
      codes[column]!.set(this.engine.words(calls.codes.value + column * shown * 4, shown), before)
    }
    this.claim()
    if (before < ENOUGH_ROWS && this.rows >= ENOUGH_ROWS) this.makeRoom(expected)
  }

  /** A column begins with its first text. */
  private open(column: number): boolean {
    if (this.engine.calls.textsOf(column) === 0) return false
    if (column >= this.maxColumns) throw this.overflow('columns')
    this.used++
    this.claim()
    while (this.codes.length < column) this.codes.push(undefined)
    this.codes[column] = new Uint32Array(this.numbers.length)
    return true
  }

  /** Refuses room out of proportion: far more than may be filled, or than is filled so far. A table is dense. */
  private claim(): void {
    const room = this.used * this.rows
    if (room > Math.max(this.maxCells * 4, LEAST_ROOM) || room > this.cells * ROOM_PER_CELL + FREE_ROOM) throw this.overflow('space')
  }

  private grow(capacity: number): void {
    const larger = (words: Words): Words => {
      const more = new Uint32Array(capacity)
      more.set(words)
      return more
    }
    this.numbers = larger(this.numbers)
    this.codes.forEach((codes, column) => {
      if (codes !== undefined) this.codes[column] = larger(codes)
    })
  }

  /** Lets dictionaries of texts that hardly repeat be as large as they will have to be. */
  private makeRoom(expected: number): void {
    const { calls } = this.engine
    if (expected <= this.rows) return
    for (const column of this.indexes) {
      const size = calls.sizeOf(calls.textsOf(column))
      if (size > this.rows * HARDLY_REPEATS) calls.expectTexts(calls.textsOf(column), Math.ceil((size / this.rows) * expected))
    }
  }

  /** Columns in which something stands, from 0. */
  get indexes(): readonly number[] {
    return this.codes.flatMap((codes, column) => (codes === undefined ? [] : [column]))
  }

  /** The numbers of the rows, as shown. */
  get rowNumbers(): Words {
    return this.numbers.slice(0, this.rows)
  }

  /** The codes of a column, which is forgotten; in a place of their own when much of what they have would be left over. */
  release(column: number): Words {
    const codes = this.codes[column]!
    this.codes[column] = undefined
    return (codes.length - this.rows) * 8 > codes.length ? codes.slice(0, this.rows) : codes.subarray(0, this.rows)
  }
}
