/** Memory by powers of two: what is given back is used again for the same size. Nothing is cleared. */

/** Free places by the power of two of their size; the first word of each is the next. */
const FREE = memory.data(33 * 4)
const SMALLEST: u32 = 7
const PAGE: usize = 65_536

let top: usize = (__heap_base + 15) & ~15

/** Is told that there is no more memory; what it throws ends the call. */
declare function full(): void

/** A place for at least so many bytes, at a multiple of 16. */
export function take(bytes: u32): usize {
  const power = powerOf(bytes)
  const free = load<u32>(FREE + ((power as usize) << 2))
  if (free !== 0) {
    store<u32>(FREE + ((power as usize) << 2), load<u32>(free))
    return free
  }
  const place = top
  const end = (place as u64) + ((1 as u64) << power)
  if (bytes > (1 << 31) || end > 0xffff_0000) full()
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

/** Gives back a place that was taken for so many bytes. */
export function giveBack(place: usize, bytes: u32): void {
  const list = FREE + ((powerOf(bytes) as usize) << 2)
  store<u32>(place, load<u32>(list))
  store<u32>(list, place as u32)
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
  else {
    top = kept
    memory.fill(FREE, 0, 33 * 4)
  }
  return kept
}
