/** What the profile says of linkage: the block `refine.linkage`. */
import type { Linkage } from '../../schemas/generated/profile.ts'
import { log2 } from './logarithm.ts'
import type { LinkField, LinkType } from './stages.ts'

export interface LinkSettings extends Linkage {
  readonly match: number
  readonly review: number
  readonly floor: number
}

/** What the profile says that columns mean: what it says of their comparison goes before their type. */
export function declaredTypes({ types = {}, comparisons = {} }: LinkSettings): Map<string, LinkType> {
  const declared = new Map<string, LinkType>()
  for (const [name, type] of Object.entries(types)) if (type !== 'ignored') declared.set(name, type)
  for (const [name, { kind }] of Object.entries(comparisons)) if (kind !== undefined) declared.set(name, kind)
  return declared
}

/** The columns that the profile leaves out: those it lists, and those it gives the type `ignored`. */
export function ignoredColumns({ ignore = [], types = {} }: LinkSettings): readonly string[] {
  return [...ignore, ...Object.keys(types).filter(name => types[name] === 'ignored')]
}

/** The fields, those marked of which the profile says how they are compared. */
export function withNamed(fields: readonly LinkField[], { comparisons = {} }: LinkSettings): readonly LinkField[] {
  return fields.map(field => (Object.hasOwn(comparisons, field.name) ? { ...field, named: true } : field))
}

/** The weight, in millibits, of a probability. */
export function weightOf(probability: number): number {
  return Math.round(1000 * log2(probability / (1 - probability)))
}
