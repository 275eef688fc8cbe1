/**
 * Dictionaries of texts: each text once, numbered from 0 in the order in which they came.
 *
 * A text stands in a page as its number, its length and its bytes. A slot holds the text's hash and where it stands, so
 * that a look-up waits for memory twice at most: for the slot, and for the text. Linear probing; two slots in five are free.
 */
import { keyedHash, lowBytes } from './hash'
import { giveBack, roomOf, take } from './memory'
import { MOST_KEYS, MOST_PROBES, place, spreadSlots } from './slots'

/** A dictionary: fields by offset. */
const SLOTS = 0, MASK = 4, SIZE = 8, FIRST_PAGE = 12, PAGE = 16, CURSOR = 20, PAGE_END = 24, BYTES = 28, KEYS = 32, LONGEST = 36, KEY_1 = 40, KEY_2 = 48
const DICTIONARY: u32 = 56
/** Of a page: the next one, where its texts end, and its size. */
const NEXT = 0, USED = 4, PAGE_SIZE = 8, PAGE_HEADER = 12
const FIRST_PAGE_SIZE: u32 = 1 << 10
const LARGEST_PAGE: u32 = 1 << 18
/** Of a text: its number and its length. */
const TEXT_HEADER: u32 = 8
/** Bytes behind a text that a copy of whole words writes over. */
const SLACK: u32 = 8
const FIRST_SLOTS: u32 = 16

/** What `intern` gives when keys did not help. */
export const COLLIDES: u32 = 0xffff_ffff

const APOSTROPHE: u32 = 0x27
/** Whether a text of any dictionary begins with an apostrophe. */
export let apostrophes: bool = false

export function forgetApostrophes(): void {
  apostrophes = false
}

/** A new dictionary. */
export function newTexts(): usize {
  const texts = take(DICTIONARY)
  memory.fill(texts, 0, DICTIONARY)
  const slots = take(FIRST_SLOTS * 8)
  memory.fill(slots, 0, FIRST_SLOTS * 8)
  store<u32>(texts, slots as u32, SLOTS)
  store<u32>(texts, FIRST_SLOTS - 1, MASK)
  return texts
}

/** Number of texts. */
export function sizeOf(texts: usize): u32 {
  return load<u32>(texts, SIZE)
}

/** Bytes of all texts. */
export function bytesOf(texts: usize): u32 {
  return load<u32>(texts, BYTES)
}

/** Bytes of the longest text. */
export function longestOf(texts: usize): u32 {
  return load<u32>(texts, LONGEST)
}

/**
 * Number of the text of so many bytes at `start`, whose fast hash is known; a new one gets the number `fresh`. Up to seven
 * bytes behind it may be read.
 */
export function intern(texts: usize, start: usize, length: u32, fast: u32, fresh: u32): u32 {
  do {
    const hash = load<u32>(texts, KEYS) === 0 ? fast : keyedHash(start, length, load<u64>(texts, KEY_1), load<u64>(texts, KEY_2))
    const mask = load<u32>(texts, MASK)
    const slots = load<u32>(texts, SLOTS) as usize
    let slot = hash & mask
    for (let probes: u32 = 0; probes < MOST_PROBES; probes++) {
      const entry = load<u64>(slots + ((slot as usize) << 3))
      if (entry === 0) {
        const place = append(texts, start, length, fresh)
        store<u64>(slots + ((slot as usize) << 3), ((hash as u64) << 32) | (place as u64))
        if (load<u32>(texts, SIZE) * 5 > (mask + 1) * 3) spread(texts, (mask + 1) * 2)
        return fresh
      }
      if ((entry >> 32) as u32 === hash) {
        const place = (entry & 0xffff_ffff) as usize
        if (load<u32>(place, 4) === length && same(place + TEXT_HEADER, start, length)) return load<u32>(place)
      }
      slot = (slot + 1) & mask
    }
  } while (changeKey(texts))
  return COLLIDES
}

function same(a: usize, b: usize, length: u32): bool {
  let at: u32 = 0
  for (; at + 8 <= length; at += 8) if (load<u64>(a + at) !== load<u64>(b + at)) return false
  return at === length || ((load<u64>(a + at) ^ load<u64>(b + at)) & lowBytes(length - at)) === 0
}

function append(texts: usize, start: usize, length: u32, id: u32): usize {
  const needed = TEXT_HEADER + ((length + 3) & ~3)
  let place = load<u32>(texts, CURSOR)
  if (place === 0 || place + needed + SLACK > load<u32>(texts, PAGE_END)) {
    turnPage(texts, needed + SLACK)
    place = load<u32>(texts, CURSOR)
  }
  store<u32>(place, id)
  store<u32>(place, length, 4)
  const to = (place as usize) + TEXT_HEADER
  for (let at: u32 = 0; at < length; at += 8) store<u64>(to + at, load<u64>(start + at))
  store<u32>(texts, place + needed, CURSOR)
  store<u32>(texts, load<u32>(texts, SIZE) + 1, SIZE)
  store<u32>(texts, load<u32>(texts, BYTES) + length, BYTES)
  if (length > load<u32>(texts, LONGEST)) store<u32>(texts, length, LONGEST)
  if (load<u8>(start) === APOSTROPHE) apostrophes = true
  newest = place
  return place
}

/** Where the text stands that was added last: its number, its length, its bytes. */
export let newest: usize = 0

