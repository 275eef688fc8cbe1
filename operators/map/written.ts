/** Recognises what Hotpass itself wrote, so that a refined dataset can be refined again. */
import type { Field, Group } from '../../schemas/generated/profile.ts'
import { QUARANTINE_COLUMNS } from '../model/stages.ts'
import { headerKey } from '../model/header.ts'
import type { Targets } from './targets.ts'

/** What a table is when Hotpass wrote it: its data, the members of a group, or something beside them. */
export type Written = { readonly kind: 'data' } | { readonly kind: 'group'; readonly group: string } | { readonly kind: 'other' } | null

const CONFLICTS = ['entity_key', 'field', 'kept', 'lost', 'rule']

function hasAll(headers: ReadonlySet<string>, names: readonly string[]): boolean {
  return names.every(name => headers.has(headerKey(name)))
}

/** Exactly the columns of a group as it is exported: the entity's key, the group's fields, and the mark of the primary member. */
function isGroup(headers: ReadonlySet<string>, group: Group, key: Field | undefined): boolean {
  const names = [...group.fields.map(field => field.name), ...(key === undefined ? [] : [key.name])]
  return headers.size === names.length + 1 && hasAll(headers, names) && (headers.has('primary') || headers.has('isprimary'))
}

/** What a table is, by the workbook's properties and the sheet's name, or by its columns alone. */
export function writtenKind(properties: { readonly [name: string]: string }, sheet: string, columns: readonly string[], targets: Targets | null, groups: { readonly [name: string]: Group }): Written {
  const headers = new Set(columns.filter(text => text !== '').map(headerKey))
  const byProperty = Object.hasOwn(properties, 'hotpass.run_id')
  const key = targets?.slug ?? targets?.all[0]?.field
  if (byProperty) {
    // A table that is too long for a sheet goes on in further sheets, with a number after the name.
    const name = sheet.toLowerCase().replace(/[ _]*\(?\d+\)?$/, '')
    if (name === 'data') return { kind: 'data' }
    const group = Object.keys(groups).find(each => each.toLowerCase() === sheet.toLowerCase()) ?? Object.keys(groups).find(each => each.toLowerCase() === name || isGroup(headers, groups[each]!, key))
    return group === undefined ? { kind: 'other' } : { kind: 'group', group }
  }
  if (hasAll(headers, QUARANTINE_COLUMNS) || (hasAll(headers, CONFLICTS) && headers.size >= CONFLICTS.length + 3)) return { kind: 'other' }
  if (targets === null) return null
  for (const group of Object.keys(groups)) if (isGroup(headers, groups[group]!, key)) return { kind: 'group', group }
  const fields = new Set(targets.all.filter(target => target.group === '').map(target => target.field))
  if (fields.size < 4) return null
  // The dataset has a column for every field, under the field's own name.
  const named = targets.all.filter(target => target.group === '' && !target.id.includes('/'))
  const present = named.filter(target => [...target.names].some(([name, confidence]) => confidence === 1 && headers.has(name)))
  return present.length === named.length ? { kind: 'data' } : null
}
