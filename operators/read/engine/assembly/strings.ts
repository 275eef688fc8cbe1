/**
 * The texts that the sheets of a workbook share. Nearly all writers store each once, so those that are the same as an
 * earlier one are looked for by a filter that is small enough for the processor's cache.
 */
import { textRef } from './column'
import { fastHash, lowBytes } from './hash'
import { WORDS_OF_PAGE, dropList, heldLong, longAt, wordAt } from './lists'
import { giveBack, take } from './memory'
import { oddBits, oddIn } from './odd'
import { COLLIDES, dropTexts, intern, newTexts } from './texts'
import { endOfText, part } from './window'

/** Of each text, by its number: where it stands, with its length above; and its hash. */
const REFS = memory.data(8)
const HASHES = memory.data(8)
/** Of each text the number of the first that is the same; empty when all differ. */
const FIRSTS = memory.data(8)

export let strings: u32 = 0
/** Odd characters that they hold, as bits. */
export let oddStrings: u32 = 0
let repeat: bool = false

/** Forgets the texts of the workbook before, which were let go of. */
export function forgetStrings(): void {
  store<u64>(REFS, 0)
  store<u64>(HASHES, 0)
  store<u64>(FIRSTS, 0)
  strings = oddStrings = 0
  repeat = false
  cursor = pageEnd = 0
}

/** Texts stand in pages; a long one has a page of its own. */
const PAGE: u32 = 1 << 17
const SLACK: u32 = 8
let cursor: usize = 0
let pageEnd: usize = 0

/** Adds the text that is next. Up to seven bytes behind it are read. */
export function addString(start: usize, length: u32): void {
  if (cursor === 0 || cursor + length + SLACK > pageEnd) {
    const size = max(PAGE, length + SLACK)
    cursor = take(size)
    pageEnd = cursor + size
  }
  const to = cursor
  let odd: u64 = 0
  for (let at: u32 = 0; at < length; at += 8) {
    const word = load<u64>(start + at)
    store<u64>(to + at, word)
    odd |= oddBits(length - at < 8 ? word | ~lowBytes(length - at) : word)
  }
  if (odd !== 0) oddStrings |= oddIn(to, length)
  store<u64>(longAt(REFS, strings), textRef(to, length))
  store<u32>(wordAt(HASHES, strings), fastHash(to, length))
  strings++
  cursor += length
}

/** Bits per text in the filter: at 8, one text in eight or less is looked at closer for nothing. */
const FILTER_BITS: u64 = 8

/** Finds the texts that are the same; no more are added after. False when they were made to collide. */
export function endStrings(): bool {
  let bits: u32 = 1 << 10
  while ((bits as u64) < (strings as u64) * FILTER_BITS && bits < 1 << 30) bits *= 2
  const bytes = bits >> 3
  const seen = take(bytes), twice = take(bytes)
  memory.fill(seen, 0, bytes)
  memory.fill(twice, 0, bytes)
  const mask = bits - 1
  for (let id: u32 = 0; id < strings; id++) {
    const bit = load<u32>(wordAt(HASHES, id)) & mask
    const at = (bit >> 3) & ~3
    const flag: u32 = 1 << (bit & 31)
    const before = load<u32>(seen + at)
    if ((before & flag) !== 0) store<u32>(twice + at, load<u32>(twice + at) | flag)
    else store<u32>(seen + at, before | flag)
  }
  const known = newTexts()
  let whole = true
  for (let id: u32 = 0; id < strings && whole; id++) {
    const hash = load<u32>(wordAt(HASHES, id))
    const bit = hash & mask
    if ((load<u32>(twice + ((bit >> 3) & ~3)) & (1 << (bit & 31))) === 0) continue
    const ref = load<u64>(longAt(REFS, id))
    const first = intern(known, (ref & 0xffff_ffff) as usize, (ref >> 32) as u32, hash, id)
    if (first === COLLIDES) whole = false
    else if (first !== id) repeats(id, first)
  }
  dropTexts(known)
  giveBack(seen, bytes)
  giveBack(twice, bytes)
  dropList(HASHES)
  // All pages, now: one that is taken while a sheet is read goes with the sheet.
  if (repeat) for (let id: u32 = 0; id < strings; id += WORDS_OF_PAGE) wordAt(FIRSTS, id)
  owners = take(strings * 8)
  memory.fill(owners, 0, (strings as usize) << 3)
  return whole
}

/** Of each text who used it first, for whoever keeps that there: eight bytes each, zeros at first. */
export let owners: usize = 0

function repeats(id: u32, first: u32): void {
  repeat = true
  // Of those that repeat none, 0 is said.
  store<u32>(wordAt(FIRSTS, id), first + 1)
}

/** The number of the first text that is the same. */
export function firstString(id: u32): u32 {
  if (!repeat) return id
  const first = load<u32>(wordAt(FIRSTS, id))
  return first === 0 ? id : first - 1
}

/** What refers to a text. */
export function stringRef(id: u32): u64 {
  return load<u64>(heldLong(REFS, id))
}

/** `<si><t` and its bits in a word; `</t></si` */
const ITEM: u64 = 0x743c_3e69_733c, ITEM_BITS: u64 = 0xffff_ffff_ffff, CLOSE: u64 = 0x6973_2f3c_3e74_2f3c
const SPACE: u8 = 0x20, GT: u8 = 0x3e

/**
 * Reads a run of `<si><t>…</t></si>` from the byte `from` of the window on, of which there are `length`, with nothing in it
 * that needs decoding, while there are fewer than `most` texts. Returns where it ends.
 */
export function readStrings(from: u32, length: u32, most: u32): u32 {
  const end = part + length
  let at = part + from
  while (at < end && strings < most && (load<u64>(at) & ITEM_BITS) === ITEM) {
    let start = at + 6
    let keep = false
    if (load<u8>(start) === SPACE) {
      if (!isPreserve(start)) break
      start += 21
      keep = true
    }
    if (load<u8>(start) !== GT) break
    start++
    const stop = endOfText(start, end)
    if (stop >= end || load<u64>(stop) !== CLOSE || load<u8>(stop, 8) !== GT) break
    if (!keep && stop > start && (load<u8>(start) <= SPACE || load<u8>(stop - 1) <= SPACE)) break
    addString(start, (stop - start) as u32)
    at = stop + 9
  }
  return (at - part) as u32
}

/** ` xml:spa`, `ce="pres`, `erve"`. */
function isPreserve(at: usize): bool {
  return load<u64>(at) === 0x6170_733a_6c6d_7820 && load<u64>(at, 8) === 0x7365_7270_223d_6563 && load<u32>(at, 16) === 0x6576_7265 && load<u8>(at, 20) === 0x22
}