function turnPage(texts: usize, needed: u32): void {
  const full = load<u32>(texts, PAGE)
  const usual = min(LARGEST_PAGE, max(FIRST_PAGE_SIZE, roomOf(load<u32>(texts, BYTES))))
  const size = roomOf(max(usual, needed + PAGE_HEADER))
  const page = take(size)
  store<u32>(page, 0, NEXT)
  store<u32>(page, size, PAGE_SIZE)
  if (full === 0) store<u32>(texts, page as u32, FIRST_PAGE)
  else {
    store<u32>(full, page as u32, NEXT)
    store<u32>(full, load<u32>(texts, CURSOR), USED)
  }
  store<u32>(texts, page as u32, PAGE)
  store<u32>(texts, (page as u32) + PAGE_HEADER, CURSOR)
  store<u32>(texts, (page as u32) + size, PAGE_END)
}

/** Makes room for so many texts, of which most are still to come. */
export function expectTexts(texts: usize, count: u32): void {
  let slots = load<u32>(texts, MASK) + 1
  while ((count as u64) * 5 > (slots as u64) * 3) slots *= 2
  if (slots > load<u32>(texts, MASK) + 1) spread(texts, slots)
}

/** The slots anew, so many of them. */
function spread(texts: usize, count: u32): void {
  store<u32>(texts, spreadSlots(load<u32>(texts, SLOTS), load<u32>(texts, MASK) + 1, count) as u32, SLOTS)
  store<u32>(texts, count - 1, MASK)
}

/** Takes a key that whoever wrote the texts so far could not know of when writing them: it is made of all of them. */
function changeKey(texts: usize): bool {
  const keys = load<u32>(texts, KEYS) + 1
  if (keys > MOST_KEYS) return false
  let first: u64 = keys
  let second: u64 = load<u64>(texts, KEY_1)
  const slots = load<u32>(texts, SLOTS) as usize
  const mask = load<u32>(texts, MASK)
  for (let text = firstText(texts); text !== 0; text = nextText(texts, text)) {
    first = ((first + keyedHash(text + TEXT_HEADER, load<u32>(text, 4), second, first)) as u64) * 0x9e37_79b9_7f4a_7c15
    second ^= first >> 29
  }
  store<u32>(texts, keys, KEYS)
  store<u64>(texts, first, KEY_1)
  store<u64>(texts, second, KEY_2)
  memory.fill(slots, 0, ((mask as usize) + 1) << 3)
  for (let text = firstText(texts); text !== 0; text = nextText(texts, text)) {
    place(slots, mask, ((keyedHash(text + TEXT_HEADER, load<u32>(text, 4), first, second) as u64) << 32) | (text as u64))
  }
  return true
}

let shownPage: usize = 0

/** The first text, in the order of their numbers; 0 when there is none. Other dictionaries must not be walked at the same time. */
export function firstText(texts: usize): usize {
  shownPage = load<u32>(texts, FIRST_PAGE)
  return load<u32>(texts, SIZE) === 0 ? 0 : shownPage + PAGE_HEADER
}

/** The text after another, in the order of their numbers; 0 behind the last. */
export function nextText(texts: usize, text: usize): usize {
  const next = text + TEXT_HEADER + ((load<u32>(text, 4) + 3) & ~3)
  const last = shownPage === (load<u32>(texts, PAGE) as usize)
  const end = last ? load<u32>(texts, CURSOR) : load<u32>(shownPage, USED)
  if (next < (end as usize)) return next
  if (last) return 0
  shownPage = load<u32>(shownPage, NEXT)
  return shownPage + PAGE_HEADER
}

/**
 * Looks at the slots of hashes, and at the texts that stand there, before they are asked for one after the other: the
 * processor fetches many places of memory at once when none waits for another. `hashes` are `count` words, `stride` bytes
 * apart. What it returns means nothing.
 */
export function touch(texts: usize, hashes: usize, count: u32, seen: usize): u32 {
  const mask = load<u32>(texts, MASK)
  const slots = load<u32>(texts, SLOTS) as usize
  for (let at: u32 = 0; at < count; at++) {
    const hash = load<u32>(hashes + ((at as usize) << 2))
    const entry = load<u64>(slots + (((hash & mask) as usize) << 3))
    store<u32>(seen + ((at as usize) << 2), ((entry >> 32) as u32) === hash ? (entry as u32) : 0)
  }
  let nothing: u32 = 0
  for (let at: u32 = 0; at < count; at++) nothing ^= load<u32>(load<u32>(seen + ((at as usize) << 2)))
  return nothing
}

/** Gives back all that a dictionary has. */
export function dropTexts(texts: usize): void {
  for (let page = load<u32>(texts, FIRST_PAGE) as usize; page !== 0; ) {
    const next = load<u32>(page, NEXT)
    giveBack(page, load<u32>(page, PAGE_SIZE))
    page = next
  }
  giveBack(load<u32>(texts, SLOTS), (load<u32>(texts, MASK) + 1) * 8)
  giveBack(texts, DICTIONARY)
}

let drained: usize = 0

/** Begins to give out the texts of a dictionary, in the order of their numbers. */
export function startDraining(texts: usize): void {
  drained = firstText(texts)
}

/**
 * The next texts, end to end at `to`, as many as fit into `room` bytes, and where each ends as a word at `ends`, counted
 * from `from` on; of these there may be `most`. Returns how many they are; none at the end, or when the next one alone does
 * not fit.
 */
export function drain(texts: usize, to: usize, room: u32, ends: usize, most: u32, from: u32): u32 {
  let count: u32 = 0
  let left = room
  let out = to
  while (drained !== 0 && count < most) {
    const length = load<u32>(drained, 4)
    if (length + SLACK > left) break
    const text = drained + TEXT_HEADER
    for (let at: u32 = 0; at < length; at += 8) store<u64>(out + at, load<u64>(text + at))
    out += length
    store<u32>(ends + ((count as usize) << 2), from + ((out - to) as u32))
    left -= length
    count++
    drained = nextText(texts, drained)
  }
  return count
}
