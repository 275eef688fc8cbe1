/** Values of a column that may coincide. */
import { fastHash } from './hash'
import { COLLIDES, dropTexts, intern, newTexts } from './texts'

/** Dictionaries by kind. */
const KINDS: u32 = 16
const DICTIONARIES = memory.data(64)
let compared: u32 = 0

/** Begins to compare the values of a column. */
export function startComparing(): void {
  compared = 0
  // What was not ended was let go of with its sheet.
  memory.fill(DICTIONARIES, 0, 64)
}

/**
 * Writes for each of `count` values the number of the first that is the same, as words at `out`. Texts stand end to end at
 * `bytes`, `starts` are words, of which the first stands for `bytes`; kinds are bytes, or 0 when all are texts. Returns how many are the same as an
 * earlier one; COLLIDES when that cannot be told.
 */
export function compareValues(bytes: usize, starts: usize, kinds: usize, count: u32, out: usize): u32 {
  const first = load<u32>(starts)
  let same: u32 = 0
  for (let at: u32 = 0; at < count; at++) {
    const start = bytes + load<u32>(starts + ((at as usize) << 2)) - first
    const length = load<u32>(starts + (((at + 1) as usize) << 2)) - first - ((start - bytes) as u32)
    const kind: u32 = kinds === 0 ? 0 : load<u8>(kinds + at) & (KINDS - 1)
    const dictionary = DICTIONARIES + ((kind as usize) << 2)
    let texts = load<u32>(dictionary) as usize
    if (texts === 0) {
      texts = newTexts()
      store<u32>(dictionary, texts as u32)
    }
    const number = intern(texts, start, length, fastHash(start, length), compared)
    if (number === COLLIDES) return COLLIDES
    if (number !== compared) same++
    store<u32>(out + ((at as usize) << 2), number)
    compared++
  }
  return same
}

/** Lets go of what was compared. */
export function endComparing(): void {
  for (let kind: u32 = 0; kind < KINDS; kind++) {
    const dictionary = DICTIONARIES + ((kind as usize) << 2)
    const texts = load<u32>(dictionary) as usize
    if (texts !== 0) dropTexts(texts)
    store<u32>(dictionary, 0)
  }
}
