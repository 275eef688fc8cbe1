/** What is odd in a profile without being wrong: references that lead nowhere, and words that stand for two fields. */
import { dotted } from '../../kernel/config/place.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Field, Profile } from '../../schemas/generated/profile.ts'
import { referenceFaults } from '../config/references.ts'

/** One line for each fault of a resolved configuration. */
export function lintProfile(identity: JsonObject): string[] {
  const { refine } = identity as Pick<Profile, 'refine'>
  const notes = referenceFaults(identity).map(({ path, message, suggestion }) => `${dotted(path)}: ${message}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`)
  const twice = (where: string, list: readonly Field[]): void => {
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
  twice('refine.fields', refine?.fields ?? [])
  for (const [group, { fields }] of Object.entries(refine?.groups ?? {})) twice(`refine.groups.${group}.fields`, fields)
  return notes
}
