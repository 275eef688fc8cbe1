/** What columns can mean: the profile's fields, the members of its groups, the parts of a name, the key. */
import type { Field, Profile } from '../../schemas/generated/profile.ts'
import { headerKey, headerWords } from '../model/header.ts'
import { identityOf } from '../model/identity.ts'

export interface Target {
  /** As in ColumnMapping. */
  readonly id: string
  readonly field: Field
  /** '' for a field of the entity. */
  readonly group: string
  /** The field shows members of a group: only its very name means it, so that it takes no column from the group. */
  readonly picks: boolean
  /** Several columns may feed it. */
  readonly several: boolean
  /** The field is computed anew in every run. */
  readonly recomputed: boolean
  /** Header key to confidence. */
  readonly names: ReadonlyMap<string, number>
  /** Names as words, for similarity. */
  readonly words: readonly (readonly string[])[]
}

export interface Targets {
  readonly all: readonly Target[]
  /** Header keys that mean the key. */
  readonly key: ReadonlySet<string>
  /** The field that names the entity. */
  readonly identity: Field | null
  /** The field that holds the entity's slug, or null. */
  readonly slug: Field | null
}

/** Confidence of a name: the field's own name or title, a synonym, a group field's bare name. */
export const OWN_NAME = 1
export const SYNONYM = 0.95
const BARE_NAME = 0.9

function target(id: string, field: Field, group: string, names: readonly (readonly [string, number])[], several: boolean, picks = false): Target {
  const known = new Map<string, number>()
  const words: (readonly string[])[] = []
  for (const [name, confidence] of names) {
    const key = headerKey(name)
    if (key === '') continue
    if ((known.get(key) ?? 0) < confidence) known.set(key, confidence)
    words.push(headerWords(name))
  }
  // The flags come in again: they remember what was refused when the dataset was made.
  const recomputed = field.derive !== undefined && 'score' in field.derive && field.derive.score === 'quality'
  return { id, field, group, picks, several, recomputed, names: known, words }
}

const own = (field: Field): (readonly [string, number])[] => [[field.name, OWN_NAME], ...(field.title === undefined ? [] : [[field.title, OWN_NAME] as const])]
const synonyms = (names: readonly string[] | undefined): (readonly [string, number])[] => (names ?? []).map(name => [name, SYNONYM])

/** All targets of a profile with declared fields. */
export function targetsOf(refine: NonNullable<Profile['refine']>): Targets {
  const all: Target[] = []
  const fields = refine.fields ?? []
  const groups = refine.groups ?? {}
  for (const field of fields) {
    const picks = field.derive !== undefined && 'pick' in field.derive
    // An address may be spread over columns; its parts are put together again.
    const several = field.multiple === true || field.type === 'address'
    all.push(target(field.name, field, '', [...own(field), ...synonyms(field.synonyms)], several, picks))
    pushParts(all, field, '')
  }
  for (const name of Object.keys(groups)) {
    for (const field of groups[name]!.fields) {
      const bare = own(field).map(([text]) => [text, BARE_NAME] as const)
      all.push(target(`${name}.${field.name}`, field, name, [[`${name} ${field.name}`, OWN_NAME], ...bare, ...synonyms(field.synonyms)], true))
      pushParts(all, field, name)
    }
  }
  const key = new Set((refine.key?.synonyms ?? []).map(headerKey))
  const slug = fields.find(field => field.derive !== undefined && 'slug' in field.derive) ?? null
  return { all, key, identity: identityOf(fields, refine.merge?.keys ?? []), slug }
}

function pushParts(all: Target[], field: Field, group: string): void {
  const base = group === '' ? field.name : `${group}.${field.name}`
  for (const part of ['given', 'family'] as const) {
    const names = field[part]
    if (names !== undefined) all.push(target(`${base}/${part}`, field, group, synonyms(names), true))
  }
}
