/**
 * A dictionary of texts that works on UTF-8 bytes: a text that was seen before costs no string, and the bytes of each
 * distinct one are kept once, end to end.
 *
 * Open addressing with linear probing. Whoever knows the hash can write texts that collide, so a text that needs too many
 * probes sends the whole dictionary to a Map, whose hash is seeded by the engine; ids do not change.
 */
import type { Dictionary } from '../../../kernel/artifact/dictionary.ts'
import { TextArena, viewOf } from './text-arena.ts'
import { hashOf } from './text-hash.ts'

const MAX_PROBES = 96

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

let scratch = new Uint8Array(1024)
let scratchView = viewOf(scratch)

export class TextDictionary {
  private readonly arena = new TextArena()
  /** By slot: 1 + the id of a text in the bits of the mask, those of its hash above them; 0 for a free one. Half of the slots are free, so an id fits. */
  private slots = new Int32Array(16)
  private mask = 15
  /** By id. */
  private hashes = new Int32Array(16)
  private overflow: Map<string, number> | null = null

  /** Number of distinct texts. Ids are 0 to size - 1, in order of first appearance. */
  get size(): number {
    return this.arena.size
  }

  /** Id of the text from `start` to `end`. */
  intern(from: DataView, start: number, end: number): number {
    return this.internHashed(from, start, end, hashOf(from, start, end))
  }

  /** Id of the text from `start` to `end`, whose hash is known. */
  internHashed(from: DataView, start: number, end: number, hash: number): number {
    if (this.overflow !== null) return this.internMapped(from, start, end)
    const { slots, mask, arena } = this
    const tag = hash & ~mask
    let slot = hash & mask
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const entry = slots[slot]!
      if (entry === 0) {
        const id = arena.size
        slots[slot] = tag | (id + 1)
        if (id === this.hashes.length) this.growHashes()
        this.hashes[id] = hash
        arena.add(from, start, end)
        if ((id + 1) * 2 > mask) this.rehash()
        return id
      }
      const id = (entry & mask) - 1
      if ((entry & ~mask) === tag && arena.isAt(id, from, start, end)) return id
      slot = (slot + 1) & mask
    }
    this.overflowNow()
    return this.internMapped(from, start, end)
  }

  private growHashes(): void {
    const hashes = new Int32Array(this.hashes.length * 2)
    hashes.set(this.hashes)
    this.hashes = hashes
  }

  /** Id of a text. */
  internText(text: string): number {
    if (scratch.length < text.length * 3) {
      scratch = new Uint8Array(text.length * 3)
      scratchView = viewOf(scratch)
    }
    return this.intern(scratchView, 0, encoder.encodeInto(text, scratch).written)
  }

  private rehash(mask = this.mask * 2 + 1): void {
    const slots = new Int32Array(mask + 1)
    const { hashes, size } = this
    for (let id = 0; id < size; id++) {
      const hash = hashes[id]!
      let slot = hash & mask
      for (let probes = 0; slots[slot] !== 0; probes++) {
        if (probes === MAX_PROBES) return this.overflowNow()
        slot = (slot + 1) & mask
      }
      slots[slot] = (hash & ~mask) | (id + 1)
    }
    this.slots = slots
    this.mask = mask
  }

  private overflowNow(): void {
    this.overflow = new Map()
    for (let id = 0; id < this.size; id++) this.overflow.set(decoder.decode(this.arena.bytesOf(id)), id)
    this.slots = new Int32Array(1)
  }

  private internMapped(from: DataView, start: number, end: number): number {
    const key = decoder.decode(new Uint8Array(from.buffer, from.byteOffset + start, end - start))
    let id = this.overflow!.get(key)
    if (id === undefined) {
      id = this.arena.add(from, start, end)
      this.overflow!.set(key, id)
    }
    return id
  }

  /** The texts so far, by id. */
  get texts(): TextArena {
    return this.arena
  }

  /** All texts, by id. Nothing more can be added after. */
  packed(): Dictionary {
    this.slots = this.hashes = new Int32Array(0)
    this.overflow = null
    return this.arena.packed()
  }
}
