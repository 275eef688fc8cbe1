/**
 * The shared strings of a workbook. The part is walked once; which strings are the same is found out from their hashes,
 * and a string is decoded when a column needs it.
 */
import { TextArena, viewOf } from '../column/text-arena.ts'
import { TextDictionary } from '../column/text-dictionary.ts'
import { SEED, finished, hashOf, step } from '../column/text-hash.ts'
import { END, OPEN, nameCode, type XmlScanner } from '../xml/scanner.ts'
import { readString } from './rich-text.ts'

const ITEM = nameCode('si')
const [LT, GT, AMP, CR, UNDERSCORE, X] = [0x3c, 0x3e, 0x26, 0x0d, 0x5f, 0x78]

export interface SharedStrings {
  readonly texts: TextArena
  /** Id in `texts` of each string, by its number in the file. */
  readonly ids: Uint32Array
}

/** The strings of a workbook that has none. */
export function noSharedStrings(): SharedStrings {
  return { texts: new TextArena(), ids: new Uint32Array(0) }
}

const encoder = new TextEncoder()

/** Reads a shared strings part. Throws `tooMany()` for one with more strings than `most`. */
export function readSharedStrings(xml: XmlScanner, most = Infinity, tooMany: () => Error = () => new RangeError()): SharedStrings {
  const found: Found = { texts: new TextArena(), hashes: new Int32Array(1024), most, tooMany }
  for (let token = xml.next(); token !== END; token = xml.next()) {
    if (token === OPEN && xml.name === ITEM) {
      const bytes = encoder.encode(readString(xml))
      const view = viewOf(bytes)
      note(found, view, 0, bytes.length, hashOf(view, 0, bytes.length))
    }
    if (xml.depth === 1) xml.pos = readPlain(xml.bytes, viewOf(xml.bytes), xml.pos, found)
  }
  return { texts: found.texts, ids: firstIds(found.texts, found.hashes) }
}

interface Found {
  readonly texts: TextArena
  /** By id. */
  hashes: Int32Array
  readonly most: number
  tooMany(): Error
}

function note(found: Found, from: DataView, start: number, end: number, hash: number): void {
  if (found.texts.size >= found.most) throw found.tooMany()
  const id = found.texts.add(from, start, end)
  if (id === found.hashes.length) {
    const larger = new Int32Array(id * 2)
    larger.set(found.hashes)
    found.hashes = larger
  }
  found.hashes[id] = hash
}

/** Bits per text in the filter that tells which hashes can be there twice: at 8, one text in eight or less is looked at closer for nothing. */
const FILTER_BITS = 8

/**
 * Id of the first text that is the same, by id. Nearly all writers store each text once, so most texts are told apart by
 * a filter that is small enough for the processor's cache; only those with a hash that may be there twice are compared.
 */
function firstIds(texts: TextArena, hashes: Int32Array): Uint32Array {
  const count = texts.size
  const ids = new Uint32Array(count)
  let bits = 1 << 10
  while (bits < count * FILTER_BITS && bits < 1 << 30) bits *= 2
  const [seen, twice] = [new Uint32Array(bits >> 5), new Uint32Array(bits >> 5)]
  const mask = bits - 1
  for (let id = 0; id < count; id++) {
    const bit = hashes[id]! & mask
    const flag = 1 << (bit & 31)
    if ((seen[bit >> 5]! & flag) !== 0) twice[bit >> 5]! |= flag
    else seen[bit >> 5]! |= flag
  }
  const known = new TextDictionary()
  const firsts: number[] = []
  for (let id = 0; id < count; id++) {
    ids[id] = id
    const bit = hashes[id]! & mask
    if ((twice[bit >> 5]! & (1 << (bit & 31))) === 0) continue
    const same = known.internHashed(texts.view, texts.bounds[id]!, texts.bounds[id + 1]!, hashes[id]!)
    if (same === firsts.length) firsts.push(id)
    else ids[id] = firsts[same]!
  }
  return ids
}

/** `<si>` and `<t`. */
const [ITEM_TAG, TEXT_TAG] = [0x3c73693e, 0x3c74]
/** `</t>` and `</si`. */
const [TEXT_CLOSE, ITEM_CLOSE] = [0x3c2f743e, 0x3c2f7369]
const CLOSING_LENGTH = 9
/**
 * The fast path: a run of `<si><t>…</t></si>` with nothing in it that needs decoding. Returns where it ends: at the first
 * byte that is something else, which the scanner then reads.
 */
function readPlain(bytes: Uint8Array, view: DataView, from: number, found: Found): number {
  const last = bytes.length - 16
  let at = from
  while (at < last && view.getInt32(at) === ITEM_TAG && view.getInt16(at + 4) === TEXT_TAG) {
    let start = at + 6
    let keep = false
    if (bytes[start] === 0x20) {
      if (!matches(bytes, start, PRESERVE)) return at
      start += PRESERVE.length
      keep = true
    }
    if (bytes[start] !== GT) return at
    start++
    let hash = SEED
    let end = start
    let word = 0
    let hits = 0
    for (; end < last; end += 4) {
      word = view.getInt32(end, true)
      const toTag = word ^ TAGS
      const toReference = word ^ REFERENCES
      const toLineEnd = word ^ LINE_ENDS
      const toEscape = word ^ ESCAPES
      hits = (((toTag - EACH) & ~toTag) | ((toReference - EACH) & ~toReference) | ((toLineEnd - EACH) & ~toLineEnd) | ((toEscape - EACH) & ~toEscape)) & HIGH
      if (hits !== 0) break
      hash = step(hash, word)
    }
    if (hits === 0) return at
    const bits = 24 - Math.clz32(hits & -hits)
    end += bits >> 3
    hash = finished(step(hash, word & ((1 << bits) - 1)), end - start)
    if (bytes[end] === UNDERSCORE) {
      // `_x000D_` is an escape; any other underscore is text.
      while (end < last && STOP[bytes[end]!] === 0) end += bytes[end] === UNDERSCORE && bytes[end + 1] === X ? last : 1
      if (end >= last) return at
      hash = hashOf(view, start, end)
    }
    if (end >= last || view.getInt32(end) !== TEXT_CLOSE || view.getInt32(end + 4) !== ITEM_CLOSE || bytes[end + 8] !== GT) return at
    if (!keep && end > start && (bytes[start]! <= 0x20 || bytes[end - 1]! <= 0x20)) return at
    note(found, view, start, end, hash)
    at = end + CLOSING_LENGTH
  }
  return at
}

/** The number one, and the highest bit, in each byte of a word; and the bytes that end a text or need decoding, four times. */
const EACH = 0x01010101
const HIGH = 0x80808080 | 0
const [TAGS, REFERENCES, LINE_ENDS, ESCAPES] = [LT * EACH, AMP * EACH, CR * EACH, UNDERSCORE * EACH]
const STOP = new Uint8Array(256)
for (const byte of [LT, AMP, CR]) STOP[byte] = 1

const PRESERVE = encoder.encode(' xml:space="preserve"')

function matches(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let step = 0; step < expected.length; step++) if (bytes[at + step] !== expected[step]) return false
  return true
}
