/**
 * The shared strings of a workbook. The part is walked once to find out which strings are the same; a string is decoded
 * when a column needs it.
 */
import { HASH_PRIME, HASH_SEED, TextDictionary } from '../column/text-dictionary.ts'
import { END, OPEN, nameCode, type XmlScanner } from '../xml/scanner.ts'
import { readString } from './rich-text.ts'

const ITEM = nameCode('si')
const [LT, GT, AMP, CR, UNDERSCORE, X] = [0x3c, 0x3e, 0x26, 0x0d, 0x5f, 0x78]

export interface SharedStrings {
  readonly texts: TextDictionary
  /** Id in `texts` of each string, by its number in the file. */
  readonly ids: Uint32Array
}

/** The strings of a workbook that has none. */
export function noSharedStrings(): SharedStrings {
  return { texts: new TextDictionary(), ids: new Uint32Array(0) }
}

/** Reads a shared strings part. Throws `tooMany()` for one with more strings than `most`. */
export function readSharedStrings(xml: XmlScanner, most = Infinity, tooMany: () => Error = () => new RangeError()): SharedStrings {
  const texts = new TextDictionary()
  let ids = new Uint32Array(1024)
  let count = 0
  const push = (id: number): void => {
    if (count >= most) throw tooMany()
    if (count === ids.length) {
      const larger = new Uint32Array(count * 2)
      larger.set(ids)
      ids = larger
    }
    ids[count++] = id
  }
  for (let token = xml.next(); token !== END; token = xml.next()) {
    if (token === OPEN && xml.name === ITEM) push(texts.internText(readString(xml)))
    if (xml.depth === 1) xml.pos = readPlain(xml.bytes, xml.pos, texts, push)
  }
  return { texts, ids: ids.slice(0, count) }
}

/**
 * The fast path: a run of `<si><t>…</t></si>` with nothing in it that needs decoding. Returns where it ends: at the first
 * byte that is something else, which the scanner then reads.
 */
function readPlain(bytes: Uint8Array, from: number, texts: TextDictionary, push: (id: number) => void): number {
  let at = from
  const last = bytes.length - 16
  while (at < last && bytes[at] === LT && bytes[at + 1] === 0x73 && bytes[at + 2] === 0x69 && bytes[at + 3] === GT && bytes[at + 4] === LT && bytes[at + 5] === 0x74) {
    let start = at + 6
    let keep = false
    if (bytes[start] === 0x20) {
      if (!matches(bytes, start, PRESERVE)) return at
      start += PRESERVE.length
      keep = true
    }
    if (bytes[start] !== GT) return at
    start++
    let end = start
    let hash = HASH_SEED
    for (; end < last; end++) {
      const byte = bytes[end]!
      if (byte === LT || byte === AMP || byte === CR || (byte === UNDERSCORE && bytes[end + 1] === X)) break
      hash = Math.imul(hash ^ byte, HASH_PRIME)
    }
    if (end >= last || !matches(bytes, end, CLOSING)) return at
    if (!keep && end > start && (bytes[start]! <= 0x20 || bytes[end - 1]! <= 0x20)) return at
    push(texts.intern(bytes, start, end, hash))
    at = end + CLOSING.length
  }
  return at
}

const encoder = new TextEncoder()
const PRESERVE = encoder.encode(' xml:space="preserve"')
const CLOSING = encoder.encode('</t></si>')

function matches(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let step = 0; step < expected.length; step++) if (bytes[at + step] !== expected[step]) return false
  return true
}
