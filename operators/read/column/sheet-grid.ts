/** The cells of one sheet while it is read: dictionary-encoded columns over the rows that have a cell. */
import { columnOver, type Dictionary } from '../../../kernel/artifact/dictionary.ts'
import { KIND, type Column, type Kind, type Table } from '../../../kernel/artifact/table.ts'
import { columnLetters } from '../address.ts'
import type { ColumnCheck, FinishedGrid, OddCharacter, Overflow, Report } from './grid.ts'
import { NumberDictionary } from './number-dictionary.ts'
import { addNumber } from './number-digits.ts'
import { distinctOnly, firstUses } from './recode.ts'
import { TextArena } from './text-arena.ts'
import { TextDictionary } from './text-dictionary.ts'

/** Where a column's value comes from, until its text is made. Numbers are STYLED + the index of their style. */
const SHARED = 0
const OWN = 1
const LITERAL = 2
const STYLED = 3

/** Room that a few cells may take, and how much more each further cell gives: four bytes each. */
const FREE_ROOM = 32 << 20
const ROOM_PER_CELL = 256
/** Room that no limit takes away: below it, only the cells are counted. */
const LEAST_ROOM = 1 << 16

/** What a number becomes. `fault` says that the style does not fit it. */
export interface Rendered {
  readonly text: string
  readonly kind: Kind
  readonly fault?: boolean
}

/** What a grid needs to turn what it holds into text. */
export interface GridSources {
  /** Texts shared by all sheets. */
  readonly shared: TextArena
  /** A number under the style of this index. */
  render(value: number, style: number): Rendered
  /** Whether numbers under the style of this index are shown as they are. */
  isPlain(style: number): boolean
}

interface GridColumn {
  codes: Uint32Array
  /** The code that was put last. */
  last: number
  /** Number of distinct values. */
  size: number
  /** By code - 1: where the value comes from and what it is there. Null while all are own texts, whose code is 1 + their id. */
  from: Uint16Array | null
  refs: Float64Array
  readonly shared: Map<number, number>
  own: TextDictionary | null
  ownCodes: number[]
  readonly numbers: (NumberDictionary | undefined)[]
  literals: Map<string, number> | null
  readonly literalTexts: string[]
}

/** Bytes of most numbers and dates. */
const NUMBER_ROOM = 10
/** UTF-8 of what is looked for in all texts. */
const ODD: Readonly<Record<OddCharacter, Uint8Array>> = { nul: Uint8Array.of(0), replacement: Uint8Array.of(0xef, 0xbf, 0xbd) }
const NO_REFS = new Float64Array(0)

export class SheetGrid implements FinishedGrid {
  /** Rows with a cell, so far. */
  rows = 0
  /** Non-empty cells, so far. */
  cells = 0
  readonly columns: (GridColumn | undefined)[] = []
  private rowNumbers = new Uint32Array(64)
  private capacity = 64
  private used = 0
  private row = 0
  private ordinal = -1
  private sorted = true
  /** Whether the values of a column may be in another order than that of first appearance, or unused. */
  private outOfOrder = false
  private rowIndex: Map<number, number> | null = null
  /** By id of a shared text: 1 + the first column that used it, and its code there. Most texts stay in one column. */
  private readonly owners: Int32Array
  private readonly sources: GridSources
  private readonly maxColumns: number
  private readonly maxCells: number
  private readonly overflow: Overflow
  private readonly onRepeat: Report

  constructor(sources: GridSources, maxColumns: number, maxCells: number, overflow: Overflow, onRepeat: Report) {
    this.sources = sources
    this.maxColumns = maxColumns
    this.maxCells = maxCells
    this.overflow = overflow
    this.onRepeat = onRepeat
    this.owners = new Int32Array(sources.shared.size * 2)
  }

  /** Cells that follow are in this row (1-based). Rows may come in any order, and more than once. */
  startRow(row: number): void {
    if (row === this.row) return
    this.row = row
    this.ordinal = -1
  }

  private openRow(): number {
    const { row } = this
    if (this.rows > 0 && row <= this.rowNumbers[this.rows - 1]!) {
      if (this.rowIndex === null) {
        this.rowIndex = new Map()
        for (let at = 0; at < this.rows; at++) this.rowIndex.set(this.rowNumbers[at]!, at)
      }
      const known = this.rowIndex.get(row)
      if (known !== undefined) {
        // A column may now get an earlier row after a later one.
        this.outOfOrder = true
        return (this.ordinal = known)
      }
      this.sorted = false
    }
    if (this.rows === this.capacity) this.grow()
    this.rowNumbers[this.rows] = row
    this.rowIndex?.set(row, this.rows)
    return (this.ordinal = this.rows++)
  }

