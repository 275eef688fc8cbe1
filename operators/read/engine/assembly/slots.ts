/** Slots of dictionaries with linear probing: a word of eight bytes each, the hash above what it leads to; zeros for a free one. */
import { giveBack, take } from './memory'

/** No value of a well-filled dictionary is further from its place: a longer way means that values were made to collide. */
export const MOST_PROBES: u32 = 512
/** Keys that are tried against such values. */
export const MOST_KEYS: u32 = 4

/** Puts an entry into the first free slot from its place on. `mask`: the number of slots, a power of two, less one. */
export function place(slots: usize, mask: u32, entry: u64): void {
  let slot = ((entry >> 32) as u32) & mask
  while (load<u64>(slots + ((slot as usize) << 3)) !== 0) slot = (slot + 1) & mask
  store<u64>(slots + ((slot as usize) << 3), entry)
}

/** The entries of slots in more slots, so many of them. The old ones are given back. */
export function spreadSlots(old: usize, oldCount: u32, count: u32): usize {
  const slots = take(count * 8)
  memory.fill(slots, 0, (count as usize) << 3)
  for (let at: u32 = 0; at < oldCount; at++) {
    const entry = load<u64>(old + ((at as usize) << 3))
    if (entry !== 0) place(slots, count - 1, entry)
  }
  giveBack(old, oldCount * 8)
  return slots
}
