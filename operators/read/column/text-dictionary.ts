/**
 * A dictionary of texts that works on UTF-8 bytes: a text that was seen before costs no string, and the bytes of each
 * distinct one are kept once, end to end. Strings are made when they are asked for, many at a time.
 *
 * Open addressing with linear probing over FNV-1a. Whoever knows the hash can write texts that collide, so a text that needs
 * too many probes sends the whole dictionary to a Map, whose hash is seeded by the engine; ids do not change.
 */
const MAX_PROBES = 96
/** Texts that are decoded in one go, and bytes from which there are fewer. */
const BLOCK = 4096
const BLOCK_BYTES = 16 << 20
export const HASH_SEED = 0x811c9dc5 | 0
export const HASH_PRIME = 0x01000193

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()
let scratch = new Uint8Array(1024)

/** FNV-1a over bytes[start, end). */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, HASH_PRIME)
  return hash
}

export class TextDictionary {
  /** Number of distinct texts. Ids are 0 to size - 1, in order of first appearance. */
  size = 0
  /** Pairs of a hash and 1 + an id; 0 for a free one. */
  private slots = new Int32Array(32)
  private mask = 15
  /** The text of an id stands in the arena from bounds[id] to bounds[id + 1]. */
  private bounds = new Uint32Array(17)
  private arena = new Uint8Array(128)
  private overflow: Map<string, number> | null = null
  private decoded: (string | undefined)[] = []
  /** By block: the id up to which it is decoded. */
  private readonly decodedTo: number[] = []

  /** Id of the text at bytes[start, end); `hash` is FNV-1a over it. */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (this.overflow !== null) return this.internMapped(bytes, start, end)
    const { slots, mask, bounds, arena } = this
    const length = end - start
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const entry = slots[slot * 2 + 1]!
      if (entry === 0) {
        slots[slot * 2] = hash
        slots[slot * 2 + 1] = this.size + 1
        const id = this.add(bytes, start, length)
        if (this.size * 2 > mask) this.rehash()
        return id
      }
      if (slots[slot * 2] === hash) {
        const from = bounds[entry - 1]!
        if (bounds[entry]! - from === length) {
          let at = 0
          while (at < length && arena[from + at] === bytes[start + at]) at++
          if (at === length) return entry - 1
        }
      }
      slot = (slot + 1) & mask
    }
    this.overflowNow()
    return this.internMapped(bytes, start, end)
  }

  /** Id of a text. */
  internText(text: string): number {
    if (scratch.length < text.length * 3) scratch = new Uint8Array(text.length * 3)
    const end = encoder.encodeInto(text, scratch).written
    return this.intern(scratch, 0, end, hashOf(scratch, 0, end))
  }

  private add(bytes: Uint8Array, start: number, length: number): number {
    const id = this.size++
    if (id + 1 === this.bounds.length) {
      const bounds = new Uint32Array(id * 2 + 1)
      bounds.set(this.bounds)
      this.bounds = bounds
    }
    const from = this.bounds[id]!
    const to = from + length
    if (to > this.arena.length) {
      const arena = new Uint8Array(Math.max(to, this.arena.length * 2))
      arena.set(this.arena.subarray(0, from))
      this.arena = arena
    }
    const { arena } = this
    if (length > 64) arena.set(bytes.subarray(start, start + length), from)
    else for (let at = 0; at < length; at++) arena[from + at] = bytes[start + at]!
    this.bounds[id + 1] = to
    return id
  }

  private rehash(): void {
    const before = this.slots
    const mask = this.mask * 4 + 3
    const slots = new Int32Array((mask + 1) * 2)
    for (let old = 0; old < before.length; old += 2) {
      const entry = before[old + 1]!
      if (entry === 0) continue
      const hash = before[old]!
      let slot = (hash ^ (hash >>> 15)) & mask
      for (let probes = 0; slots[slot * 2 + 1] !== 0; probes++) {
        if (probes === MAX_PROBES) return this.overflowNow()
        slot = (slot + 1) & mask
      }
      slots[slot * 2] = hash
      slots[slot * 2 + 1] = entry
    }
    this.slots = slots
    this.mask = mask
  }

  private overflowNow(): void {
    this.overflow = new Map()
    for (let id = 0; id < this.size; id++) this.overflow.set(decoder.decode(this.arena.subarray(this.bounds[id]!, this.bounds[id + 1]!)), id)
    this.slots = new Int32Array(2)
  }

  private internMapped(bytes: Uint8Array, start: number, end: number): number {
    const key = decoder.decode(bytes.subarray(start, end))
    let id = this.overflow!.get(key)
    if (id === undefined) {
      id = this.add(bytes, start, end - start)
      this.overflow!.set(key, id)
    }
    return id
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

  /** Decodes the texts from one id up to another together: that is many times cheaper than one by one. */
  private decode(from: number, to: number): void {
    const { arena, bounds, decoded } = this
    const start = bounds[from]!
    const end = bounds[to]!
    const text = decoder.decode(arena.subarray(start, end))
    if (text.length === end - start) {
      for (let id = from; id < to; id++) decoded[id] = text.slice(bounds[id]! - start, bounds[id + 1]! - start)
      return
    }
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
