/** The cells of one sheet while it is read: columns of codes over the rows that have a cell. */
import { CODES, LAST, LISTED, LITERAL, LITERALS, NUMBER, OWN, PAGE, PAGE_NUMBER, SHARED, SIZE, TEXTS, USES, USES_OWN, addValue, listAll, newColumn, textRef } from './column'
import { NOT_DENSE, denseValue } from './dense'
import { fastHash } from './hash'
import { keyedValue, touchKeyed } from './keys'
import { dropList, gatherWords, pageAt, wordAt } from './lists'
import { giveBack, mark, release, releaseTo, take } from './memory'
import { oddIn } from './odd'
import { firstString, forgetStrings, oddStrings, owners, stringRef, strings } from './strings'
import { COLLIDES, intern, newest, newTexts } from './texts'
import { forgetStyles } from './styles'
import { forgetWindow } from './window'

/** What putting a cell comes to. REPEATED: it had a value before. The others mean that no more can be put. */
export const DONE: u32 = 0, REPEATED: u32 = 1, TOO_MANY_COLUMNS: u32 = 2, TOO_MANY_CELLS: u32 = 3, TOO_MUCH_SPACE: u32 = 4, COLLIDED: u32 = 5
/** Why no more can be put, or DONE. */
export let fault: u32 = DONE

/** Room that a few cells may take, and how much more each further cell gives: four bytes each. */
const FREE_ROOM: f64 = 33_554_432
const ROOM_PER_CELL: f64 = 256
/** Room that no limit takes away: below it, only the cells are counted. */
const LEAST_ROOM: f64 = 65_536
const FIRST_CAPACITY: u32 = 64
const MOST_WHOLE: f64 = 2_147_483_648
/** Styles that are told apart. */
const MOST_STYLES: u32 = 0xffff - NUMBER
const NO_ROW: u32 = 0xffff_ffff

let maxColumns: u32 = 0
let maxCells: f64 = 0

/** Rows with a cell, so far, and cells that are not empty. */
export let gridRows: u32 = 0
export let gridCells: u32 = 0
/** Columns up to the last that has a cell. */
export let gridColumns: u32 = 0
/** The row that cells are put into, and the highest that has one. */
export let gridRow: u32 = 0
export let highestRow: u32 = 0
/** Whether each row has a higher number than the one before; and whether values are in the order of their first use. */
export let rowsSorted: bool = true
export let inOrder: bool = true
/** Odd characters that the texts hold, as bits. */
export let oddTexts: u32 = 0
let used: u32 = 0
let capacity: u32 = FIRST_CAPACITY
let ordinal: u32 = NO_ROW

/** Columns by their index, a word each, of which there is room for so many. */
let columns: usize = 0
let columnRoom: u32 = 0
const FIRST_COLUMNS: u32 = 256
/** The numbers of the rows. */
const ROW_NUMBERS = memory.data(8)
/** The sheet, from 1 on. What an earlier one says of shared texts does not count. */
let sheet: u64 = 0
/** From here on stands what a sheet holds. */
let sheetsFrom: usize = 0
const MOST_SHEETS: u64 = 0xffff

/** Begins another workbook. What the one before it held is let go of. */
export function openBook(): void {
  const from = release()
  forgetWindow(from)
  forgetStrings()
  forgetStyles()
  sheet = 0
}

/** Begins another sheet. What the one before it held is let go of. */
export function startGrid(mostColumns: u32, mostCells: f64): void {
  if (sheet === 0) sheetsFrom = mark()
  else {
    releaseTo(sheetsFrom)
    forgetWindow(sheetsFrom)
  }
  columns = 0
  columnRoom = 0
  store<u64>(ROW_NUMBERS, 0)
  if (++sheet > MOST_SHEETS) {
    sheet = 1
    memory.fill(owners, 0, (strings as usize) << 3)
  }
  maxColumns = mostColumns
  maxCells = mostCells
  gridRows = gridCells = gridColumns = gridRow = highestRow = used = 0
  fault = DONE
  rowsSorted = inOrder = true
  oddTexts = oddStrings
  capacity = FIRST_CAPACITY
  ordinal = NO_ROW
}

