import { HotpassError } from '../../kernel/error.ts'
import type { JsonObject } from '../../kernel/types.ts'

/** Refuses thresholds of linkage that are out of order. Throws E_CONFIG. */
export function assertThresholds(identity: JsonObject): void {
  const { match, review, floor } = ((identity['refine'] as JsonObject)['linkage'] ?? {}) as { readonly match: number; readonly review: number; readonly floor: number }
  if (review > match) throw new HotpassError('E_CONFIG', `the review threshold (${review}) is above the match threshold (${match})`, { hint: 'pairs from --review-threshold up to --match-threshold are for people, those above are merged: give review < match' })
  if (floor > review) throw new HotpassError('E_CONFIG', `the threshold for keeping pairs (${floor}) is above the review threshold (${review})`, { hint: 'give --threshold a value below --review-threshold' })
}
