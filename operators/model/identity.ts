/** Which field names an entity. */
import type { Field } from '../../schemas/generated/profile.ts'

/** The field that names an entity: the first organisation name, else the first merge key, else the first required field, else the first field. */
export function identityOf(fields: readonly Field[], mergeKeys: readonly string[]): Field | null {
  return (
    fields.find(field => field.type === 'organisation-name') ??
    fields.find(field => mergeKeys.includes(field.name)) ??
    fields.find(field => field.required === true) ??
    fields[0] ??
    null
  )
}
