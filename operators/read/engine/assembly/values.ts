/** The values of a finished column as texts, in the order of their codes. */
import { LITERAL, NUMBER, OWN, SHARED, SIZE, refOf, sourceOf } from './column'
import { DECIMAL_ROOM, writeDecimal } from './decimal'

const SLACK: u32 = 8
const ZERO: u32 = 0x30
/** Kinds of values. */
const TEXT: u8 = 0, NUMERIC: u8 = 1

/**
 * Writes values from number `from` on: their texts end to end at `to`, as many as fit into `room` bytes; where each ends as a
 * word at `ends`, counted from `before` on; its kind as a byte at `kinds`. There may be `most`. Returns how many they are: it
 * stops in front of a number that has to be rendered elsewhere.
 */
export function drainValues(column: usize, from: u32, to: usize, room: u32, ends: usize, kinds: usize, most: u32, before: u32): u32 {
  const last = min(load<u32>(column, SIZE), from + most)
  const limit = to + room - SLACK
  let out = to
  let number = from
  for (; number < last; number++) {
    const source = sourceOf(column, number)
    const ref = refOf(column, number)
    let kind = TEXT
    if (source === SHARED || source === OWN || source === LITERAL) {
      let text = (ref & 0xffff_ffff) as usize
      let length = (ref >> 32) as u32
      if (out + length > limit) break
      if (source === LITERAL) {
        kind = (load<u8>(text++) - ZERO) as u8
        length--
      }
      for (let at: u32 = 0; at < length; at += 8) store<u64>(out + at, load<u64>(text + at))
      out += length
    } else {
      if (source !== NUMBER || out + DECIMAL_ROOM > limit) break
      const length = writeDecimal(reinterpret<f64>(ref), out)
      if (length === 0) break
      out += length
      kind = NUMERIC
    }
    const at = number - from
    store<u32>(ends + ((at as usize) << 2), before + ((out - to) as u32))
    store<u8>(kinds + at, kind)
  }
  return number - from
}

/**
 * Numbers from number `from` on that have to be rendered elsewhere: each as a double at `to`, the index of its style as a
 * half word at `styles`. Returns how many they are, at most `most`.
 */
export function numbersFrom(column: usize, from: u32, to: usize, styles: usize, most: u32): u32 {
  const last = min(load<u32>(column, SIZE), from + most)
  let number = from
  for (; number < last; number++) {
    const source = sourceOf(column, number)
    // A plain one is rendered elsewhere when it was the first.
    if (source < NUMBER || (source === NUMBER && number > from)) break
    const at = (number - from) as usize
    store<u64>(to + (at << 3), refOf(column, number))
    store<u16>(styles + (at << 1), source - NUMBER)
  }
  return number - from
}
