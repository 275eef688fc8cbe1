/** On what ground each personal column is processed. */
import type { Profile } from '../../schemas/generated/profile.ts'
import type { DatasetSchema } from '../model/stages.ts'

export type Compliance = NonNullable<Profile['compliance']>
export type LawfulBasis = NonNullable<Compliance['lawful_basis']>[string]

/** The ground that the profile gives for a target: its own, that of the member it is picked from, or that of all others. */
export function lawfulBasisOf(target: string, { lawful_basis: given = {} }: Compliance, schema: DatasetSchema): LawfulBasis | undefined {
  const derive = schema.fields.find(({ name }) => name === target)?.derive
  const origin = derive !== undefined && 'pick' in derive ? `${derive.group}.${derive.field}` : derive !== undefined && 'slug' in derive ? derive.slug : target
  return [target, origin, '*'].map(name => (Object.hasOwn(given, name) ? given[name] : undefined)).find(basis => basis !== undefined)
}
