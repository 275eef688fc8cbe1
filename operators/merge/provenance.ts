/** The row that each value of an entity came from, as JSON. */
import { columnOf, integersOf, tableOf } from '../../kernel/artifact/table.ts'
import { canonicalJson } from '../../kernel/json.ts'
import type { Json } from '../../kernel/types.ts'
import { derivationOf, type Merged, type Merging } from './fields.ts'
import type { Lineage } from './lineage.ts'

/**
 * Provenance that a refined dataset brought: field to canonical JSON of its origin. Empty when the text is no such
 * JSON, which a person may have edited.
 */
export function broughtProvenance(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return found
    for (const [field, origin] of Object.entries(value)) found.set(field, canonicalJson(origin as Json))
  } catch {
    found.clear()
  }
  return found
}

/** Writes canonical JSON of field → `{record, source}`, or a list of them where several records contributed. */
export function provenanceWriter(merged: ReadonlyMap<string, Merged>, { valid, roster, groups }: Merging, lineage: Lineage, bring: (record: number) => string | null): (entity: number) => string {
  const records = tableOf(valid, 'records')
  const { schema } = valid.meta
  const told = schema.fields
    .filter(({ derive }) => derive === undefined || 'pick' in derive || 'alias_of' in derive)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(field => {
      const pick = derivationOf(field, 'pick')
      const group = pick === undefined ? undefined : groups.get(pick.group)
      const table = group === undefined ? undefined : tableOf(valid, group.name)
      return {
        name: field.name,
        merged: merged.get(field.name)!,
        given: columnOf(records, field.name) ?? columnOf(records, `${derivationOf(field, 'alias_of')?.alias_of ?? ''}#alias`),
        feeders: schema.fields.filter(({ rest }) => rest === field.name).flatMap(({ name }) => {
          const values = columnOf(records, name)
          return values === undefined ? [] : [{ values, kept: merged.get(name)!.winners }]
        }),
        member: group?.columns.find(({ name }) => name === pick!.field),
        group,
        places: table === undefined ? undefined : { source: integersOf(table, 'source'), row: integersOf(table, 'row'), record: integersOf(table, 'record') }
      }
    })
  return entity => {
    const from = roster.offsets[entity]!
    const end = roster.offsets[entity + 1]!
    const alone = end - from === 1 ? bring(roster.records[from]!) : null
    if (alone !== null && broughtProvenance(alone).size > 0) return alone
    let text = ''
    const add = (name: string, origin: string): void => void (text += `${text === '' ? '' : ','}"${name}":${origin}`)
    const known = new Map<number, ReadonlyMap<string, string>>()
    for (let at = from; at < end; at++) {
      const text = bring(roster.records[at]!)
      if (text !== null) known.set(roster.records[at]!, broughtProvenance(text))
    }
    for (const { name, merged: { column, winners }, given, feeders, member, group, places } of told) {
      if (column.codes[entity] === 0) continue
      const winner = winners[entity]!
      if (winner !== 0 && known.size === 0) {
        add(name, group === undefined ? lineage.originOf(winner - 1) : lineage.originAt(places!.source[winner - 1]!, places!.row[winner - 1]!))
        continue
      }
      const origins = new Set<string>()
      if (group !== undefined) {
        for (let row = group.offsets[entity]!; row < group.offsets[entity + 1]!; row++) {
          const reference = group.from[row]!
          if (reference === 0 || member === undefined || member.codes[row] === 0 || (winner !== 0 && winner !== reference)) continue
          const history = known.get(places!.record[reference - 1]! - 1)
          const origin = history === undefined ? lineage.originAt(places!.source[reference - 1]!, places!.row[reference - 1]!) : history.get(name)
          if (origin !== undefined) origins.add(origin)
        }
      } else {
        for (let at = from; at < end; at++) {
          const record = roster.records[at]!
          if (given === undefined || given.codes[record] === 0 || (winner !== 0 && winner !== record + 1)) continue
          const origin = known.has(record) ? known.get(record)!.get(name) : lineage.originOf(record)
          if (origin !== undefined) origins.add(origin)
        }
        // What lost in another field and was handed on to this one.
        for (const { values, kept } of winner === 0 ? feeders : []) {
          for (let at = from; at < end; at++) {
            const record = roster.records[at]!
            if (values.codes[record] !== 0 && kept[entity] !== record + 1) origins.add(known.get(record)?.get(name) ?? lineage.originOf(record))
          }
        }
      }
      if (origins.size === 0) for (const fields of known.values()) if (fields.has(name)) origins.add(fields.get(name)!)
      if (origins.size > 0) add(name, origins.size === 1 ? [...origins][0]! : `[${[...origins].join(',')}]`)
    }
    return `{${text}}`
  }
}
