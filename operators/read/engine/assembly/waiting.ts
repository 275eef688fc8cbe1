/**
 * Cells that were read and wait to be put into the grid: looked up many at a time, they need not wait for memory one after
 * the other.
 */
import { DONE, REPEATED, fill, gridRow, numberIn, sharedIn, slotFor, startRow, textIn, touchNumber, touchShared } from './grid'
import { take } from './memory'

/** A cell: its value, its column, what it is and, of a number, its style. */
const CELL: u32 = 16
const ROOM: u32 = 2048
const ROW: u32 = 0, SHARED: u32 = 1, TEXT: u32 = 2, NUMBER: u32 = 3

const cells = take(CELL * ROOM)
let waiting: u32 = 0

/** Cells that had a value before: row and column, a word each. */
export const repeats = take(8 * ROOM)
export let repeatCount: u32 = 0

/** Whether no more may be added. */
export function isFull(): bool {
  return waiting === ROOM
}

function add(what: u32, index: u32, value: u64): void {
  const cell = cells + ((waiting++ * CELL) as usize)
  store<u64>(cell, value)
  store<u32>(cell, index, 8)
  store<u32>(cell, what, 12)
}

/** Cells that are added from here on stand in this row, which has none yet. */
export function addRow(number: u32): void {
  add(ROW, 0, number)
}

/** Adds a cell with a text that sheets share. */
export function addShared(index: u32, id: u32): void {
  add(SHARED, index, id)
}

/** Adds a cell with a number under a style. */
export function addNumber(index: u32, value: f64, style: u32): void {
  add(NUMBER + style, index, reinterpret<u64>(value + 0))
}

/** Adds a cell with a text, which stays where it is until it is put. */
export function addText(index: u32, start: usize, length: u32): void {
  add(TEXT, index, ((length as u64) << 32) | (start as u64))
}

/** Nothing of meaning: without it, touching would be optimised away. */
export let touchedCells: u32 = 0

/** Puts all that waits into the grid. Ends at a fault. */
export function putWaiting(): void {
  repeatCount = 0
  const end = cells + ((waiting * CELL) as usize)
  waiting = 0
  let nothing: u32 = 0
  for (let cell = cells; cell < end; cell += CELL) {
    const what = load<u32>(cell, 12)
    if (what === SHARED) nothing ^= touchShared(load<u32>(cell))
    else if (what >= NUMBER) nothing ^= touchNumber(load<u32>(cell, 8), load<u64>(cell), what - NUMBER)
  }
  touchedCells ^= nothing
  for (let cell = cells; cell < end; cell += CELL) {
    const what = load<u32>(cell, 12)
    const value = load<u64>(cell)
    if (what === ROW) {
      startRow(value as u32, -1)
      continue
    }
    const index = load<u32>(cell, 8)
    const slot = slotFor(index)
    if (slot === 0) return
    const number = what === SHARED ? sharedIn(index, value as u32) : what === TEXT ? textIn((value & 0xffff_ffff) as usize, (value >> 32) as u32) : numberIn(reinterpret<f64>(value), what - NUMBER)
    const done = fill(slot, number)
    if (done === REPEATED) {
      const repeat = repeats + ((repeatCount++ as usize) << 3)
      store<u32>(repeat, gridRow)
      store<u32>(repeat, index, 4)
    } else if (done !== DONE) return
  }
}
