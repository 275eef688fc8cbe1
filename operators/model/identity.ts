/** Which field names an entity. */
import type { Field } from '../../schemas/generated/profile.ts'

/**
 * The field that names an entity: a merge key that is an organisation name, else the first merge key, else the first
 * organisation name, else the first required field, else the first field.
 */
export function identityOf(fields: readonly Field[], mergeKeys: readonly string[]): Field | null {
  const keys = mergeKeys.flatMap(key => fields.find(field => field.name === key) ?? [])
  const isName = (field: Field): boolean => field.type === 'organisation-name'
  return keys.find(isName) ?? keys[0] ?? fields.find(isName) ?? fields.find(field => field.required === true) ?? fields[0] ?? null
}