  /** Refuses room out of proportion: far more than may be filled, or than is filled so far. */
  private claim(room: number): void {
    if (room > Math.max(this.maxCells * 4, LEAST_ROOM) || room > this.cells * ROOM_PER_CELL + FREE_ROOM) throw this.overflow('space')
  }

  private grow(): void {
    const capacity = this.capacity * 2
    // A table is dense: a few cells in many columns of many rows take their room all the same.
    this.claim(this.used * capacity)
    const rowNumbers = new Uint32Array(capacity)
    rowNumbers.set(this.rowNumbers)
    this.rowNumbers = rowNumbers
    for (const column of this.columns) {
      if (column === undefined) continue
      const codes = new Uint32Array(capacity)
      codes.set(column.codes)
      column.codes = codes
    }
    this.capacity = capacity
  }

  private open(index: number): GridColumn {
    if (index >= this.maxColumns) throw this.overflow('columns')
    this.used++
    this.claim(this.used * this.capacity)
    const column: GridColumn = { codes: new Uint32Array(this.capacity), last: 0, size: 0, from: null, refs: NO_REFS, shared: new Map(), own: null, ownCodes: [], numbers: [], literals: null, literalTexts: [] }
    while (this.columns.length <= index) this.columns.push(undefined)
    this.columns[index] = column
    return column
  }

  private put(column: GridColumn, index: number, code: number): void {
    const ordinal = this.ordinal === -1 ? this.openRow() : this.ordinal
    if (column.codes[ordinal] !== 0) {
      this.outOfOrder = true
      this.onRepeat(index, this.row)
    } else if (++this.cells > this.maxCells) throw this.overflow('cells')
    column.codes[ordinal] = code
    column.last = code
  }

  /** A cell with the value that was put into its column last: nothing is looked up. */
  putAgain(index: number): void {
    const column = this.columns[index]!
    this.put(column, index, column.last)
  }

  private fresh(column: GridColumn, from: number, ref: number): number {
    const at = column.size++
    if (column.from === null || at === column.from.length) this.list(column, at)
    column.from![at] = from
    column.refs[at] = ref
    return at + 1
  }

  /** Makes room to say where each value comes from: so far all may be own texts. */
  private list(column: GridColumn, size: number): void {
    const from = new Uint16Array(Math.max(16, size * 2))
    const refs = new Float64Array(from.length)
    if (column.from === null) {
      from.fill(OWN, 0, size)
      for (let id = 0; id < size; id++) {
        refs[id] = id
        column.ownCodes.push(id + 1)
      }
    } else {
      from.set(column.from)
      refs.set(column.refs)
    }
    column.from = from
    column.refs = refs
  }

  /** A cell with a text of the shared dictionary. */
  putShared(index: number, id: number): void {
    const column = this.columns[index] ?? this.open(index)
    let code: number | undefined
    const owner = this.owners[id * 2]!
    if (owner === index + 1) code = this.owners[id * 2 + 1]!
    else if (owner === 0) {
      code = this.fresh(column, SHARED, id)
      this.owners[id * 2] = index + 1
      this.owners[id * 2 + 1] = code
    } else {
      code = column.shared.get(id)
      if (code === undefined) column.shared.set(id, (code = this.fresh(column, SHARED, id)))
    }
    this.put(column, index, code)
  }

  /** A cell with a number under a style. */
  putNumber(index: number, value: number, style: number): void {
    const column = this.columns[index] ?? this.open(index)
    const numbers = (column.numbers[style] ??= new NumberDictionary())
    let code = numbers.get(value)
    if (code === 0) {
      code = this.fresh(column, STYLED + style, value + 0)
      numbers.put(value, code)
    }
    this.put(column, index, code)
  }

  private own(column: GridColumn): TextDictionary {
    return (column.own ??= new TextDictionary())
  }

  /** A cell with the text from `start` to `end`. */
  putBytes(index: number, from: DataView, start: number, end: number): void {
    const column = this.columns[index] ?? this.open(index)
    this.putOwn(column, index, this.own(column).intern(from, start, end))
  }

  /** A cell with a text. */
  putText(index: number, text: string): void {
    const column = this.columns[index] ?? this.open(index)
    this.putOwn(column, index, this.own(column).internText(text))
  }

  private putOwn(column: GridColumn, index: number, id: number): void {
    if (column.from === null) {
      if (id === column.size) column.size++
      this.put(column, index, id + 1)
    } else this.put(column, index, (column.ownCodes[id] ??= this.fresh(column, OWN, id)))
  }

  /** A cell with a value whose text is final: a boolean, an error, a date that the file stores as text. */
  putLiteral(index: number, text: string, kind: Kind): void {
    const column = this.columns[index] ?? this.open(index)
    const key = `${kind}${text}`
    const literals = (column.literals ??= new Map())
    let code = literals.get(key)
    if (code === undefined) {
      code = this.fresh(column, LITERAL, column.literalTexts.length)
      column.literalTexts.push(key)
      literals.set(key, code)
    }
    this.put(column, index, code)
  }

