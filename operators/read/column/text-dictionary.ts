/**
 * A dictionary of texts that works on UTF-8 bytes: a text that was seen before costs no string. Strings are made
 * once per distinct text, many at a time, when they are asked for.
 *
 * Open addressing with linear probing over FNV-1a. Whoever knows the hash can write texts that collide, so a text that needs
 * too many probes sends the whole dictionary to a Map, whose hash is seeded by the engine; ids do not change.
 */
const MAX_PROBES = 96
/** Bytes that are decoded in one go. */
const BATCH = 4 << 20
export const HASH_SEED = 0x811c9dc5 | 0
export const HASH_PRIME = 0x01000193

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

export class TextDictionary {
  /** Number of distinct texts. Ids are 0 to size - 1, in order of first appearance. */
  size = 0
  readonly source: Uint8Array
  private slots = new Uint32Array(64)
  private mask = 63
  private hashes = new Int32Array(32)
  /** Offset into the source; or -1 - offset into the arena, for texts that do not stand in the source as they are. */
  private starts = new Int32Array(32)
  private lengths = new Uint32Array(32)
  private arena = new Uint8Array(0)
  private arenaUsed = 0
  private overflow: Map<string, number> | null = null
  private decoded: (string | undefined)[] = []

  /** `source` is valid UTF-8 and must not change. */
  constructor(source: Uint8Array) {
    this.source = source
  }

