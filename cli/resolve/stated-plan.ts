/** A plan of linkage as the part of a profile that states it. */
import type { JsonObject } from '../../kernel/types.ts'
import type { LinkPlan } from '../../operators/linkage/stages.ts'

/** Put into a profile, it makes the same comparisons and finds the same candidates in the same file, so the same clusters. */
export function statedPlan(plan: LinkPlan | undefined): JsonObject {
  const comparisons = Object.fromEntries((plan?.comparisons ?? []).map(({ name, type, fixed }) => [name, { kind: type, ...fixed }]))
  const blocking = (plan?.rules ?? []).filter(({ used }) => used).map(({ fields, kind, limit }) => ({ fields, kind, limit }))
  return { refine: { linkage: { comparisons, ...(blocking.length === 0 ? {} : { blocking }) } } } as unknown as JsonObject
}
