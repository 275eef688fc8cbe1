/** Memory by powers of two: what is given back is used again, whole or in halves. Nothing is cleared. */

/** Free places by the power of two of their size; the first word of each is the next. */
const FREE = memory.data(33 * 4)
/** Powers of two of which there is a free place, as bits. */
let free: u32 = 0
const SMALLEST: u32 = 7
const PAGE: usize = 65_536
const MOST: u32 = 1 << 30

let top: usize = (__heap_base + 15) & ~15

/** Is told that there is no more memory; what it throws ends the call. */
declare function full(): void

/** A place for at least so many bytes, at a multiple of 16. */
export function take(bytes: u32): usize {
  const power = powerOf(bytes)
  const fitting = free & ~((1 << power) - 1)
  if (fitting !== 0) return takeFree(ctz(fitting), power)
  const place = top
  const end = (place as u64) + ((1 as u64) << power)
  if (bytes > MOST || end > 0xffff_0000) full()
  const pages = memory.size() as usize
  const needed = ((end as usize) + PAGE - 1) / PAGE
  if (needed > pages) {
    // Growing makes the collector of JavaScript look around, so much is set aside each time: it costs nothing before it is used.
    const more = max(needed - pages, pages >> 1)
    if (memory.grow(more as i32) === -1 && memory.grow((needed - pages) as i32) === -1) full()
  }
  top = end as usize
  return place
}

/** Takes a free place of a size, or as much of it as is needed. */
function takeFree(from: u32, power: u32): usize {
  const list = FREE + ((from as usize) << 2)
  const place = load<u32>(list) as usize
  const next = load<u32>(place)
  store<u32>(list, next)
  if (next === 0) free &= ~(1 << from)
  for (let half = from; half > power; ) putFree(place + ((1 as usize) << --half), half)
  return place
}

function putFree(place: usize, power: u32): void {
  const list = FREE + ((power as usize) << 2)
  store<u32>(place, load<u32>(list))
  store<u32>(list, place as u32)
  free |= 1 << power
}

/** Gives back a place that was taken for so many bytes. */
export function giveBack(place: usize, bytes: u32): void {
  putFree(place, powerOf(bytes))
}

/** Bytes that a place taken for so many really has. */
export function roomOf(bytes: u32): u32 {
  return (1 as u32) << powerOf(bytes)
}

function powerOf(bytes: u32): u32 {
  return bytes <= (1 << SMALLEST) ? SMALLEST : 32 - clz(bytes - 1)
}

/** Up to here nothing is let go of by `release`. */
let kept: usize = 0

/**
 * Lets go of all that was taken since it was called first, and tells from which place on. What was given back in between is
 * not used again.
 */
export function release(): usize {
  if (kept === 0) kept = top
  else releaseTo(kept)
  return kept
}

/** The place from which on all that is taken next stands, or on free places before it. */
export function mark(): usize {
  return top
}

/** Lets go of all that was taken from a place on, and forgets free places before it. */
export function releaseTo(place: usize): void {
  top = place
  memory.fill(FREE, 0, 33 * 4)
  free = 0
}
