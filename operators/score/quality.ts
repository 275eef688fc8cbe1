/**
 * The data quality score. Every field that has a weight gives 1 when it is filled and 0 when it is empty; the score is
 * the weighted mean:
 *
 *   quality = Σ weight × filled / Σ weight
 *
 * It is computed in integers, so that no order of summing shows, and rounded half up to four decimals.
 */
import type { Field } from '../../schemas/generated/profile.ts'

/** Weights are scaled so that the largest becomes this integer: six digits are told apart. */
const SCALE = 1_000_000

/** A field that counts, with its weight as an integer above 0. */
export interface Weighted {
  readonly field: Field
  readonly weight: number
}

/**
 * The fields that count: those that the profile weighs (0 leaves one out), or, when it weighs none, all that are
 * neither computed nor constant, equally.
 */
export function weightedFields(fields: readonly Field[], weights: Readonly<Record<string, number>>): readonly Weighted[] {
  const given = fields.filter(({ name }) => Object.hasOwn(weights, name) && weights[name]! > 0)
  if (given.length === 0) return fields.filter(({ derive, constant }) => derive === undefined && constant === undefined).map(field => ({ field, weight: 1 }))
  const largest = Math.max(...given.map(({ name }) => weights[name]!))
  return given.map(field => ({ field, weight: Math.max(1, Math.round((weights[field.name]! / largest) * SCALE)) }))
}

/** Score in ten-thousandths from the weights of what is filled and the sum of all weights. */
export function tenThousandths(filled: number, weights: number): number {
  return weights === 0 ? 0 : Math.floor((filled * 20_000 + weights) / (2 * weights))
}

/** `8571` → `0.8571`, `10000` → `1`, `5000` → `0.5`. */
export function scoreText(score: number): string {
  if (score >= 10_000) return '1'
  return score === 0 ? '0' : `0.${String(score).padStart(4, '0').replace(/0+$/, '')}`
}
