/** Which columns of a run's records are evidence that two rows are one entity, and how each is compared. */
import { ITEM_SEPARATOR, tableOf, type Column, type Frame } from '../../../kernel/artifact/table.ts'
import { columnFrom } from '../../../kernel/artifact/builder.ts'
import { HotpassError } from '../../../kernel/error.ts'
import { nearest } from '../../../kernel/suggest.ts'
import type { Field } from '../../../schemas/generated/profile.ts'
import type { ValidMeta } from '../../model/stages.ts'
import { equalRows } from '../records/copies.ts'
import { inferFields } from '../fields/infer.ts'
import { declaredTypes, ignoredColumns, withNamed, type LinkSettings } from '../settings.ts'
import type { LinkField, LinkType } from '../stages.ts'

/** How the semantic types of a profile are compared; free text is told from its values. */
const COMPARED: ReadonlyMap<string, LinkType> = new Map([
  ['organisation-name', 'organisation-name'],
  ['person-name', 'person-name'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['url', 'url'],
  ['date', 'date'],
  ['address', 'address'],
  ['identifier', 'identifier'],
  ['number', 'number'],
  ['currency', 'number'],
  ['region', 'category'],
  ['country', 'category'],
  ['category', 'category'],
  ['boolean', 'category']
])

export interface Evidence {
  /** One value per cell, of the rows that go on. */
  readonly columns: readonly Column[]
  readonly fields: readonly LinkField[]
  /** For each record the first that says the same; itself when none does. */
  readonly equal: Uint32Array
}

/** The rows named, with the first item of each list. */
function taken({ name, values, codes }: Column, rows: Uint32Array): Column {
  const first = values.map(value => (value.includes(ITEM_SEPARATOR) ? value.slice(0, value.indexOf(ITEM_SEPARATOR)) : value))
  return columnFrom(name, Array.from(rows, row => (codes[row] === 0 ? null : first[codes[row]! - 1]!)))
}

const isComputed = ({ derive, constant }: Field): boolean => derive !== undefined || constant !== undefined

/**
 * Evidence of the rows named (from 0). The fields of the profile are; what is computed, the key that ties satellites to
 * entities, and the row's source are not; columns that no field takes are when `types` names them. Throws E_UNKNOWN_NAME.
 */
export function evidenceOf(valid: Frame<ValidMeta>, rows: Uint32Array, settings: LinkSettings): Evidence {
  const { schema } = valid.meta
  const declared = new Map<string, LinkType>()
  for (const { name, type } of schema.fields) {
    const compared = COMPARED.get(type ?? 'text')
    if (compared !== undefined) declared.set(name, compared)
  }
  const names = [...schema.fields.filter(field => !isComputed(field)).map(({ name }) => name), ...schema.extras]
  for (const name of [...Object.keys(settings.types ?? {}), ...(settings.ignore ?? [])]) {
    if (names.includes(name)) continue
    const close = nearest(name, names)
    throw new HotpassError('E_UNKNOWN_NAME', `the records have no field "${name}", which refine.linkage names`, { hint: close === undefined ? `they have ${names.slice(0, 12).join(', ')}` : `did you mean "${close}"?` })
  }
  const said = declaredTypes(settings)
  for (const [name, type] of said) declared.set(name, type)
  const ignore = new Set([...schema.extras.filter(name => !said.has(name)), ...ignoredColumns(settings)])
  const columns = tableOf(valid, 'records').columns.filter(({ name }) => names.includes(name)).map(column => taken(column, rows))
  const equal = equalRows(columns.filter(({ name }) => !ignore.has(name)), rows.length)
  return { columns, fields: withNamed(inferFields(columns, declared, ignore, equal), settings), equal }
}
