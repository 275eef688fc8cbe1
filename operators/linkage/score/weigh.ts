/** The weight of a pair under a model: the prior, the weight of each level, less what two of them both say, and what rare or frequent values add. */
import type { Comparer } from '../compare/comparer.ts'
import type { Levels } from '../compare/levels.ts'
import { exp2, log2 } from '../logarithm.ts'
import type { LinkModel } from '../stages.ts'

/** Millibits that agreement on one value may add or take, by how rare it is. */
const MOST_RARITY = 6000
/** No agreement weighs more, so that one shared number never decides alone. */
const MOST_AGREEMENT = 16_000

/** The weight of a record and its copy, in millibits: nothing is left to be weighed. */
export const COPY_WEIGHT = 40_000

export interface Weigher {
  /** Millibits, prior included. `levels` are those of comparison 0, 1, … at `from`. */
  weight(a: number, b: number, levels: Uint8Array, from: number): number
  /** Levels of a pair, then its weight. */
  pair(a: number, b: number): number
}

/** By code: millibits that agreement on this value adds to agreement on an average one. */
function rarity({ values: { counts } }: Comparer): Int32Array {
  let records = 0
  let pairs = 0
  for (let code = 1; code < counts.length; code++) {
    records += counts[code]!
    pairs += counts[code]! * (counts[code]! - 1)
  }
  const chance = Math.max(2, pairs) / (records * Math.max(1, records - 1))
  const byCount = new Map<number, number>()
  return Int32Array.from(counts, (count, code) => {
    if (code === 0) return 0
    let found = byCount.get(count)
    if (found === undefined) {
      found = Math.max(-MOST_RARITY, Math.min(MOST_RARITY, Math.round(1000 * log2((chance * records) / Math.max(2, count)))))
      byCount.set(count, found)
    }
    return found
  })
}

export function createWeigher(comparers: readonly Comparer[], levelsOf: Levels, { comparisons, together, prior }: LinkModel): Weigher {
  const weights = comparisons.map(({ levels }) => Int32Array.from([0, ...levels.map(({ weight }) => weight)]))
  const rare = comparers.map((comparer, at) => (comparisons[at]!.term_frequency ? rarity(comparer) : undefined))
  const twice = together.map(({ x, y, weights: joint }) => ({ x, y, width: joint[0]!.length + 1, flat: Int32Array.from([...new Array<number>(joint[0]!.length + 1).fill(0), ...joint.flatMap(row => [0, ...row])]) }))
  const own = new Uint8Array(comparers.length)
  function weight(a: number, _b: number, levels: Uint8Array, from: number): number {
    let sum = prior
    for (let at = 0; at < comparers.length; at++) {
      const level = levels[from + at]!
      if (level === 0) continue
      let part = weights[at]![level]!
      const adjust = rare[at]
      const { exact, values } = comparers[at]!
      if (adjust !== undefined && level <= exact) part = Math.max(0, Math.min(MOST_AGREEMENT, part + adjust[values.codes[a]!]!))
      sum += part
    }
    for (let at = 0; at < twice.length; at++) {
      const { x, y, width, flat } = twice[at]!
      sum += flat[levels[from + x]! * width + levels[from + y]!]!
    }
    return sum
  }
  return {
    weight,
    pair(a, b) {
      levelsOf(a, b, own)
      return weight(a, b, own, 0)
    }
  }
}

/** The probability, in millionths, that goes with a weight in millibits. */
export function probabilityOf(weight: number): number {
  return Math.round(1e6 * (1 - 1 / (1 + exp2(Math.max(-60, Math.min(60, weight / 1000))))))
}

/** The same; weights come again and again, and each is looked at once. */
export function rememberedProbability(): (weight: number) => number {
  const known = new Map<number, number>()
  return weight => {
    let probability = known.get(weight)
    if (probability === undefined) known.set(weight, (probability = probabilityOf(weight)))
    return probability
  }
}
