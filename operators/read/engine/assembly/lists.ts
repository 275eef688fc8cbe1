/** Lists in pages of 1 KiB: when one grows, nothing but its directory is copied, and a page that nobody wrote to takes no room. */
import { giveBack, take } from './memory'

/** Bytes of a list: where its directory stands, and pages that it has room for. All zeros is an empty list. */
export const LIST: u32 = 8
const PAGE: u32 = 1024
/** Words that a page of a list of words holds. */
export const WORDS_OF_PAGE: u32 = 256
const FIRST_ROOM: u32 = 32

/** The page of a list by its number; a new one is all zeros. */
export function pageAt(list: usize, number: u32): usize {
  if (number < load<u32>(list, 4)) {
    const page = load<u32>((load<u32>(list) as usize) + ((number as usize) << 2))
    if (page !== 0) return page
  }
  return newPage(list, number)
}

function newPage(list: usize, number: u32): usize {
  let room = load<u32>(list, 4)
  if (number >= room) {
    const before = room
    if (room === 0) room = FIRST_ROOM
    while (room <= number) room *= 2
    const directory = take(room * 4)
    memory.fill(directory, 0, (room as usize) << 2)
    if (before > 0) {
      memory.copy(directory, load<u32>(list), (before as usize) << 2)
      giveBack(load<u32>(list), before * 4)
    }
    store<u32>(list, directory as u32)
    store<u32>(list, room, 4)
  }
  const page = take(PAGE)
  memory.fill(page, 0, PAGE)
  store<u32>((load<u32>(list) as usize) + ((number as usize) << 2), page as u32)
  return page
}

/** Where a word of a list of words stands. */
export function wordAt(list: usize, index: u32): usize {
  return pageAt(list, index >> 8) + (((index & 255) as usize) << 2)
}

/** Where a word of eight bytes stands in a list of such. */
export function longAt(list: usize, index: u32): usize {
  return pageAt(list, index >> 7) + (((index & 127) as usize) << 3)
}

/** Where half a word stands in a list of such. */
export function halfAt(list: usize, index: u32): usize {
  return pageAt(list, index >> 9) + (((index & 511) as usize) << 1)
}

/** Where a word of eight bytes stands that was put into a list of such. */
export function heldLong(list: usize, index: u32): usize {
  return (load<u32>((load<u32>(list) as usize) + ((index >> 7) << 2)) as usize) + (((index & 127) as usize) << 3)
}

/** Where half a word stands that was put into a list of such. */
export function heldHalf(list: usize, index: u32): usize {
  return (load<u32>((load<u32>(list) as usize) + ((index >> 9) << 2)) as usize) + (((index & 511) as usize) << 1)
}

/** Copies words of a list to a place, in their order; zeros where no page is. */
export function gatherWords(list: usize, from: u32, count: u32, to: usize): void {
  const room = load<u32>(list, 4)
  for (let at: u32 = 0; at < count; ) {
    const index = from + at
    const number = index >> 8
    const run = min(count - at, 256 - (index & 255))
    const page = number < room ? load<u32>((load<u32>(list) as usize) + ((number as usize) << 2)) : 0
    const place = to + ((at as usize) << 2)
    if (page === 0) memory.fill(place, 0, (run as usize) << 2)
    else memory.copy(place, (page as usize) + (((index & 255) as usize) << 2), (run as usize) << 2)
    at += run
  }
}

/** Gives back all pages: the list is empty again. */
export function dropList(list: usize): void {
  const room = load<u32>(list, 4)
  const directory = load<u32>(list) as usize
  for (let at: u32 = 0; at < room; at++) {
    const page = load<u32>(directory + ((at as usize) << 2))
    if (page !== 0) giveBack(page, PAGE)
  }
  if (room > 0) giveBack(directory, room * 4)
  store<u64>(list, 0)
}
