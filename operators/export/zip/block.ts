/** The blocks of a deflate stream (RFC 1951, section 3.2): literals and repeats as dynamic Huffman codes. */
import { codeLengths, codesOf } from './huffman.ts'

/** How far back a repeat may reach. */
export const HISTORY = 32_768
export const SHORTEST_REPEAT = 3
export const LONGEST_REPEAT = 258

const END_OF_BLOCK = 256
const FIRST_LENGTH = 257
const LITERALS = 286
const DISTANCES = 30
/** So that a code and its extra bits fit beside what is held in 32 bits: 15 + 12 + 5. */
const LONGEST_LITERAL = 12
const LONGEST_DISTANCE = 15

const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = Int32Array.of(1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12_289, 16_385, 24_577)
const DISTANCE_EXTRA = Uint8Array.of(0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13)
/** The order in which the lengths of the code-length code are sent. */
const HEADER_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function symbolTable(bases: ArrayLike<number>, size: number): Uint8Array {
  const table = new Uint8Array(size)
  for (let symbol = 0; symbol < bases.length; symbol++) table.fill(symbol, bases[symbol])
  return table
}
const LENGTH_SYMBOL = symbolTable(LENGTH_BASE, LONGEST_REPEAT + 1)
/** Symbols of distances less one: of those below 256, and from 256 on of every 128th. Small enough to stay near. */
const DISTANCE_SYMBOL = new Uint8Array(512)
for (let symbol = 0; symbol < DISTANCES; symbol++) {
  const base = DISTANCE_BASE[symbol]! - 1
  if (base < 256) DISTANCE_SYMBOL.fill(symbol, base, 256)
  DISTANCE_SYMBOL.fill(symbol, 256 + (base >> 7))
}

/** A literal is its byte; a repeat is its length, shifted by 16, and its distance. */
export interface Block {
  readonly tokens: Uint32Array
  /** Uses of each byte as a literal. */
  readonly literals: Uint32Array
  /** Uses of each length of a repeat. */
  readonly lengths: Uint32Array
}

export class BlockWriter {
  private readonly out: Uint8Array
  private readonly words: DataView
  private readonly literalUses = new Uint32Array(LITERALS)
  private readonly distanceUses = new Uint32Array(DISTANCES)
  /** By length of a repeat: the code with its extra bits, and how many bits that is. */
  private readonly lengthCode = new Uint32Array(LONGEST_REPEAT + 1)
  private readonly lengthBits = new Uint8Array(LONGEST_REPEAT + 1)
  private written = 0
  private bits = 0
  private bitCount = 0

  /** `most` is the number of bytes that a block stands for, at most. */
  constructor(most: number) {
    this.out = new Uint8Array(2 * most + 1024)
    this.words = new DataView(this.out.buffer)
  }

  /** Adds a block of the first `count` tokens and returns the bytes that are complete. Uses are set to zero. */
  put(block: Block, count: number, final: boolean): Uint8Array {
    const { literalUses, distanceUses } = this
    literalUses.fill(0)
    literalUses.set(block.literals)
    literalUses[END_OF_BLOCK] = 1
    for (let length = SHORTEST_REPEAT; length <= LONGEST_REPEAT; length++) literalUses[FIRST_LENGTH + LENGTH_SYMBOL[length]!]! += block.lengths[length]!
    block.literals.fill(0)
    block.lengths.fill(0)
    countDistances(block.tokens, count, distanceUses.fill(0))
    const literals = codeLengths(literalUses, LONGEST_LITERAL)
    const distances = codeLengths(distanceUses, LONGEST_DISTANCE)
    this.bit(final ? 1 : 0, 1)
    this.bit(2, 2)
    this.header(literals, distances)
    this.body(block.tokens, count, literals, distances)
    if (final && this.bitCount > 0) this.bit(0, 8 - this.bitCount)
    const part = this.out.slice(0, this.written)
    this.written = 0
    return part
  }

  private bit(code: number, length: number): void {
    this.bits |= code << this.bitCount
    this.bitCount += length
    while (this.bitCount >= 8) {
      this.out[this.written++] = this.bits & 0xff
      this.bits >>>= 8
      this.bitCount -= 8
    }
  }

