/** A column of a sheet while it is read: a code for each row, and for each code where its value comes from. */
import { halfAt, heldHalf, heldLong, longAt } from './lists'
import { take } from './memory'
import { firstText, nextText } from './texts'

/** A column: fields by offset. */
export const SIZE = 0, LAST = 4, PAGE = 8, PAGE_NUMBER = 12, CODES = 16, SOURCES = 24, REFS = 32, LISTED = 40, TEXTS = 44, LITERALS = 48, KEYS = 52, USES = 56, SOURCE = 60, LONGEST = 64, NUMBERS = 68, BYTES = 72, DENSE = 80, DENSE_ROOM = 88, DENSE_FIRST = 92, DENSE_SOURCE = 96
const COLUMN: u32 = 100
export const NO_PAGE: u32 = 0xffff_ffff

/**
 * Sources of a value. What refers to it there: of a text its place, with its length above it; of a number its bits. A literal
 * is a text with the digit of its kind in front. Numbers are NUMBER + the index of their style.
 */
export const SHARED: u32 = 0, OWN: u32 = 1, LITERAL: u32 = 2, NUMBER: u32 = 3
/** Sources that a column uses, as bits; `STYLED` for a number under another style than the first. */
export const USES_OWN: u32 = 2
const USES_SHARED: u32 = 1, USES_LITERAL: u32 = 4, USES_NUMBER: u32 = 8, USES_STYLED: u32 = 16
/** What SOURCE says when values have different ones, which SOURCES lists. */
const SEVERAL: u32 = 0xffff_ffff

/** A new column. */
export function newColumn(): usize {
  const column = take(COLUMN)
  memory.fill(column, 0, COLUMN)
  store<u32>(column, NO_PAGE, PAGE_NUMBER)
  return column
}

/** Number of distinct values. */
export function columnSize(column: usize): u32 {
  return load<u32>(column, SIZE)
}

/** Whether it is said where each value comes from. Otherwise all are own texts, whose numbers are theirs. */
export function isListed(column: usize): bool {
  return load<u32>(column, LISTED) !== 0
}

/** Sources that the column uses, as bits. */
export function usesOf(column: usize): u32 {
  return load<u32>(column, USES)
}

/** The dictionary of its own texts; 0 when it has none. */
export function ownTexts(column: usize): usize {
  return load<u32>(column, TEXTS)
}

/** Bytes of the values that are listed and texts, of the longest of them, and how many are numbers. */
export function textBytes(column: usize): f64 {
  return load<u64>(column, BYTES) as f64
}
export function longestText(column: usize): u32 {
  return load<u32>(column, LONGEST)
}
export function numberCount(column: usize): u32 {
  return load<u32>(column, NUMBERS)
}

/** The source of a value, by its number. */
export function sourceOf(column: usize, number: u32): u32 {
  const source = load<u32>(column, SOURCE)
  return source !== SEVERAL ? source : load<u16>(heldHalf(column + SOURCES, number))
}

/** What refers to a value, by its number. */
export function refOf(column: usize, number: u32): u64 {
  return load<u64>(heldLong(column + REFS, number))
}

/** What refers to a text: its place and length. */
export function textRef(place: usize, length: u32): u64 {
  return ((length as u64) << 32) | (place as u64)
}

/** Adds a value and returns its number. */
export function addValue(column: usize, source: u32, ref: u64): u32 {
  if (load<u32>(column, LISTED) === 0) listAll(column)
  const number = load<u32>(column, SIZE)
  store<u32>(column, number + 1, SIZE)
  setValue(column, number, source, ref)
  return number
}

function setValue(column: usize, number: u32, source: u32, ref: u64): void {
  store<u64>(longAt(column + REFS, number), ref)
  if (load<u32>(column, SOURCE) !== source || number === 0) setSource(column, number, source)
  if (source >= NUMBER) store<u32>(column, load<u32>(column, NUMBERS) + 1, NUMBERS)
  else {
    const length = (ref >> 32) as u32
    store<u64>(column, load<u64>(column, BYTES) + (length as u64), BYTES)
    if (length > load<u32>(column, LONGEST)) store<u32>(column, length, LONGEST)
  }
}

/** Most columns have values of one source. */
function setSource(column: usize, number: u32, source: u32): void {
  const use = source === SHARED ? USES_SHARED : source === OWN ? USES_OWN : source === LITERAL ? USES_LITERAL : source === NUMBER ? USES_NUMBER : USES_STYLED
  store<u32>(column, load<u32>(column, USES) | use, USES)
  const before = load<u32>(column, SOURCE)
  if (number === 0) {
    store<u32>(column, source, SOURCE)
    return
  }
  if (before !== SEVERAL) {
    for (let at: u32 = 0; at < number; at++) store<u16>(halfAt(column + SOURCES, at), before)
    store<u32>(column, SEVERAL, SOURCE)
  }
  store<u16>(halfAt(column + SOURCES, number), source)
}

/** Says of each value where it comes from: so far all are own texts. */
export function listAll(column: usize): void {
  store<u32>(column, 1, LISTED)
  const texts = load<u32>(column, TEXTS) as usize
  if (texts === 0) return
  let number: u32 = 0
  for (let text = firstText(texts); text !== 0; text = nextText(texts, text)) setValue(column, number++, OWN, textRef(text + 8, load<u32>(text, 4)))
}
