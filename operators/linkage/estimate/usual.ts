/**
 * Shares of levels as they usually are, for so few records that nothing can be learned from them. They follow the
 * starting values that Splink's documentation recommends (matches agree in most fields; others agree as often as chance
 * has it), by semantic type, rounded.
 */
import type { Comparer } from '../compare/comparer.ts'
import { exp2, log2 } from '../logarithm.ts'
import type { LinkType } from '../stages.ts'
import type { Estimate } from './em.ts'

/** Records that say different things, up to which usual shares are taken. */
export const FEW = 50

/** How often two others have the same value, and how often two records of one thing have values without likeness. */
const USUAL: { readonly [type in LinkType]: readonly [same: number, different: number] } = {
  'given-name': [0.02, 0.06], 'family-name': [0.01, 0.06], 'person-name': [0.001, 0.04], 'organisation-name': [0.001, 0.04],
  email: [0.0005, 0.15], phone: [0.0005, 0.12], url: [0.001, 0.15], date: [0.002, 0.04], address: [0.001, 0.15], identifier: [0.005, 0.1],
  number: [0.03, 0.2], category: [0.25, 0.1], title: [0.001, 0.05], text: [0.001, 0.2], word: [0.03, 0.15]
}
/** Of matches and of others: first and last name swapped. */
const SWAPPED = [0.02, 0.0002] as const
/** The least likeness that is a level of its own comes by chance as often as this. */
const LEAST_LIKE = 0.15
/** Share of records that have a match among few, and the most that is believed of any pair. */
const [MATCHED, MOST] = [1 / 3, 0.2]

export function usualShares(comparers: readonly Comparer[], records: number, possible: number): Estimate {
  const shares = comparers.map(({ labels, type }) => {
    const swap = labels.findIndex(label => label.startsWith('swapped'))
    const levels = swap < 0 ? labels.length : labels.length - 1
    const [same, different] = USUAL[type]
    const between = levels - 2
    const ratio = exp2(log2(LEAST_LIKE / Math.min(LEAST_LIKE / 2, same)) / Math.max(1, between))
    const u: number[] = []
    for (let level = 0, share = Math.min(LEAST_LIKE / 2, same) * ratio; level < between; level++, share *= ratio) {
      u.push(share)
    }
    const like = between === 0 ? 0 : 0.8 * (1 - different) * 0.3
    const matches = [1 - different - like, ...u.map(() => like / between), different]
    const others = [same, ...u, 1 - same - u.reduce((sum, share) => sum + share, 0)]
    return swap < 0 ? { m: matches, u: others } : { m: [...matches, SWAPPED[0]], u: [...others, SWAPPED[1]] }
  })
  return { m: shares.map(({ m }) => m), u: shares.map(({ u }) => u), lambda: Math.min(MOST, (MATCHED * records) / Math.max(1, possible)), iterations: 0, converged: true }
}