  /** Id of the text at source[start, end); `hash` is FNV-1a over its bytes, from HASH_SEED. */
  intern(start: number, end: number, hash: number): number {
    const length = end - start
    const { source, slots, mask, hashes, starts, lengths } = this
    if (this.overflow !== null) return this.internMapped(source, start, length, hash, start)
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const entry = slots[slot]!
      if (entry === 0) return this.add(slot, hash, start, length)
      const id = entry - 1
      if (hashes[id] === hash && lengths[id] === length) {
        const begin = starts[id]!
        if (begin >= 0) {
          let at = 0
          while (at < length && source[begin + at] === source[start + at]) at++
          if (at === length) return id
        } else if (this.equalsArena(-1 - begin, source, start, length)) return id
      }
      slot = (slot + 1) & mask
    }
    this.overflowNow()
    return this.internMapped(source, start, length, hash, start)
  }

  /** Id of a text that does not stand in the source as it is. */
  internText(text: string): number {
    const needed = this.arenaUsed + text.length * 3
    if (needed > this.arena.length) {
      const larger = new Uint8Array(Math.max(needed, this.arena.length * 2, 256))
      larger.set(this.arena.subarray(0, this.arenaUsed))
      this.arena = larger
    }
    const start = this.arenaUsed
    const length = encoder.encodeInto(text, this.arena.subarray(start)).written
    const arena = this.arena
    let hash = HASH_SEED
    for (let at = start; at < start + length; at++) hash = Math.imul(hash ^ arena[at]!, HASH_PRIME)
    const before = this.size
    const id = this.internArena(start, length, hash)
    if (this.size > before) this.arenaUsed += length
    return id
  }

  private internArena(start: number, length: number, hash: number): number {
    const { arena, slots, mask } = this
    const place = -1 - start
    if (this.overflow !== null) return this.internMapped(arena, start, length, hash, place)
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const entry = slots[slot]!
      if (entry === 0) return this.add(slot, hash, place, length)
      const id = entry - 1
      if (this.hashes[id] === hash && this.lengths[id] === length) {
        const begin = this.starts[id]!
        if (begin >= 0 ? this.equals(this.source, begin, arena, start, length) : this.equalsArena(-1 - begin, arena, start, length)) return id
      }
      slot = (slot + 1) & mask
    }
    this.overflowNow()
    return this.internMapped(arena, start, length, hash, place)
  }

  private equals(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number, length: number): boolean {
    for (let at = 0; at < length; at++) if (a[aStart + at] !== b[bStart + at]) return false
    return true
  }

  private equalsArena(offset: number, bytes: Uint8Array, start: number, length: number): boolean {
    return this.equals(this.arena, offset, bytes, start, length)
  }

  private record(hash: number, start: number, length: number): number {
    const id = this.size++
    if (id === this.starts.length) {
      const larger = id * 2
      const hashes = new Int32Array(larger)
      hashes.set(this.hashes)
      this.hashes = hashes
      const starts = new Int32Array(larger)
      starts.set(this.starts)
      this.starts = starts
      const lengths = new Uint32Array(larger)
      lengths.set(this.lengths)
      this.lengths = lengths
    }
    this.hashes[id] = hash
    this.starts[id] = start
    this.lengths[id] = length
    return id
  }

  private add(slot: number, hash: number, start: number, length: number): number {
    const id = this.record(hash, start, length)
    this.slots[slot] = id + 1
    if (this.size * 2 > this.mask) this.rehash()
    return id
  }

  private rehash(): void {
    const mask = this.mask * 4 + 3
    const slots = new Uint32Array(mask + 1)
    for (let id = 0; id < this.size; id++) {
      const hash = this.hashes[id]!
      let slot = (hash ^ (hash >>> 15)) & mask
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

  private internMapped(bytes: Uint8Array, start: number, length: number, hash: number, place: number): number {
    const key = decoder.decode(bytes.subarray(start, start + length))
    let id = this.overflow!.get(key)
    if (id === undefined) {
      id = this.record(hash, place, length)
      this.overflow!.set(key, id)
    }
    return id
  }

  private bytesOf(id: number): Uint8Array {
    const start = this.starts[id]!
    const length = this.lengths[id]!
    return start >= 0 ? this.source.subarray(start, start + length) : this.arena.subarray(-1 - start, -1 - start + length)
  }

  /** Whether the character is in a text that does not stand in the source as it is. `utf8` are its bytes. */
  addedHold(utf8: Uint8Array): boolean {
    return holds(this.arena.subarray(0, this.arenaUsed), utf8)
  }

  /** The texts of these ids, in their order. Each is decoded once, however often it is asked for. */
  texts(ids: ArrayLike<number>): string[] {
    this.decode(ids)
    const out: string[] = new Array(ids.length)
    for (let at = 0; at < out.length; at++) out[at] = this.decoded[ids[at]!]!
    return out
  }

  private decode(ids: ArrayLike<number>): void {
    if (this.decoded.length < this.size) {
      const decoded = this.decoded
      this.decoded = new Array<string | undefined>(this.size)
      for (let id = 0; id < decoded.length; id++) this.decoded[id] = decoded[id]
    }
    for (let from = 0; from < ids.length; ) {
      let bytes = 0
      let to = from
      while (to < ids.length && (bytes === 0 || bytes + this.lengths[ids[to]!]! <= BATCH)) {
        if (this.decoded[ids[to]!] === undefined) bytes += this.lengths[ids[to]!]!
        to++
      }
      this.decodeBatch(ids, from, to, bytes)
      from = to
    }
  }

  private decodeBatch(ids: ArrayLike<number>, from: number, to: number, bytes: number): void {
    const { source, arena, decoded } = this
    const joined = new Uint8Array(bytes)
    // UTF-16 units of each text that is decoded here; 0 marks one that is there already, and is the length of the empty one.
    const units = new Uint32Array(to - from)
    let used = 0
    for (let at = from; at < to; at++) {
      const id = ids[at]!
      if (decoded[id] !== undefined) continue
      decoded[id] = ''
      let start = this.starts[id]!
      const end = this.lengths[id]! + (start >= 0 ? start : -1 - start)
      const within = start >= 0 ? source : arena
      if (start < 0) start = -1 - start
      let count = 0
      for (let step = start; step < end; step++) {
        const byte = within[step]!
        joined[used++] = byte
        // Every byte but a continuation begins a character; one of four bytes is two UTF-16 units.
        if ((byte & 0xc0) !== 0x80) count += byte >= 0xf0 ? 2 : 1
      }
      units[at - from] = count
    }
    const text = decoder.decode(joined)
    let begin = 0
    for (let at = from; at < to; at++) {
      const length = units[at - from]!
      if (length === 0) continue
      decoded[ids[at]!] = text.slice(begin, begin + length)
      begin += length
    }
  }

  /** All texts, by id. */
  all(): string[] {
    const ids = new Uint32Array(this.size)
    for (let id = 0; id < ids.length; id++) ids[id] = id
    this.decode(ids)
    return this.decoded.slice() as string[]
  }
}

/** Whether a sequence of bytes is in others. */
export function holds(bytes: Uint8Array, wanted: Uint8Array): boolean {
  for (let at = bytes.indexOf(wanted[0]!); at !== -1; at = bytes.indexOf(wanted[0]!, at + 1)) {
    let step = 1
    while (step < wanted.length && bytes[at + step] === wanted[step]) step++
    if (step === wanted.length) return true
  }
  return false
}
