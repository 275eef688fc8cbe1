/** Where a field's values stand in each source: its columns, by target. */
import type { DatasetSchema, Source } from '../model/stages.ts'

/** The columns of one source that feed one column of the records. */
export interface Place {
  /** Column letter; '' when several columns feed the field, or none does. */
  readonly letter: string
  /** Header text; several joined by ` / `. */
  readonly header: string
}

const NOWHERE: Place = { letter: '', header: '' }

/** `field` or `group.field` of a mapped column, without the part of a name; null when unmapped. */
export function targetOf(target: string): string {
  const slash = target.indexOf('/')
  return slash < 0 ? target : target.slice(0, slash)
}

/** Looks up the place of a target (or of an extra column, by its name) in a source; sources are numbered from 0. */
export function placesOf(sources: readonly Source[]): (source: number, target: string) => Place {
  const index = sources.map(source => {
    const places = new Map<string, Place>()
    for (const column of source.columns) {
      const name = column.target === null ? column.extra : targetOf(column.target)
      if (name === null) continue
      const before = places.get(name)
      const header = column.header === '' ? `[${column.letter}]` : column.header
      places.set(name, before === undefined ? { letter: column.letter, header } : { letter: '', header: `${before.header} / ${header}` })
    }
    return places
  })
  return (source, target) => index[source]?.get(target) ?? NOWHERE
}

/** Targets of all declared fields, of the entity and of its groups. */
export function declaredTargets(schema: DatasetSchema): Set<string> {
  const targets = new Set(schema.fields.map(field => field.name))
  for (const name of Object.keys(schema.groups)) for (const field of schema.groups[name]!.fields) targets.add(`${name}.${field.name}`)
  return targets
}
