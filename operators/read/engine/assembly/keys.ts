/**
 * The values of a column that are numbers under a style, or shared texts, by what refers to them. A slot holds a hash and 1 +
 * the number of the value. As in a dictionary of texts, whoever makes numbers collide meets a key that he could not know of.
 */
import { KEYS, addValue, refOf, sourceOf } from './column'
import { keyedHash } from './hash'
import { giveBack, take } from './memory'
import { MOST_KEYS, MOST_PROBES, place, spreadSlots } from './slots'
import { COLLIDES } from './texts'

/** Fields by offset. */
const SLOTS = 0, MASK = 4, USED = 8, TRIED = 12, KEY_1 = 16, KEY_2 = 24
const TABLE: u32 = 32
const FIRST_SLOTS: u32 = 16
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15
/** Where what is hashed under a key is put together. */
const HASHED = memory.data(24)

/** Number of the value with this source and reference, which may be new; COLLIDES when keys did not help. */
export function keyedValue(column: usize, source: u32, ref: u64): u32 {
  let table = load<u32>(column, KEYS) as usize
  if (table === 0) table = newTable(column)
  do {
    const hash = hashOf(table, source, ref)
    const mask = load<u32>(table, MASK)
    const slots = load<u32>(table, SLOTS) as usize
    let slot = hash & mask
    for (let probes: u32 = 0; probes < MOST_PROBES; probes++) {
      const entry = load<u64>(slots + ((slot as usize) << 3))
      if (entry === 0) {
        const number = addValue(column, source, ref)
        store<u64>(slots + ((slot as usize) << 3), ((hash as u64) << 32) | ((number + 1) as u64))
        const used = load<u32>(table, USED) + 1
        store<u32>(table, used, USED)
        if (used * 5 > (mask + 1) * 3) spread(table)
        return number
      }
      if ((entry >> 32) as u32 === hash) {
        const number = (entry as u32) - 1
        if (refOf(column, number) === ref && sourceOf(column, number) === source) return number
      }
      slot = (slot + 1) & mask
    }
  } while (changeKey(column, table))
  return COLLIDES
}

/** Looks at the slot in which the search begins. What it returns means nothing. */
export function touchKeyed(column: usize, source: u32, ref: u64): u32 {
  const table = load<u32>(column, KEYS) as usize
  if (table === 0 || load<u32>(table, TRIED) !== 0) return 0
  return load<u32>((load<u32>(table, SLOTS) as usize) + (((hashOf(table, source, ref) & load<u32>(table, MASK)) as usize) << 3))
}

function newTable(column: usize): usize {
  const table = take(TABLE)
  memory.fill(table, 0, TABLE)
  const slots = take(FIRST_SLOTS * 8)
  memory.fill(slots, 0, FIRST_SLOTS * 8)
  store<u32>(table, slots as u32, SLOTS)
  store<u32>(table, FIRST_SLOTS - 1, MASK)
  store<u32>(column, table as u32, KEYS)
  return table
}

function hashOf(table: usize, source: u32, ref: u64): u32 {
  if (load<u32>(table, TRIED) !== 0) {
    store<u64>(HASHED, ref)
    store<u64>(HASHED, source, 8)
    return keyedHash(HASHED, 12, load<u64>(table, KEY_1), load<u64>(table, KEY_2))
  }
  // Whole numbers have zeros in the lower half of their bits.
  let hash = (ref ^ (ref >> 32) ^ ((source as u64) << 40)) * MULTIPLIER
  hash ^= hash >> 32
  return (hash ^ (hash >> 15)) as u32
}

/** Twice as many slots. */
function spread(table: usize): void {
  const count = load<u32>(table, MASK) + 1
  store<u32>(table, spreadSlots(load<u32>(table, SLOTS), count, count * 2) as u32, SLOTS)
  store<u32>(table, count * 2 - 1, MASK)
}

/** Takes a key that is made of all values so far. */
function changeKey(column: usize, table: usize): bool {
  const tried = load<u32>(table, TRIED) + 1
  if (tried > MOST_KEYS) return false
  const count = load<u32>(table, MASK) + 1
  const old = load<u32>(table, SLOTS) as usize
  let first: u64 = tried
  let second: u64 = load<u64>(table, KEY_1)
  for (let at: u32 = 0; at < count; at++) {
    const entry = load<u64>(old + ((at as usize) << 3))
    if (entry === 0) continue
    store<u64>(HASHED, refOf(column, (entry as u32) - 1))
    first = (first + keyedHash(HASHED, 8, second, first)) * MULTIPLIER
    second ^= first >> 29
  }
  store<u32>(table, tried, TRIED)
  store<u64>(table, first, KEY_1)
  store<u64>(table, second, KEY_2)
  const slots = take(count * 8)
  memory.fill(slots, 0, (count as usize) * 8)
  for (let at: u32 = 0; at < count; at++) {
    const entry = load<u64>(old + ((at as usize) << 3))
    if (entry === 0) continue
    const number = (entry as u32) - 1
    place(slots, count - 1, ((hashOf(table, sourceOf(column, number), refOf(column, number)) as u64) << 32) | ((number + 1) as u64))
  }
  giveBack(old, count * 8)
  store<u32>(table, slots as u32, SLOTS)
  return true
}
