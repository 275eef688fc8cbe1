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
  /** By slot: a hash, and 1 + the id of its text; 0 for a free one. */
  private slots = new Int32Array(32)
  private mask = 15
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
    let slot = hash & mask
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const entry = slots[slot * 2 + 1]!
      if (entry === 0) {
        slots[slot * 2] = hash
        slots[slot * 2 + 1] = arena.size + 1
        const id = arena.add(from, start, end)
        if (arena.size * 2 > mask) this.rehash()
        return id
      }
      if (slots[slot * 2] === hash && arena.isAt(entry - 1, from, start, end)) return entry - 1
      slot = (slot + 1) & mask
    }
    this.overflowNow()
    return this.internMapped(from, start, end)
  }

  /** Id of a text. */
  internText(text: string): number {
    if (scratch.length < text.length * 3) {
      scratch = new Uint8Array(text.length * 3)
      scratchView = viewOf(scratch)
    }
    return this.intern(scratchView, 0, encoder.encodeInto(text, scratch).written)
  }

  private rehash(): void {
    const before = this.slots
    const mask = this.mask * 2 + 1
    const slots = new Int32Array(mask * 2 + 2)
    for (let old = 0; old < before.length; old += 2) {
      const entry = before[old + 1]!
      if (entry === 0) continue
      let slot = before[old]! & mask
      for (let probes = 0; slots[slot * 2 + 1] !== 0; probes++) {
        if (probes === MAX_PROBES) return this.overflowNow()
        slot = (slot + 1) & mask
      }
      slots[slot * 2] = before[old]!
      slots[slot * 2 + 1] = entry
    }
    this.slots = slots
    this.mask = mask
  }

  private overflowNow(): void {
    this.overflow = new Map()
    for (let id = 0; id < this.size; id++) this.overflow.set(decoder.decode(this.arena.bytesOf(id)), id)
    this.slots = new Int32Array(2)
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
    this.slots = new Int32Array(0)
    this.overflow = null
    return this.arena.packed()
  }
}
