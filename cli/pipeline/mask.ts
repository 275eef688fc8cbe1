/** Personal values as they may be shown: recognisable to who knows them, useless to who does not. */
import type { DatasetSchema } from '../../operators/model/stages.ts'
import type { JsonObject } from '../../kernel/types.ts'

/** Keeps the first letter or digit of every word and what stands between words: `N••••• M••••••`. */
export function maskText(text: string): string {
  let inside = false
  let out = ''
  for (const sign of text) {
    const isWord = /[\p{L}\p{N}]/u.test(sign)
    out += isWord && inside ? '•' : sign
    inside = isWord
  }
  return out
}

const PERSONAL: ReadonlySet<string> = new Set(['person-name', 'email', 'phone', 'address'])

/**
 * Whether a column (`field` or `group.field`) may hold personal values: by its type, because the profile lists it,
 * or because nothing is known of it (an extra).
 */
export function isPersonal(schema: DatasetSchema, config: JsonObject, column: string): boolean {
  const listed = ((config['compliance'] as JsonObject | undefined)?.['pii_fields'] as readonly string[] | undefined) ?? []
  if (listed.includes(column)) return true
  const [group, inner] = column.split('.')
  const field = inner === undefined ? schema.fields.find(({ name }) => name === column) : schema.groups[group!]?.fields.find(({ name }) => name === inner)
  if (field === undefined) return true
  if (PERSONAL.has(field.type ?? 'text')) return true
  const derive = field.derive as { readonly group?: string; readonly field?: string; readonly lineage?: string } | undefined
  if (derive?.group !== undefined) return isPersonal(schema, config, `${derive.group}.${derive.field}`)
  return derive?.lineage === 'provenance'
}