  /** Sends the two codes as run-length encoded code lengths (RFC 1951, section 3.2.7). */
  private header(literals: Uint8Array, distances: Uint8Array): void {
    let literalCount = LITERALS
    while (literalCount > FIRST_LENGTH && literals[literalCount - 1] === 0) literalCount--
    let distanceCount = DISTANCES
    while (distanceCount > 1 && distances[distanceCount - 1] === 0) distanceCount--
    const runs = runsOf([...literals.subarray(0, literalCount), ...distances.subarray(0, distanceCount)])
    const uses = new Uint32Array(19)
    for (const [symbol] of runs) uses[symbol]!++
    const lengths = codeLengths(uses, 7)
    const codes = codesOf(lengths)
    let headerCount = 19
    while (headerCount > 4 && lengths[HEADER_ORDER[headerCount - 1]!] === 0) headerCount--
    this.bit(literalCount - FIRST_LENGTH, 5)
    this.bit(distanceCount - 1, 5)
    this.bit(headerCount - 4, 4)
    for (let at = 0; at < headerCount; at++) this.bit(lengths[HEADER_ORDER[at]!]!, 3)
    for (const [symbol, extra, extraBits] of runs) {
      this.bit(codes[symbol]!, lengths[symbol]!)
      if (extraBits > 0) this.bit(extra, extraBits)
    }
  }

  private body(tokens: Uint32Array, count: number, literals: Uint8Array, distances: Uint8Array): void {
    const { words, lengthCode, lengthBits } = this
    const literalCodes = codesOf(literals)
    const distanceCodes = codesOf(distances)
    for (let length = SHORTEST_REPEAT; length <= LONGEST_REPEAT; length++) {
      const symbol = LENGTH_SYMBOL[length]!
      const bits = literals[FIRST_LENGTH + symbol]!
      lengthCode[length] = literalCodes[FIRST_LENGTH + symbol]! | ((length - LENGTH_BASE[symbol]!) << bits)
      lengthBits[length] = bits + LENGTH_EXTRA[symbol]!
    }
    // Local copies: this loop runs once per token of the file.
    let to = this.written
    let held = this.bits
    let heldCount = this.bitCount
    for (let at = 0; at < count; at++) {
      const token = tokens[at]!
      if (token < 256) {
        held |= literalCodes[token]! << heldCount
        heldCount += literals[token]!
      } else {
        const length = token >>> 16
        held |= lengthCode[length]! << heldCount
        heldCount += lengthBits[length]!
        if (heldCount >= 16) {
          words.setUint16(to, held, true)
          to += 2
          held >>>= 16
          heldCount -= 16
        }
        const distance = token & 0xffff
        const symbol = symbolOf(distance)
        held |= distanceCodes[symbol]! << heldCount
        heldCount += distances[symbol]!
        if (heldCount >= 16) {
          words.setUint16(to, held, true)
          to += 2
          held >>>= 16
          heldCount -= 16
        }
        held |= (distance - DISTANCE_BASE[symbol]!) << heldCount
        heldCount += DISTANCE_EXTRA[symbol]!
      }
      if (heldCount >= 16) {
        words.setUint16(to, held, true)
        to += 2
        held >>>= 16
        heldCount -= 16
      }
    }
    this.written = to
    this.bits = held
    this.bitCount = heldCount
    this.bit(literalCodes[END_OF_BLOCK]!, literals[END_OF_BLOCK]!)
  }
}

function symbolOf(distance: number): number {
  return DISTANCE_SYMBOL[distance <= 256 ? distance - 1 : 256 + ((distance - 1) >> 7)]!
}

function countDistances(tokens: Uint32Array, count: number, uses: Uint32Array): void {
  for (let at = 0; at < count; at++) {
    const token = tokens[at]!
    if (token >= 256) uses[symbolOf(token & 0xffff)]!++
  }
}

type Run = readonly [symbol: number, extra: number, extraBits: number]

/** Code lengths with their repeats told by the symbols 16, 17 and 18. */
function runsOf(lengths: readonly number[]): readonly Run[] {
  const runs: Run[] = []
  for (let at = 0; at < lengths.length; ) {
    const length = lengths[at]!
    let run = 1
    while (at + run < lengths.length && lengths[at + run] === length) run++
    at += run
    if (length === 0) {
      for (; run >= 11; run -= run < 138 ? run : 138) runs.push([18, (run < 138 ? run : 138) - 11, 7])
      if (run >= 3) {
        runs.push([17, run - 3, 3])
        run = 0
      }
    } else {
      runs.push([length, 0, 0])
      run--
      for (; run >= 3; run -= run < 6 ? run : 6) runs.push([16, (run < 6 ? run : 6) - 3, 2])
    }
    for (; run > 0; run--) runs.push([length, 0, 0])
  }
  return runs
}
