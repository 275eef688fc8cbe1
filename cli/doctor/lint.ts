/** References inside a profile that lead nowhere: the schema cannot see them, and they would have no effect. */
import type { JsonObject } from '../../kernel/types.ts'
import type { Field, Profile } from '../../schemas/generated/profile.ts'
import { didYouMean } from '../did-you-mean.ts'

/** One line for each fault of a resolved configuration; none for a profile that infers its fields. */
export function lintProfile(identity: JsonObject): string[] {
  const { refine, compliance, ingest } = identity as Pick<Profile, 'refine' | 'compliance' | 'ingest'>
  const fields = refine?.fields ?? []
  if (fields.length === 0) return []
  const groups = refine?.groups ?? {}
  const names = new Set(fields.map(({ name }) => name))
  const members = new Set(Object.entries(groups).flatMap(([group, { fields: inner }]) => inner.map(({ name }) => `${group}.${name}`)))
  const notes: string[] = []
  const need = (where: string, name: string | undefined, known: Iterable<string>): void => {
    if (name === undefined || [...known].includes(name)) return
    const hint = didYouMean(name, known)
    notes.push(`${where} names ${name}, which is not a field${hint === '' ? '' : `; ${hint}`}`)
  }
  const twice = (where: string, list: readonly Field[]): void => {
    const seen = new Map<string, string>()
    for (const { name } of list) {
      if (seen.has(name)) notes.push(`${where} has the field ${name} twice`)
      seen.set(name, name)
    }
    const words = new Map<string, string>()
    for (const { name, synonyms } of list) {
      for (const word of synonyms ?? []) {
        const plain = word.trim().toLowerCase()
        const other = words.get(plain)
        if (other !== undefined && other !== name) notes.push(`${where}: the synonym "${word}" stands for both ${other} and ${name}`)
        words.set(plain, name)
      }
    }
  }
  twice('refine.fields', fields)
  for (const [group, { fields: inner, identity: same, prefer }] of Object.entries(groups)) {
    const own = new Set(inner.map(({ name }) => name))
    twice(`refine.groups.${group}.fields`, inner)
    for (const name of same ?? []) need(`refine.groups.${group}.identity`, name, own)
    need(`refine.groups.${group}.prefer.invalid`, prefer?.invalid, own)
    need(`refine.groups.${group}.prefer.role`, prefer?.role, own)
  }
  for (const key of refine?.merge?.keys ?? []) if (key !== '*') need('refine.merge.keys', key, names)
  need('refine.merge.recency', refine?.merge?.recency, names)
  for (const name of Object.keys(refine?.score?.weights ?? {})) need('refine.score.weights', name, names)
  for (const name of compliance?.pii_fields ?? []) need('compliance.pii_fields', name, name.includes('.') ? members : names)
  for (const field of fields) {
    need(`refine.fields ${field.name}.rest`, field.rest, names)
    const derive = field.derive as Record<string, string> | undefined
    for (const key of ['slug', 'country_of', 'alias_of', 'status_of']) need(`refine.fields ${field.name}.derive.${key}`, derive?.[key], names)
    if (derive?.['group'] !== undefined) need(`refine.fields ${field.name}.derive`, `${derive['group']}.${derive['field']}`, members)
  }
  for (const source of ingest?.sources ?? []) {
    for (const sheet of source.sheets ?? []) {
      if (sheet.group !== undefined && !Object.hasOwn(groups, sheet.group)) notes.push(`ingest.sources ${source.match} names the group ${sheet.group}, which is not declared`)
      for (const target of Object.values(sheet.columns ?? {})) {
        if (target === null || target === 'key') continue
        const plain = target.replace(/\/(given|family)$/, '')
        need(`ingest.sources ${source.match}`, plain, plain.includes('.') ? members : names)
      }
    }
  }
  return notes
}