/** Cells that follow are in this row, of which `known` is the place among the rows, or -1 when it has no cell yet. */
export function startRow(number: u32, known: i32): void {
  gridRow = number
  ordinal = known
  // A column may now get an earlier row after a later one.
  if (known !== -1) inOrder = false
}

/** Whether rows may take so much room: far more than may be filled, or than is filled so far, they may not. A table is dense. */
function claim(): bool {
  const room = (used as f64) * (capacity as f64)
  return room <= max<f64>(maxCells * 4, LEAST_ROOM) && room <= (gridCells as f64) * ROOM_PER_CELL + FREE_ROOM
}

function openRow(): bool {
  if (gridRows === capacity) {
    capacity *= 2
    if (!claim()) return false
  }
  if (gridRow > highestRow) highestRow = gridRow
  else rowsSorted = false
  ordinal = gridRows++
  store<u32>(wordAt(ROW_NUMBERS, ordinal), gridRow)
  return true
}

function moreColumns(index: u32): void {
  let room = max(columnRoom, FIRST_COLUMNS)
  while (room <= index) room *= 2
  const more = take(room * 4)
  memory.fill(more, 0, (room as usize) << 2)
  if (columnRoom > 0) {
    memory.copy(more, columns, (columnRoom as usize) << 2)
    giveBack(columns, columnRoom * 4)
  }
  columns = more
  columnRoom = room
}

function openColumn(index: u32): usize {
  if (index >= maxColumns) {
    fault = TOO_MANY_COLUMNS
    return 0
  }
  used++
  if (!claim()) {
    fault = TOO_MUCH_SPACE
    return 0
  }
  const column = newColumn()
  if (index >= columnRoom) moreColumns(index)
  store<u32>(columns + ((index as usize) << 2), column as u32)
  if (index >= gridColumns) gridColumns = index + 1
  return column
}

/** The column of a cell for which `slotFor` found a place. */
export let current: usize = 0

/** Looks at where a value of the column of an index is searched first, so that it is in the processor's cache when it is asked for. */
export function touchShared(id: u32): u32 {
  return load<u32>(owners + ((id as usize) << 3))
}
export function touchNumber(index: u32, value: u64, style: u32): u32 {
  const column = columnAt(index)
  return column === 0 ? 0 : touchKeyed(column, NUMBER + min(style, MOST_STYLES), value)
}

/** The place for the code of a cell in the row that was started; 0 after a fault. */
export function slotFor(index: u32): usize {
  current = columnAt(index)
  if (current === 0) {
    current = openColumn(index)
    if (current === 0) return 0
  }
  if (ordinal === NO_ROW && !openRow()) {
    fault = TOO_MUCH_SPACE
    return 0
  }
  const number = ordinal >> 8
  if (load<u32>(current, PAGE_NUMBER) !== number) {
    store<u32>(current, pageAt(current + CODES, number) as u32, PAGE)
    store<u32>(current, number, PAGE_NUMBER)
  }
  return (load<u32>(current, PAGE) as usize) + (((ordinal & 255) as usize) << 2)
}

/** Puts the value of a number into a place that `slotFor` found. */
export function fill(slot: usize, number: u32): u32 {
  if (number === COLLIDES) {
    fault = COLLIDED
    return COLLIDED
  }
  let what = DONE
  if (load<u32>(slot) !== 0) {
    inOrder = false
    what = REPEATED
  } else if (((++gridCells) as f64) > maxCells) {
    fault = TOO_MANY_CELLS
    return TOO_MANY_CELLS
  }
  store<u32>(slot, number + 1)
  store<u32>(current, number + 1, LAST)
  return what
}

/** A cell with the value that was put into its column last: nothing is looked up. */
export function putAgain(index: u32): u32 {
  const slot = slotFor(index)
  return slot === 0 ? fault : fill(slot, load<u32>(current, LAST) - 1)
}

