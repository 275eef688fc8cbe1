/**
 * A deflate encoder (RFC 1951) in plain integer arithmetic: its bytes depend on this file alone, where those of zlib
 * depend on the build. Repeats are found greedily, against the latest place with the same four bytes; and who writes a
 * form over and over says so (`repeat`), and nothing has to be found.
 */
import { crc32 } from '../../../kernel/inflate.ts'
import { BlockWriter, HISTORY, LONGEST_REPEAT, SHORTEST_REPEAT, type Block } from './block.ts'

const BLOCK = 262_144
const HASH_BITS = 15
const MIN_MATCH = 4
/** Inside a match every third place is remembered: all of them costs a fifth more time for one per cent of size. */
const REMEMBER_EVERY = 3
/** Bytes are copied four at a time, past the end of what is meant. */
const SLACK = 8
/** Most bytes for which room can be asked. */
export const MOST_ROOM = BLOCK

export interface Deflated {
  /** The parts of the raw deflate stream, in order. */
  readonly parts: readonly Uint8Array[]
  /** Number of bytes that were written, and their CRC-32. */
  readonly size: number
  readonly crc: number
}

/** An encoder. It holds about 3 MB of working memory. */
export class Deflater {
  private readonly window = new Uint8Array(HISTORY + BLOCK + SLACK)
  private readonly words = new DataView(this.window.buffer)
  /** Where four bytes with this hash stood last, as a position. Beyond reach at first. */
  private readonly latest = new Int32Array(1 << HASH_BITS)
  // The first block has no history before it and fills the whole window.
  private readonly block: Block = { tokens: new Uint32Array(HISTORY + BLOCK), literals: new Uint32Array(256), lengths: new Uint32Array(LONGEST_REPEAT + 1) }
  private readonly writer = new BlockWriter(HISTORY + BLOCK)
  private readonly parts: Uint8Array[] = []
  private count = 0
  /** Position of the window's first byte. Positions are 32 bits that wrap. */
  private base = HISTORY + 1
  private start = 0
  /** From here on repeats are still to be found. */
  private open = 0
  private end = 0
  private size = 0
  private crc = 0

  /** The position of the next byte, for `repeat`. */
  get position(): number {
    return (this.base + this.end) | 0
  }

  /** Makes room for this many bytes, which `repeat`, `literals` and `text` take for granted. */
  room(bytes: number): void {
    if (this.end + bytes > HISTORY + BLOCK) this.flush(false)
  }

  /** Writes what stood at a position once more. Gives false, and writes nothing, when that is out of reach, too short or too long. */
  repeat(position: number, length: number): boolean {
    const { words, end } = this
    const distance = (this.base + end - position) | 0
    if (distance > HISTORY || distance > end || distance < length || length < SHORTEST_REPEAT || length > LONGEST_REPEAT) return false
    if (this.open !== end) this.find()
    for (let at = end, last = end + length; at < last; at += 4) words.setInt32(at, words.getInt32(at - distance))
    this.block.tokens[this.count++] = (length << 16) | distance
    this.block.lengths[length]!++
    this.open = this.end = end + length
    return true
  }

  /** Writes bytes `from` to `to` in which no repeats are looked for. */
  literals(bytes: DataView, from: number, to: number): void {
    if (this.open !== this.end) this.find()
    const { window, block: { tokens, literals } } = this
    let { end, count } = this
    for (; from < to; from++) {
      const byte = bytes.getUint8(from)
      window[end++] = byte
      tokens[count++] = byte
      literals[byte]!++
    }
    this.open = this.end = end
    this.count = count
  }

  /** Writes bytes `from` to `to` and looks for repeats in them. */
  text(bytes: DataView, from: number, to: number): void {
    const { words } = this
    let { end } = this
    for (const last = to - 3; from < last; from += 4, end += 4) words.setInt32(end, bytes.getInt32(from))
    for (; from < to; from++, end++) words.setUint8(end, bytes.getUint8(from))
    this.end = end
    this.find()
  }

  /** Takes bytes in any portions: the result depends on the bytes alone. */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const free = HISTORY + BLOCK - this.end
      if (free === 0) {
        this.flush(false)
        continue
      }
      const taken = bytes.length - at < free ? bytes.length - at : free
      this.window.set(bytes.subarray(at, at + taken), this.end)
      this.end += taken
      at += taken
    }
  }

  /** Call once, last. */
  finish(): Deflated {
    this.flush(true)
    return { parts: this.parts, size: this.size, crc: this.crc }
  }

  /** Turns what is open into tokens. */
  private find(): void {
    const { window, words, latest, base, end, block: { tokens, literals, lengths } } = this
    let { open: at, count } = this
    const last = end - MIN_MATCH
    while (at <= last) {
      const word = words.getInt32(at, true)
      const hash = Math.imul(word, 0x9e3779b1) >>> (32 - HASH_BITS)
      const distance = (base + at - latest[hash]!) | 0
      latest[hash] = base + at
      if (distance > 0 && distance <= HISTORY && words.getInt32(at - distance, true) === word) {
        const longest = end - at < LONGEST_REPEAT ? end - at : LONGEST_REPEAT
        const candidate = at - distance
        let length = MIN_MATCH
        while (length + 4 <= longest && words.getInt32(candidate + length, true) === words.getInt32(at + length, true)) length += 4
        while (length < longest && window[candidate + length] === window[at + length]) length++
        tokens[count++] = (length << 16) | distance
        lengths[length]!++
        const stop = at + length < last ? at + length : last
        for (let inside = at + 1; inside < stop; inside += REMEMBER_EVERY) {
          latest[Math.imul(words.getInt32(inside, true), 0x9e3779b1) >>> (32 - HASH_BITS)] = base + inside
        }
        at += length
      } else {
        literals[window[at]!]!++
        tokens[count++] = window[at++]!
      }
    }
    for (; at < end; at++) {
      literals[window[at]!]!++
      tokens[count++] = window[at]!
    }
    this.open = end
    this.count = count
  }

  private flush(final: boolean): void {
    this.find()
    const { window, start, end } = this
    this.crc = crc32(window.subarray(start, end), this.crc)
    this.size += end - start
    this.parts.push(this.writer.put(this.block, this.count, final))
    this.count = 0
    const shift = end - HISTORY
    if (shift > 0) {
      window.copyWithin(0, shift, end)
      this.base = (this.base + shift) | 0
      this.end = HISTORY
    }
    this.start = this.open = this.end
  }
}
