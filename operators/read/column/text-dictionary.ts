/**
 * A dictionary of texts that works on UTF-8 bytes: a text that was seen before costs no string, and the bytes of each
 * distinct one are kept once, end to end. Strings are made when they are asked for, many at a time.
 *
 * Open addressing with linear probing. Whoever knows the hash can write texts that collide, so a text that needs too many
 * probes sends the whole dictionary to a Map, whose hash is seeded by the engine; ids do not change.
 */
const MAX_PROBES = 96
/** Texts that are decoded in one go, and bytes from which there are fewer. */
const BLOCK = 4096
const BLOCK_BYTES = 16 << 20

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** What the hash of a text begins with, by its length in bytes. */
export function seedOf(length: number): number {
  return length ^ 0x811c9dc5
}

/** A step of the hash, four bytes at a time: a multiplication, with the high bits brought down (after MurmurHash3, A. Appleby, public domain). */
export function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x85ebca6b)
  return product ^ (product >>> 15)
}

/** The hash over the bytes from `start` to `end`. */
export function hashOf(view: DataView, start: number, end: number): number {
  let hash = seedOf(end - start)
  let at = start
  for (const last = end - 3; at < last; at += 4) hash = mixed(hash, view.getInt32(at, true))
  for (; at < end; at++) hash = mixed(hash, view.getUint8(at))
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** A view of the same bytes that reads words. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

let scratch = new Uint8Array(1024)
let scratchView = viewOf(scratch)

export class TextDictionary {
  /** Number of distinct texts. Ids are 0 to size - 1, in order of first appearance. */
  size = 0
  /** 1 + an id; 0 for a free one. */
  private slots = new Uint32Array(16)
  private mask = 15
  private hashes = new Int32Array(16)
  /** The text of an id stands in the arena from bounds[id] to bounds[id + 1]. */
  private bounds = new Uint32Array(17)
  private arena = new Uint8Array(128)
  private view = viewOf(this.arena)
  private overflow: Map<string, number> | null = null
  private decoded: (string | undefined)[] = []
  /** By block: the id up to which it is decoded. */
  private readonly decodedTo: number[] = []

  /** Id of the text from `start` to `end`. */
  intern(from: DataView, start: number, end: number): number {
    if (this.overflow !== null) return this.internMapped(from, start, end)
    const { slots, mask, hashes } = this
    const hash = hashOf(from, start, end)
    let slot = hash & mask
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const entry = slots[slot]!
      if (entry === 0) {
        slots[slot] = this.size + 1
        const id = this.add(from, start, end)
        this.hashes[id] = hash
        if (this.size * 2 > mask) this.rehash()
        return id
      }
      if (hashes[entry - 1] === hash && this.isAt(entry - 1, from, start, end)) return entry - 1
      slot = (slot + 1) & mask
    }
    this.overflowNow()
    return this.internMapped(from, start, end)
  }

  private isAt(id: number, from: DataView, start: number, end: number): boolean {
    const { bounds, view } = this
    const shift = bounds[id]! - start
    if (bounds[id + 1]! - shift !== end) return false
    let at = start
    for (const last = end - 3; at < last; at += 4) if (view.getInt32(at + shift) !== from.getInt32(at)) return false
    for (; at < end; at++) if (view.getUint8(at + shift) !== from.getUint8(at)) return false
    return true
  }

  /** Id of a text. */
  internText(text: string): number {
    if (scratch.length < text.length * 3) {
      scratch = new Uint8Array(text.length * 3)
      scratchView = viewOf(scratch)
    }
    return this.intern(scratchView, 0, encoder.encodeInto(text, scratch).written)
  }

  /** Adds a text without a look at the others, and returns its id. What is added so is never found by `intern`. */
  add(from: DataView, start: number, end: number): number {
    const length = end - start
    const id = this.size++
    if (id === this.hashes.length) {
      const hashes = new Int32Array(id * 2)
      hashes.set(this.hashes)
      this.hashes = hashes
      const bounds = new Uint32Array(id * 2 + 1)
      bounds.set(this.bounds)
      this.bounds = bounds
    }
    const place = this.bounds[id]!
    const to = place + length
    if (to > this.arena.length) {
      const arena = new Uint8Array(Math.max(to, this.arena.length * 2))
      arena.set(this.arena.subarray(0, place))
      this.arena = arena
      this.view = viewOf(arena)
    }
    const { view } = this
    const shift = place - start
    let at = start
    for (const last = end - 3; at < last; at += 4) view.setInt32(at + shift, from.getInt32(at))
    for (; at < end; at++) view.setUint8(at + shift, from.getUint8(at))
    this.bounds[id + 1] = to
    return id
  }

  private rehash(): void {
    const mask = this.mask * 2 + 1
    const slots = new Uint32Array(mask + 1)
    const { hashes, size } = this
    for (let id = 0; id < size; id++) {
      let slot = hashes[id]! & mask
      for (let probes = 0; slots[slot] !== 0; probes++) {
        if (probes === MAX_PROBES) return this.overflowNow()
        slot = (slot + 1) & mask
      }
      slots[slot] = id + 1
    }
    this.slots = slots
    this.mask = mask
  }

  private overflowNow(): void {
    this.overflow = new Map()
    for (let id = 0; id < this.size; id++) this.overflow.set(decoder.decode(this.bytesOf(id)), id)
    this.slots = new Uint32Array(1)
  }

  private internMapped(from: DataView, start: number, end: number): number {
    const key = decoder.decode(new Uint8Array(from.buffer, from.byteOffset + start, end - start))
    let id = this.overflow!.get(key)
    if (id === undefined) {
      id = this.add(from, start, end)
      this.overflow!.set(key, id)
    }
    return id
  }

  /** UTF-8 of a text. */
  bytesOf(id: number): Uint8Array {
    return this.arena.subarray(this.bounds[id]!, this.bounds[id + 1]!)
  }

  /** Whether a sequence of bytes is in the texts, or across two of them. */
  holds(utf8: Uint8Array): boolean {
    const bytes = this.arena.subarray(0, this.bounds[this.size]!)
    for (let at = bytes.indexOf(utf8[0]!); at !== -1; at = bytes.indexOf(utf8[0]!, at + 1)) {
      let step = 1
      while (step < utf8.length && bytes[at + step] === utf8[step]) step++
      if (step === utf8.length) return true
    }
    return false
  }

  /** The texts of these ids, in their order. Each is decoded once, however often it is asked for. */
  texts(ids: ArrayLike<number>): string[] {
    const out: string[] = new Array(ids.length)
    for (let at = 0; at < out.length; at++) {
      const id = ids[at]!
      const block = (id / BLOCK) | 0
      if (!(this.decodedTo[block]! > id)) this.decodeBlock(block)
      out[at] = this.decoded[id]!
    }
    return out
  }

  /** All texts, by id. Nothing more can be added after. */
  all(): string[] {
    for (let block = 0; block * BLOCK < this.size; block++) if (!(this.decodedTo[block]! >= Math.min(this.size, (block + 1) * BLOCK))) this.decodeBlock(block)
    return this.decoded as string[]
  }

  private decodeBlock(block: number): void {
    const to = Math.min(this.size, (block + 1) * BLOCK)
    while (this.decoded.length < to) this.decoded.push(undefined)
    this.decodedTo[block] = to
    const { bounds } = this
    let from = block * BLOCK
    while (from < to) {
      let end = from + 1
      while (end < to && bounds[end + 1]! - bounds[from]! <= BLOCK_BYTES) end++
      this.decode(from, end)
      from = end
    }
  }

  /**
   * Decodes the texts from one id up to another together: that is many times cheaper than one by one. Where few have more
   * than ASCII in them, these are decoded by themselves, so that the string of the others takes a byte per character.
   */
  private decode(from: number, to: number): void {
    const { arena, bounds, decoded } = this
    const start = bounds[from]!
    const joined = arena.slice(start, bounds[to]!)
    const beyond = beyondAscii(joined, bounds, from)
    if (beyond.length * 4 > to - from) return this.decodeUnits(from, to)
    for (const id of beyond) joined.fill(0x20, bounds[id]! - start, bounds[id + 1]! - start)
    const text = decoder.decode(joined)
    for (let id = from, begin = 0; id < to; id++) {
      const end = bounds[id + 1]! - start
      decoded[id] = text.slice(begin, end)
      begin = end
    }
    for (const id of beyond) decoded[id] = decoder.decode(this.bytesOf(id))
  }

  private decodeUnits(from: number, to: number): void {
    const { arena, bounds, decoded } = this
    const text = decoder.decode(arena.subarray(bounds[from]!, bounds[to]!))
    let begin = 0
    for (let id = from; id < to; id++) {
      let units = 0
      for (let at = bounds[id]!; at < bounds[id + 1]!; at++) {
        const byte = arena[at]!
        // Every byte but a continuation begins a character; one of four bytes is two UTF-16 units.
        if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
      }
      decoded[id] = text.slice(begin, begin + units)
      begin += units
    }
  }
}

/** Ids of the texts, of those that stand end to end in `joined`, that have a byte beyond ASCII. */
function beyondAscii(joined: Uint8Array<ArrayBuffer>, bounds: Uint32Array, from: number): number[] {
  const found: number[] = []
  const start = bounds[from]!
  const words = new Uint32Array(joined.buffer, 0, joined.length >> 2)
  let id = from
  let at = 0
  while (at < joined.length) {
    if ((at & 3) === 0) {
      let word = at >> 2
      while (word < words.length && (words[word]! & 0x80808080) === 0) word++
      at = word * 4
      if (at >= joined.length) break
    }
    if (joined[at]! < 0x80) {
      at++
      continue
    }
    while (bounds[id + 1]! - start <= at) id++
    found.push(id)
    at = bounds[id + 1]! - start
  }
  return found
}
