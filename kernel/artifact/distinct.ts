/**
 * Distinct texts, packed as they come: UTF-8, end to end, in the order of their first appearance. No string is kept, and
 * none is made of what is given as bytes.
 *
 * Open addressing with linear probing. Whoever knows the hash can write texts that collide, so a text that needs too many
 * probes sends all of them to a Map, whose hash is seeded by the engine; codes do not change.
 */
import { copyBytes } from './copy.ts'
import { Dictionary } from './dictionary.ts'

const MOST_PROBES = 96

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export class DistinctTexts {
  private bytes: Uint8Array
  private view: DataView
  private readonly starts: Uint32Array
  /** Codes by slot; 0 for a free one. At most half of the slots are taken. */
  private slots: Int32Array
  private readonly hashes: Int32Array
  private overflow: Map<string, number> | null = null
  private size = 0

  /** Room for at most so many texts, and to begin with for so many bytes. */
  constructor(most: number, bytes: number) {
    this.bytes = new Uint8Array(bytes)
    this.view = new DataView(this.bytes.buffer)
    this.starts = new Uint32Array(most + 1)
    this.hashes = new Int32Array(most)
    let slots = 16
    while (slots < 2 * most) slots *= 2
    this.slots = new Int32Array(slots)
  }

  /** Code of a text, from 1. Throws TypeError when it has a lone surrogate. */
  add(text: string): number {
    const start = this.room(text.length * 3)
    const { bytes } = this
    let at = 0
    for (let unit = text.charCodeAt(0); unit < 0x80; unit = text.charCodeAt(++at)) bytes[start + at] = unit
    if (at < text.length) {
      if (!text.isWellFormed()) throw new TypeError('a value holds a lone surrogate')
      at = encoder.encodeInto(text, bytes.subarray(start)).written
    }
    return this.settle(start, start + at)
  }

  /** Code of the text from `from` to `to`, which is well-formed. */
  addBytes(text: DataView, from: number, to: number): number {
    const start = this.room(to - from)
    return this.settle(start, copyBytes(this.view, start, text, from, to))
  }

  /** All texts, by code less one. Nothing can be added after. */
  packed(): Dictionary {
    const { size, starts } = this
    this.slots = new Int32Array(0)
    return Dictionary.ofStarts(this.bytes.slice(0, starts[size]), starts.slice(0, size + 1))
  }

  /** Makes room for so many bytes behind the last text; gives where they begin. */
  private room(length: number): number {
    const start = this.starts[this.size]!
    if (start + length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(start + length, Math.ceil(this.bytes.length * 1.25)))
      larger.set(this.bytes.subarray(0, start))
      this.bytes = larger
      this.view = new DataView(larger.buffer)
    }
    return start
  }

  /** The text that stands behind the last is found among those before it, or stays. */
  private settle(start: number, end: number): number {
    if (this.overflow !== null) return this.settleMapped(start, end)
    const { view, starts, slots, hashes } = this
    const hash = hashOf(view, start, end)
    const mask = slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let probes = 0; probes < MOST_PROBES; probes++, slot = (slot + 1) & mask) {
      const code = slots[slot]!
      if (code === 0) {
        slots[slot] = this.size + 1
        hashes[this.size] = hash
        return this.keep(end)
      }
      if (hashes[code - 1] === hash && isSame(view, starts[code - 1]!, starts[code]!, start, end)) return code
    }
    this.overflow = new Map()
    for (let code = 1; code <= this.size; code++) this.overflow.set(this.textAt(starts[code - 1]!, starts[code]!), code)
    return this.settleMapped(start, end)
  }

  private settleMapped(start: number, end: number): number {
    const text = this.textAt(start, end)
    const known = this.overflow!.get(text)
    if (known !== undefined) return known
    this.overflow!.set(text, this.size + 1)
    return this.keep(end)
  }

  private keep(end: number): number {
    this.starts[++this.size] = end
    return this.size
  }

  private textAt(start: number, end: number): string {
    return decoder.decode(this.bytes.subarray(start, end))
  }
}

function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start
  for (const last = end - 3; start < last; start += 4) {
    hash = Math.imul(hash ^ view.getInt32(start), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  for (; start < end; start++) hash = Math.imul(hash ^ view.getUint8(start), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}

function isSame(view: DataView, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a !== bEnd - b) return false
  for (const last = aEnd - 3; a < last; a += 4, b += 4) if (view.getInt32(a) !== view.getInt32(b)) return false
  for (; a < aEnd; a++, b++) if (view.getUint8(a) !== view.getUint8(b)) return false
  return true
}