  get indexes(): readonly number[] {
    return this.columns.flatMap((column, index) => (column === undefined ? [] : [index]))
  }

  mayHold(character: OddCharacter): boolean {
    const utf8 = ODD[character]
    return this.sources.shared.holds(utf8) || this.columns.some(column => column?.own?.texts.holds(utf8))
  }

  /** The order of the rows by their numbers; null when they are in it. */
  private order(): Uint32Array | null {
    if (this.sorted) return null
    const order = new Uint32Array(this.rows)
    for (let at = 0; at < order.length; at++) order[at] = at
    return order.sort((a, b) => this.rowNumbers[a]! - this.rowNumbers[b]!)
  }

  finish(name: string, onFault: Report, check: ColumnCheck): Table {
    const order = this.order()
    const rowNumbers = this.rowNumbers.slice(0, this.rows)
    if (order !== null) for (let at = 0; at < order.length; at++) rowNumbers[at] = this.rowNumbers[order[at]!]!
    const columns: Column[] = []
    for (let index = 0; index < this.columns.length; index++) {
      const column = this.columns[index]
      if (column === undefined) continue
      this.columns[index] = undefined
      const codes = column.codes.slice(0, this.rows)
      if (order !== null) for (let at = 0; at < order.length; at++) codes[at] = column.codes[order[at]!]!
      const { texts, kinds, faults, distinct } = this.valuesOf(column)
      if (faults.length > 0) {
        const faulty = new Uint8Array(column.size + 1)
        for (const code of faults) faulty[code] = 1
        for (let row = 0; row < codes.length; row++) if (faulty[codes[row]!] === 1) onFault(index, rowNumbers[row]!)
      }
      check(texts, longestOf(texts), code => columnLetters(index) + rowNumbers[codes.indexOf(code)]!)
      const finished = distinct && !this.outOfOrder && order === null ? { codes, texts, kinds } : firstUses(codes, texts, kinds)
      columns.push(columnOver(columnLetters(index), finished.texts, finished.kinds?.some(kind => kind !== KIND.text) ? finished.kinds : null, finished.codes))
    }
    return { name, rows: this.rows, columns, integers: [{ name: 'row', data: rowNumbers }] }
  }

  private valuesOf(column: GridColumn): { texts: Dictionary; kinds: Uint8Array | null; faults: number[]; distinct: boolean } {
    if (column.from === null) return { texts: column.own?.packed() ?? new TextArena().packed(), kinds: null, faults: [], distinct: true }
    const { size, from, refs } = column
    const kinds = new Uint8Array(size)
    const faults: number[] = []
    const { shared } = this.sources
    const own = column.own?.texts ?? new TextArena()
    let room = 0
    for (let at = 0; at < size; at++) room += from[at] === SHARED ? shared.bounds[refs[at]! + 1]! - shared.bounds[refs[at]!]! : from[at] === OWN ? own.bounds[refs[at]! + 1]! - own.bounds[refs[at]!]! : NUMBER_ROOM
    const arena = new TextArena(size, room)
    let sharedCount = 0
    for (let at = 0; at < size; at++) {
      const source = from[at]!
      const ref = refs[at]!
      if (source === SHARED) {
        sharedCount++
        arena.add(shared.view, shared.bounds[ref]!, shared.bounds[ref + 1]!)
      } else if (source === OWN) arena.add(own.view, own.bounds[ref]!, own.bounds[ref + 1]!)
      else if (source === LITERAL) {
        const key = column.literalTexts[ref]!
        kinds[at] = key.charCodeAt(0) - 48
        arena.addText(key.slice(1))
      } else if (this.sources.isPlain(source - STYLED)) {
        kinds[at] = KIND.number
        addNumber(arena, ref)
      } else {
        const rendered = this.sources.render(ref, source - STYLED)
        arena.addText(rendered.text)
        kinds[at] = rendered.kind
        if (rendered.fault) faults.push(at + 1)
      }
    }
    const texts = arena.packed()
    if (sharedCount === size) return { texts, kinds: null, faults, distinct: true }
    let numberStyles = 0
    for (let style = 0; style < column.numbers.length; style++) if (column.numbers[style] !== undefined) numberStyles += style === 0 ? 1 : 2
    // Plain numbers, shared texts and own texts are each distinct by themselves; what is rendered, or comes from two places, may coincide.
    const distinct = (numberStyles <= 1 && (column.literals === null || numberStyles === 0) && (sharedCount === 0 || column.own === null)) || distinctOnly(texts, kinds)
    return { texts, kinds, faults, distinct }
  }
}

/** Bytes of the longest text. */
function longestOf({ size, starts }: Dictionary): number {
  let longest = 0
  for (let at = 0; at < size; at++) longest = Math.max(longest, starts[at + 1]! - starts[at]!)
  return longest
}
