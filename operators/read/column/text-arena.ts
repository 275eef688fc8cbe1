/** Texts that are collected: their UTF-8 bytes, end to end, and where each begins. */
import { Dictionary } from '../../../kernel/artifact/dictionary.ts'

const encoder = new TextEncoder()

/** Free room from which the texts are copied when they are packed: a part of it is not worth a second copy of all. */
const MUCH_FREE = 1 / 4

export class TextArena {
  private size = 0
  private readonly starts: Uint32Array
  private bytes: Uint8Array

  /** Room for so many texts, and for so many bytes to begin with. */
  constructor(texts: number, bytes: number) {
    this.starts = new Uint32Array(texts + 1)
    this.bytes = new Uint8Array(bytes)
  }

  /** Bytes so far. */
  get end(): number {
    return this.starts[this.size]!
  }

  private reserve(length: number): void {
    const { end, bytes } = this
    if (end + length <= bytes.length) return
    this.bytes = new Uint8Array(Math.max(end + length, bytes.length * 2))
    this.bytes.set(bytes.subarray(0, end))
  }

  /** Adds texts that stand end to end, and the ends of which are given as they will be here. */
  addAll(bytes: Uint8Array, ends: Uint32Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.end)
    this.starts.set(ends, this.size + 1)
    this.size += ends.length
  }

  /** Adds a text. */
  addText(text: string): void {
    this.reserve(text.length * 3)
    const { bytes, end } = this
    let at = 0
    for (let code = text.charCodeAt(0); code < 0x80; code = text.charCodeAt(++at)) bytes[end + at] = code
    const length = at === text.length ? at : encoder.encodeInto(text, bytes.subarray(end)).written
    this.starts[++this.size] = end + length
  }

  /** The texts. Nothing more can be added after. */
  packed(): Dictionary {
    const { bytes, end } = this
    return Dictionary.ofStarts(bytes.length - end > bytes.length * MUCH_FREE ? bytes.slice(0, end) : bytes.subarray(0, end), this.starts)
  }
}
