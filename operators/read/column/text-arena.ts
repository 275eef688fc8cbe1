/** Texts that are collected: their UTF-8 bytes, end to end, and where each begins. */
import { hasByte } from '../../../kernel/artifact/utf8.ts'
import { Dictionary } from '../../../kernel/artifact/dictionary.ts'

const encoder = new TextEncoder()

/** A view of the same bytes that reads words. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Free room from which the texts are copied when they are packed: a part of it is not worth a second copy of all. */
const MUCH_FREE = 1 / 4

export class TextArena {
  /** Number of texts. Ids are 0 to size - 1, in the order in which they were added. */
  size = 0
  /** The text of an id stands from bounds[id] to bounds[id + 1]. */
  bounds: Uint32Array
  bytes: Uint8Array
  view: DataView

  /** Room for so many texts and bytes to begin with; it grows. */
  constructor(texts = 16, bytes = 128) {
    this.bounds = new Uint32Array(texts + 1)
    this.bytes = new Uint8Array(bytes)
    this.view = viewOf(this.bytes)
  }

  /** Room for one more text of so many bytes; returns where it begins. */
  private room(length: number): number {
    const { size } = this
    if (size + 1 >= this.bounds.length) this.resizeBounds(size * 2 + 2)
    const place = this.bounds[size]!
    if (place + length > this.bytes.length) this.resizeBytes(Math.max(place + length, this.bytes.length * 2))
    return place
  }

  private resizeBounds(length: number): void {
    const bounds = new Uint32Array(length)
    bounds.set(this.bounds.subarray(0, this.size + 1))
    this.bounds = bounds
  }

  private resizeBytes(length: number): void {
    const bytes = new Uint8Array(length)
    bytes.set(this.bytes.subarray(0, this.bounds[this.size]!))
    this.bytes = bytes
    this.view = viewOf(bytes)
  }

  /** Adds the text from `start` to `end`, and returns its id. */
  add(from: DataView, start: number, end: number): number {
    const place = this.room(end - start)
    const { view } = this
    const shift = place - start
    let at = start
    for (const last = end - 3; at < last; at += 4) view.setInt32(at + shift, from.getInt32(at))
    for (; at < end; at++) view.setUint8(at + shift, from.getUint8(at))
    this.bounds[this.size + 1] = end + shift
    return this.size++
  }

  /** Adds a text. */
  addText(text: string): void {
    const place = this.room(text.length * 3)
    const { bytes } = this
    let at = 0
    for (let code = text.charCodeAt(0); code < 0x80; code = text.charCodeAt(++at)) bytes[place + at] = code
    const length = at === text.length ? at : encoder.encodeInto(text, bytes.subarray(place)).written
    this.bounds[++this.size] = place + length
  }

  /** Adds the digits of a whole number from 0 to 2^31 - 1, the last `decimals` of them behind a point. */
  addDigits(value: number, decimals: number): void {
    const place = this.room(12)
    let digits = 1
    for (let rest = value; rest > 9; rest = (rest / 10) | 0) digits++
    if (digits <= decimals) digits = decimals + 1
    const end = place + digits + (decimals > 0 ? 1 : 0)
    const point = decimals > 0 ? end - decimals - 1 : -1
    for (let at = end - 1, rest = value; at >= place; at--) {
      if (at === point) {
        this.bytes[at] = 0x2e
        continue
      }
      const tens = (rest / 10) | 0
      this.bytes[at] = 48 + rest - tens * 10
      rest = tens
    }
    this.bounds[++this.size] = end
  }

  /** Whether the text of an id is the one from `start` to `end`. */
  isAt(id: number, from: DataView, start: number, end: number): boolean {
    const { bounds, view } = this
    const shift = bounds[id]! - start
    if (bounds[id + 1]! - shift !== end) return false
    let at = start
    for (const last = end - 3; at < last; at += 4) if (view.getInt32(at + shift) !== from.getInt32(at)) return false
    for (; at < end; at++) if (view.getUint8(at + shift) !== from.getUint8(at)) return false
    return true
  }

  /** UTF-8 of a text. */
  bytesOf(id: number): Uint8Array {
    return this.bytes.subarray(this.bounds[id]!, this.bounds[id + 1]!)
  }

  /** Whether a sequence of bytes is in the texts, or across two of them. */
  holds(utf8: Uint8Array): boolean {
    const bytes = this.bytes.subarray(0, this.bounds[this.size]!)
    if (!hasByte(bytes, utf8[0]!)) return false
    for (let at = bytes.indexOf(utf8[0]!); at !== -1; at = bytes.indexOf(utf8[0]!, at + 1)) {
      let step = 1
      while (step < utf8.length && bytes[at + step] === utf8[step]) step++
      if (step === utf8.length) return true
    }
    return false
  }

  /** The texts. Nothing more can be added after. */
  packed(): Dictionary {
    const { size, bytes, bounds } = this
    const used = bounds[size]!
    const free = bytes.length - used
    return Dictionary.ofStarts(free > bytes.length * MUCH_FREE ? bytes.slice(0, used) : bytes.subarray(0, used), bounds.length > size * 2 ? bounds.slice(0, size + 1) : bounds.subarray(0, size + 1))
  }
}
