/** Comparers: from two values of a field to the level of its comparison. */
import type { LinkType } from '../stages.ts'
import type { Values } from '../fields/values.ts'

/** One comparison, ready to be asked of pairs of values. */
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
  /** Level of two values by their codes, which differ and are not 0: 1 for the best up to `labels.length` for the worst. */
  between(x: number, y: number): number
  /** Another comparison whose value may stand in this one's place, and the other way round. */
  readonly swap?: Swap
}

export interface Swap {
  /** Name of the other comparison; where values are swapped it is unknown, so that the swap counts once. */
  readonly other: string
  /** The level of a swap. */
  readonly level: number
  /** Whether the values of record A (own, other) are swapped in record B. */
  crossed(ownA: number, ownB: number, otherA: number, otherB: number): boolean
}

const SLOTS = 1 << 16
/** Above the bits of a code: levels go up to 31, codes up to 134 million. */
const LEVEL = 27

/** Remembers the levels of pairs of values, the most recent in each of 65,536 slots. */
export function remembered(work: (x: number, y: number) => number): (x: number, y: number) => number {
  const slots = new Uint32Array(2 * SLOTS)
  return (x, y) => {
    const low = x < y ? x : y
    const high = x < y ? y : x
    const slot = (((Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77)) >>> 16) & (SLOTS - 1)) << 1
    const known = slots[slot + 1]!
    if (slots[slot] === low && (known & ((1 << LEVEL) - 1)) === high) return known >>> LEVEL
    const level = work(low, high)
    slots[slot] = low
    slots[slot + 1] = high | (level << LEVEL)
    return level
  }
}
