/** What the profile says of comparisons, checked against those that are made. */
import { HotpassError } from '../../../kernel/error.ts'
import { nearest } from '../../../kernel/suggest.ts'
import type { LinkSettings } from '../settings.ts'
import type { FixedLevels, LinkField } from '../stages.ts'
import type { Comparer } from './comparer.ts'

/** What shares of levels may differ from 1 together: they are printed rounded. */
const ROUNDING = 0.01

/** For a name in the profile that is no comparison's and no field's. */
export function unknownName(name: string, key: string, comparers: readonly Comparer[]): HotpassError {
  const names = comparers.map(comparer => comparer.name)
  const close = nearest(name, names)
  return new HotpassError('E_UNKNOWN_NAME', `the records have no field or comparison "${name}", which ${key} names`, { hint: close === undefined ? `compared are ${names.slice(0, 12).join(', ')}` : `did you mean "${close}"?` })
}

function assertShares(shares: readonly number[], key: string, { name, labels }: Comparer): void {
  if (shares.length !== labels.length) throw new HotpassError('E_CONFIG', `${key} has ${shares.length} shares, but the comparison "${name}" has ${labels.length} levels: ${labels.join('; ')}`, { hint: 'give one share for each level, best first, as `resolve --explain-plan` prints them' })
  const sum = shares.reduce((all, share) => all + share, 0)
  if (Math.abs(sum - 1) > ROUNDING) throw new HotpassError('E_CONFIG', `${key} adds up to ${Math.round(sum * 1000) / 1000}, not to 1`, { hint: 'give the share of each level among all pairs of which both values are known' })
}

/**
 * By comparison, in their order: what the profile fixes. Names of fields that are not compared by themselves here are handed
 * to `unused`. Throws E_UNKNOWN_NAME and E_CONFIG.
 */
export function fixedLevels({ comparisons = {} }: LinkSettings, comparers: readonly Comparer[], fields: readonly LinkField[], unused: (name: string) => void): readonly (FixedLevels | undefined)[] {
  for (const [name, { kind, m, u }] of Object.entries(comparisons)) {
    const key = `refine.linkage.comparisons.${name}`
    const made = comparers.find(comparer => comparer.name === name)
    if (made === undefined) {
      if (!fields.some(field => field.name === name)) throw unknownName(name, 'refine.linkage.comparisons', comparers)
      unused(name)
      continue
    }
    if (kind !== undefined && kind !== made.type) throw new HotpassError('E_CONFIG', `${key}.kind is ${kind}, but several fields together are compared as ${made.type} alone`, { hint: `leave it out, or give the kinds of ${made.fields.join(', ')}` })
    if (m !== undefined) assertShares(m, `${key}.m`, made)
    if (u !== undefined) assertShares(u, `${key}.u`, made)
  }
  return comparers.map(({ name }) => {
    const { kind: _, ...fixed } = Object.hasOwn(comparisons, name) ? comparisons[name]! : {}
    return Object.keys(fixed).length === 0 ? undefined : fixed
  })
}
