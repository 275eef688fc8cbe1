import type { Frame } from '../../kernel/artifact/table.ts'
import { tableOf } from '../../kernel/artifact/table.ts'
import type { ValidMeta } from '../model/stages.ts'

/** Codes of the columns whose values tell entities apart: identifiers of which an entity has one. */
export function strongIdentifiers(valid: Frame<ValidMeta>): readonly Uint32Array[] {
  const { columns } = tableOf(valid, 'records')
  const strong = valid.meta.schema.fields.filter(field => field.type === 'identifier' && field.multiple !== true && field.derive === undefined && field.constant === undefined)
  return strong.flatMap(({ name }) => columns.find(column => column.name === name)?.codes ?? [])
}
