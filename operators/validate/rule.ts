/** The rules that a profile sets on one field, as one check of one value. */
import type { Field } from '../../schemas/generated/profile.ts'
import { compilePattern } from './pattern.ts'

/** Why a value was refused: a stable reason code and a sentence without the value. */
export interface Refusal {
  readonly reason: 'PATTERN_MISMATCH' | 'VALUE_NOT_ALLOWED' | 'BELOW_MINIMUM' | 'ABOVE_MAXIMUM'
  readonly detail: string
}
export type Check = (item: string) => Refusal | null

const NUMERIC = new Set(['number', 'currency'])
const DECIMAL = /-?\d+(?:\.\d+)?/

/** The number in normalised text such as `1234.5` or `ZAR 1234.5`; null when there is none. */
export function numberIn(text: string): number | null {
  const found = DECIMAL.exec(text)
  return found === null ? null : Number(found[0])
}

/**
 * -1, 0 or 1: how a value lies to a bound. Numbers compare as numbers, anything else (ISO dates) by code unit; a
 * bound that is a day covers all of the day. Null when they cannot be compared.
 */
export function compareToBound(item: string, bound: number | string, numeric: boolean): number | null {
  if (numeric || typeof bound === 'number') {
    const value = numberIn(item)
    const limit = typeof bound === 'number' ? bound : numberIn(bound)
    return value === null || limit === null ? null : Math.sign(value - limit)
  }
  const value = item.length > bound.length && bound.length === 10 && item[10] === 'T' ? item.slice(0, 10) : item
  return value < bound ? -1 : value > bound ? 1 : 0
}

/** The field's value rules as one function, or null when it has none. Throws E_PROFILE on a pattern that cannot be used. */
export function checkOf(field: Field, target: string): Check | null {
  const matches = field.pattern === undefined ? null : compilePattern(field.pattern, target)
  const allowed = field.enum === undefined ? null : new Set<string>(field.enum)
  const { min, max } = field
  if (matches === null && allowed === null && min === undefined && max === undefined) return null
  const numeric = NUMERIC.has(field.type ?? 'text')
  return item => {
    if (matches !== null && !matches(item)) return { reason: 'PATTERN_MISMATCH', detail: 'does not match the pattern of the field' }
    if (allowed !== null && !allowed.has(item)) return { reason: 'VALUE_NOT_ALLOWED', detail: 'is not one of the allowed values' }
    if (min !== undefined && compareToBound(item, min, numeric) === -1) return { reason: 'BELOW_MINIMUM', detail: `is below ${min}` }
    if (max !== undefined && compareToBound(item, max, numeric) === 1) return { reason: 'ABOVE_MAXIMUM', detail: `is above ${max}` }
    return null
  }
}
