/** Comparers: from two records to the level of one comparison. */
import type { LinkType } from '../stages.ts'
import type { Values } from '../fields/values.ts'

/** One comparison, ready to be asked of pairs of records. */
export interface Comparer {
  readonly name: string
  readonly fields: readonly string[]
  readonly type: LinkType
  /** Best first. */
  readonly labels: readonly string[]
  readonly values: Values
  readonly term_frequency: boolean
  /** Levels that are agreement on the very value: 1 up to this. */
  readonly exact: number
  /** 0 when a side is unknown, else 1 for the best level up to `labels.length` for the worst. */
  level(a: number, b: number): number
}

const SLOTS = 1 << 16

/** Remembers the levels of pairs of distinct values, the most recent in each of 65,536 slots. */
export function remembered(codes: Uint32Array, work: (a: number, b: number) => number): (a: number, b: number) => number {
  const keyLow = new Uint32Array(SLOTS)
  const keyHigh = new Uint32Array(SLOTS)
  const levels = new Uint8Array(SLOTS)
  return (a, b) => {
    const x = codes[a]!
    const y = codes[b]!
    if (x === 0 || y === 0) return 0
    if (x === y) return 1
    const low = x < y ? x : y
    const high = x < y ? y : x
    const slot = ((Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77)) >>> 16) & (SLOTS - 1)
    if (keyLow[slot] === low && keyHigh[slot] === high) return levels[slot]!
    const level = work(low, high)
    keyLow[slot] = low
    keyHigh[slot] = high
    levels[slot] = level
    return level
  }
}
