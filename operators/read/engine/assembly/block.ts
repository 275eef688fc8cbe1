/**
 * Rows of texts that wait to be looked up. Many texts of one column looked up in a row find that column's dictionary in
 * the processor's cache, and so does the next column.
 */
import { fastHash } from './hash'
import { giveBack, release, roomOf, take } from './memory'
import { COLLIDES, intern, newTexts, sizeOf, touch } from './texts'

/** Rows and cells from which a block is full. */
const ROWS: u32 = 1 << 11
const CELLS: u32 = 1 << 14
/** A cell: where its text stands, its length, its hash. An empty one has length 0. */
const CELL: u32 = 16
/** Texts from which a dictionary does not stay in the cache. */
const CACHED: u32 = 1024

let cells: usize = 0
let room: u32 = 0
let used: u32 = 0
/** Where the cells of a row begin; one more for the end of the last. */
let firsts: usize = 0
/** Their numbers as shown, from 1 on. */
let numbers: usize = 0
/** Fields of a row, 0 for one in which nothing stands. */
let widths: usize = 0
let rows: u32 = 0
let widest: u32 = 0
/** Whether all rows have as many fields as the first, and something in them. */
let alike: bool = true

/** The number, as shown, of the last row that was ended. */
export let row: u32 = 0

/** Numbers of the rows that have a text, one after the other, after `look`; and how many they are. */
export let shownNumbers: usize = 0
export let shown: u32 = 0
/** Cells with a text, after `look`. */
export let filled: u32 = 0
/** Codes, after `look`: for each column those of the shown rows, 0 for no text, else 1 + the number of its text there. */
export let codes: usize = 0
let codesRoom: u32 = 0
let shownFirsts: usize = 0
let hashes: usize = 0
let places: usize = 0

/** The dictionaries of columns, 0 for one without a text yet. */
let columns: usize = 0
let columnsRoom: u32 = 0

/** Cells that there is room for to begin with; there is room for twice as many when they are used up. */
const FIRST_CELLS: u32 = 1 << 11

/** Begins another text: what the one before it held is let go of, from the place on that is returned. */
export function openBlock(): usize {
  const from = release()
  row = 0
  nuls = replacements = false
  piece = spillAt = spillEnd = 0
  used = rows = widest = 0
  alike = true
  columnsRoom = codesRoom = 0
  room = FIRST_CELLS
  cells = take(room * CELL)
  firsts = take((ROWS + 1) * 4)
  store<u32>(firsts, 0)
  numbers = take(ROWS * 4)
  widths = take(ROWS * 4)
  shownNumbers = take(ROWS * 4)
  shownFirsts = take(ROWS * 8)
  hashes = take(ROWS * 4)
  places = take(ROWS * 4)
  return from
}

export function cellsUsed(): u32 { return used }
export function rowsHeld(): u32 { return rows }
export function widestRow(): u32 { return widest }
export function rowsAlike(): bool { return alike }
export function widthsHeld(): usize { return widths }

/** Adds a cell to the row that is being read. */
export function addCell(start: usize, length: u32): void {
  if (used === room) moreCells()
  const cell = cells + (used++ as usize) * CELL
  store<u32>(cell, start as u32)
  store<u32>(cell, length, 4)
  store<u32>(cell, fastHash(start, length), 8)
}

function moreCells(): void {
  const more = take(room * CELL * 2)
  memory.copy(more, cells, (room as usize) * CELL)
  giveBack(cells, room * CELL)
  cells = more
  room *= 2
}

/** The row that is being read is whole. `something`: it is not empty, and its width counts. True when the block is full. */
export function endRow(something: bool): bool {
  const fields = used - load<u32>(firsts + ((rows as usize) << 2))
  const at = (rows as usize) << 2
  store<u32>(numbers + at, ++row)
  store<u32>(widths + at, something ? fields : 0)
  if (!something || fields !== load<u32>(widths)) alike = false
  rows++
  store<u32>(firsts + ((rows as usize) << 2), used)
  if (fields > widest) widest = fields
  // With rows of very different widths most of rows times width would be nothing.
  return rows === ROWS || used + widest > CELLS || rows * widest > 4 * CELLS
}

/** Forgets the row that is being read. */
export function dropRow(): void {
  used = load<u32>(firsts + ((rows as usize) << 2))
}

/** Texts that do not stand in the source as they are: pieces of memory, each with the one before it and its size in front. */
const PIECE: u32 = 1 << 16
const PIECE_HEADER: u32 = 8
let piece: usize = 0
let spillAt: usize = 0
let spillEnd: usize = 0

