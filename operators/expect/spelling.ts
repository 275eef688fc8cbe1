/** Values as a contract says that its files write them, as the values that rules are about. */
import type { Spelling } from '../model/contract.ts'

/** A number with a point and no groups, `true` or `false`; any other text as it is. */
export function plainly(text: string, { decimal, group, yes, no }: Spelling): string {
  if (yes.includes(text)) return 'true'
  if (no.includes(text)) return 'false'
  const joined = group === '' ? text : text.split(group).join('')
  // A point is no decimal mark here: it must not become one by being left.
  return decimal === '' ? joined : [...joined].map(sign => (sign === decimal ? '.' : sign === '.' ? decimal : sign)).join('')
}
