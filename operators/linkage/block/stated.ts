/** Blocking rules that the profile states, instead of those that would be chosen. */
import { HotpassError } from '../../../kernel/error.ts'
import type { BlockingRule as StatedRule } from '../../../schemas/generated/profile.ts'
import type { Comparer } from '../compare/comparer.ts'
import { unknownName } from '../compare/stated.ts'
import type { BlockingRule, LinkField } from '../stages.ts'
import { sizesOf, sizesOfLists } from './index.ts'
import { budgetOf, capped, groupsOfAll, keyListsOf, nameOfRule, type Choice } from './rules.ts'

/**
 * The rules with the pairs that each makes. A rule without a limit gets an equal share of the budget; none makes more pairs
 * than the whole of it. Throws E_UNKNOWN_NAME and E_CONFIG.
 */
export function statedRules(stated: readonly StatedRule[], comparers: readonly Comparer[], fields: readonly LinkField[], stands: Uint8Array, budget = budgetOf(stands.length)): Choice {
  const rules: BlockingRule[] = []
  const refused: BlockingRule[] = []
  const names = new Set<string>()
  for (const { fields: keys, kind = 'value', limit } of stated) {
    const name = nameOfRule(kind, keys)
    if (names.has(name)) throw new HotpassError('E_CONFIG', `refine.linkage.blocking states the rule "${name}" twice`, { hint: 'leave one of them out' })
    names.add(name)
    if (kind !== 'value' && keys.length > 1) throw new HotpassError('E_CONFIG', `refine.linkage.blocking: a rule of kind ${kind} takes one field, not ${keys.join(', ')}`, { hint: 'give each field a rule of its own' })
    const named = keys.map(key => comparers.find(comparer => comparer.name === key))
    const missing = keys.filter((_, at) => named[at] === undefined)
    for (const key of missing) if (!fields.some(field => field.name === key)) throw unknownName(key, 'refine.linkage.blocking', comparers)
    if (missing.length > 0) {
      refused.push({ name, kind, fields: keys, limit: 1, estimated_pairs: 0, used: false, reason: `${missing.join(', ')} is not compared by itself`, blocks_left_out: 0, pairs_left_out: 0 })
      continue
    }
    const sizes = kind === 'value' ? sizesOf(groupsOfAll(named as Comparer[], stands, stands.length)) : sizesOfLists(keyListsOf(kind, named[0]!), stands)
    const rule = capped(name, kind, keys, sizes, limit === undefined ? budget / stated.length : budget, limit)
    if (rule.used) rules.push({ ...rule, reason: 'the profile states it' })
    else refused.push({ ...rule, reason: 'its blocks are too large for its limit or the budget, or make no pair' })
  }
  return { rules, refused, budget }
}