/** Room for a text of so many bytes, and 8 more, which `addSpilled` makes a cell. */
export function spill(length: u32): usize {
  if (spillAt === 0 || spillAt + length + 8 > spillEnd) {
    const size = roomOf(max(PIECE, length + PIECE_HEADER + 8))
    const next = take(size)
    store<u32>(next, piece as u32)
    store<u32>(next, size, 4)
    piece = next
    spillAt = next + PIECE_HEADER
    spillEnd = next + size
  }
  return spillAt
}

/** Adds a cell with the text that stands in the room. */
export function addSpilled(length: u32): void {
  const start = spillAt
  for (let at: u32 = 0; at < length; at++) note(load<u8>(start + at))
  spillAt += length
  addCell(start, length)
}

/** Whether there was a byte that U+0000 is, or that U+FFFD begins with. */
export let nuls: bool = false
export let replacements: bool = false

function note(byte: u32): void {
  if (byte === 0) nuls = true
  else if (byte === 0xef) replacements = true
}

/** Says which of them were seen where many bytes were looked at together. */
export function noteSeen(nul: bool, replacement: bool): void {
  if (nul) nuls = true
  if (replacement) replacements = true
}

/** Looks up the texts of the block, column by column. False when texts were made to collide. */
export function look(): bool {
  findShown()
  const room = shown * widest
  if (room > codesRoom) {
    if (codesRoom > 0) giveBack(codes, codesRoom * 4)
    codes = take(room * 4)
    codesRoom = roomOf(room * 4) / 4
  }
  filled = 0
  moreColumns()
  for (let column: u32 = 0; column < widest; column++) if (!lookColumn(column)) return false
  return true
}

function findShown(): void {
  shown = 0
  for (let at: u32 = 0; at < rows; at++) {
    const first = load<u32>(firsts + ((at as usize) << 2))
    const end = load<u32>(firsts + (((at + 1) as usize) << 2))
    let cell = first
    while (cell < end && load<u32>(cells + (cell as usize) * CELL, 4) === 0) cell++
    if (cell === end) continue
    store<u32>(shownNumbers + ((shown as usize) << 2), load<u32>(numbers + ((at as usize) << 2)))
    store<u32>(shownFirsts + ((shown as usize) << 3), first)
    store<u32>(shownFirsts + ((shown as usize) << 3), end - first, 4)
    shown++
  }
}

function moreColumns(): void {
  if (widest <= columnsRoom) return
  const room = roomOf(widest * 4) / 4
  const more = take(room * 4)
  memory.fill(more, 0, (room as usize) << 2)
  if (columnsRoom > 0) {
    memory.copy(more, columns, (columnsRoom as usize) << 2)
    giveBack(columns, columnsRoom * 4)
  }
  columns = more
  columnsRoom = room
}

/** The dictionary of a column; 0 when no text of it was looked up. */
export function textsOf(column: u32): usize {
  return column < columnsRoom ? (load<u32>(columns + ((column as usize) << 2)) as usize) : 0
}

function lookColumn(column: u32): bool {
  const out = codes + (((column * shown) as usize) << 2)
  let texts = textsOf(column)
  const large = texts !== 0 && sizeOf(texts) > CACHED
  if (large) {
    for (let at: u32 = 0; at < shown; at++) {
      const cell = cells + ((load<u32>(shownFirsts + ((at as usize) << 3)) + column) as usize) * CELL
      store<u32>(hashes + ((at as usize) << 2), column < load<u32>(shownFirsts + ((at as usize) << 3), 4) ? load<u32>(cell, 8) : 0)
    }
    touched ^= touch(texts, hashes, shown, places)
  }
  for (let at: u32 = 0; at < shown; at++) {
    let code: u32 = 0
    if (column < load<u32>(shownFirsts + ((at as usize) << 3), 4)) {
      const cell = cells + ((load<u32>(shownFirsts + ((at as usize) << 3)) + column) as usize) * CELL
      const length = load<u32>(cell, 4)
      if (length > 0) {
        if (texts === 0) {
          texts = newTexts()
          store<u32>(columns + ((column as usize) << 2), texts as u32)
        }
        const id = intern(texts, load<u32>(cell), length, load<u32>(cell, 8), sizeOf(texts))
        if (id === COLLIDES) return false
        code = id + 1
        filled++
      }
    }
    store<u32>(out + ((at as usize) << 2), code)
  }
  return true
}

/** Nothing of meaning: without it, touching would be optimised away. */
export let touched: u32 = 0

/** Empties the block. */
export function clear(): void {
  rows = used = widest = 0
  alike = true
  while (piece !== 0) {
    const before = load<u32>(piece)
    giveBack(piece, load<u32>(piece, 4))
    piece = before
  }
  spillAt = 0
  spillEnd = 0
}