/** A cell with a number under a style. */
export function putNumber(index: u32, value: f64, style: u32): u32 {
  const slot = slotFor(index)
  return slot === 0 ? fault : fill(slot, numberIn(value, style))
}

/** The number of a value of the current column that is a number under a style. Minus zero is zero. */
export function numberIn(value: f64, style: u32): u32 {
  const source = NUMBER + min(style, MOST_STYLES)
  const ref = reinterpret<u64>(value + 0)
  if (value >= 0 && value < MOST_WHOLE) {
    const whole = value as i32
    if ((whole as f64) === value) {
      const number = denseValue(current, source, whole, ref)
      if (number !== NOT_DENSE) return number
    }
  }
  return keyedValue(current, source, ref)
}

/** A cell with a text that sheets share. */
export function putShared(index: u32, id: u32): u32 {
  const slot = slotFor(index)
  return slot === 0 ? fault : fill(slot, sharedIn(index, id))
}

/**
 * The number of a value of the current column that is a text that sheets share. Most such texts stay in one column: of each the
 * sheet and the column are kept that used it first, above its number there.
 */
export function sharedIn(index: u32, id: u32): u32 {
  const first = firstString(id)
  const owner = owners + ((first as usize) << 3)
  const known = load<u64>(owner)
  const own = (sheet << 16) | (index as u64)
  if (known >> 32 === own) return known as u32
  if (known >> 48 === sheet) return keyedValue(current, SHARED, stringRef(first))
  const number = addValue(current, SHARED, stringRef(first))
  store<u64>(owner, (own << 32) | (number as u64))
  return number
}

/** A cell with a text. Up to seven bytes behind it may be read. */
export function putText(index: u32, start: usize, length: u32): u32 {
  const slot = slotFor(index)
  return slot === 0 ? fault : fill(slot, textIn(start, length))
}

/** The number of a value of the current column that is a text of its own. */
export function textIn(start: usize, length: u32): u32 {
  const fresh = load<u32>(current, SIZE)
  let texts = load<u32>(current, TEXTS) as usize
  if (texts === 0) {
    texts = newTexts()
    store<u32>(current, texts as u32, TEXTS)
  }
  const number = intern(texts, start, length, fastHash(start, length), fresh)
  if (number !== fresh) return number
  oddTexts |= oddIn(start, length)
  if (load<u32>(current, LISTED) !== 0) return addValue(current, OWN, textRef(newest + 8, length))
  store<u32>(current, fresh + 1, SIZE)
  store<u32>(current, load<u32>(current, USES) | USES_OWN, USES)
  return fresh
}

/** A cell with a value whose text is final; its kind stands in front of it as a digit. */
export function putLiteral(index: u32, start: usize, length: u32): u32 {
  const slot = slotFor(index)
  return slot === 0 ? fault : fill(slot, literalIn(start, length))
}

function literalIn(start: usize, length: u32): u32 {
  let texts = load<u32>(current, LITERALS) as usize
  if (texts === 0) {
    texts = newTexts()
    store<u32>(current, texts as u32, LITERALS)
  }
  if (load<u32>(current, LISTED) === 0) listAll(current)
  const fresh = load<u32>(current, SIZE)
  const number = intern(texts, start, length, fastHash(start, length), fresh)
  return number === fresh ? addValue(current, LITERAL, textRef(newest + 8, length)) : number
}

/** The column of an index; 0 when it has no cell. */
export function columnAt(index: u32): usize {
  return index < columnRoom ? load<u32>(columns + ((index as usize) << 2)) : 0
}

/** Codes of a column, a word for each of these rows: 0 for no cell, else 1 + the number of its value. */
export function gatherCodes(column: usize, from: u32, count: u32, to: usize): void {
  gatherWords(column + CODES, from, count, to)
}

/** Numbers of these rows, as words. */
export function gatherRows(from: u32, count: u32, to: usize): void {
  gatherWords(ROW_NUMBERS, from, count, to)
}

/** Lets go of the codes of a column. */
export function dropCodes(column: usize): void {
  dropList(column + CODES)
  store<u32>(column, 0xffff_ffff, PAGE_NUMBER)
}
