/** What the profile says of linkage: the block `refine.linkage`. */
import type { Linkage } from '../../schemas/generated/profile.ts'
import { log2 } from './logarithm.ts'

export interface LinkSettings extends Linkage {
  readonly match: number
  readonly review: number
  readonly floor: number
}

/** The weight, in millibits, of a probability. */
export function weightOf(probability: number): number {
  return Math.round(1000 * log2(probability / (1 - probability)))
}
