/** The bytes of a part that are looked at. */
import { giveBack, roomOf, take } from './memory'

/** Bytes behind the window that may be read: what stands there is nothing. */
const SLACK: u32 = 64

export let part: usize = 0
let room: u32 = 0

/** A place for so many bytes of a part, which stay until it is asked for the next. */
export function partWindow(length: u32): usize {
  if (length + SLACK > room) {
    if (part !== 0) giveBack(part, room)
    room = roomOf(length + SLACK)
    part = take(room)
  }
  memory.fill(part + length, 0, SLACK)
  return part
}

/** Forgets the place when it stands behind `end`. */
export function forgetWindow(end: usize): void {
  if (part < end) return
  part = 0
  room = 0
}

const LT: u8 = 0x3c, AMP: u8 = 0x26, CR: u8 = 0x0d, UNDERSCORE: u8 = 0x5f, X: u8 = 0x78

/** Where a text ends that begins at `start`: at the first byte that is a tag, or needs decoding; `end` when none is before it. */
export function endOfText(start: usize, end: usize): usize {
  const tags = i8x16.splat(LT), references = i8x16.splat(AMP), lineEnds = i8x16.splat(CR), escapes = i8x16.splat(UNDERSCORE)
  let at = start
  while (at < end) {
    const bytes = v128.load(at)
    let bits: u32 = i8x16.bitmask(v128.or(v128.or(i8x16.eq(bytes, tags), i8x16.eq(bytes, references)), v128.or(i8x16.eq(bytes, lineEnds), i8x16.eq(bytes, escapes))))
    while (bits !== 0) {
      const found = at + ctz(bits)
      if (found >= end) return end
      // `_x000D_` is an escape; any other underscore is text.
      if (load<u8>(found) !== UNDERSCORE || load<u8>(found, 1) === X) return found
      bits &= bits - 1
    }
    at += 16
  }
  return end
}
