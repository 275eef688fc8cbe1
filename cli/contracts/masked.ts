/** What of a file that is held against a contract is personal: a contract adds to it, and takes nothing away. */
import { renamed } from '../../kernel/artifact/dictionary.ts'
import type { Table } from '../../kernel/artifact/table.ts'
import type { Subject } from '../../operators/expect/subject.ts'
import { isPersonal } from '../../operators/masking/mask.ts'
import { createMasker, type Masker } from '../../operators/masking/masker.ts'
import type { Contract, ContractTable } from '../../operators/model/contract.ts'
import type { DatasetSchema } from '../../operators/model/stages.ts'
import { classifyColumns } from '../../operators/personal/classify.ts'
import type { Field, SemanticType } from '../../schemas/generated/profile.ts'

/** The parts of the workspace's configuration that tell of personal data. */
export interface ProfileSays {
  readonly compliance?: { readonly pii_fields?: readonly string[] }
  readonly refine?: { readonly fields?: readonly Field[]; readonly groups?: { readonly [name: string]: { readonly fields: readonly Field[] } } }
}

const EMPTY: DatasetSchema = { entity: '', inferred: false, fields: [], groups: {}, extras: [], merge_keys: [] }
const plain = (name: string): string => name.toLowerCase().replace(/[\s_\-.]+/g, ' ').trim()

/** Every header that the profile knows, with the type of its field, and whether it is personal. */
function headersOf({ compliance, refine }: ProfileSays): ReadonlyMap<string, { readonly type: SemanticType | undefined; readonly personal: boolean }> {
  const declared = new Set(compliance?.pii_fields ?? [])
  const headers = new Map<string, { readonly type: SemanticType | undefined; readonly personal: boolean }>()
  const add = (field: Field, target: string): void => {
    const personal = isPersonal(field.type) || declared.has(target) || declared.has(field.name)
    for (const header of [target, field.name, field.title ?? '', ...(field.synonyms ?? []), ...(field.given ?? []), ...(field.family ?? [])]) {
      // What is personal in one place is taken to be so in every other.
      if (header !== '' && (personal || !headers.has(plain(header)))) headers.set(plain(header), { type: field.type, personal })
    }
  }
  for (const field of refine?.fields ?? []) add(field, field.name)
  for (const [group, { fields }] of Object.entries(refine?.groups ?? {})) for (const field of fields) add(field, `${group}.${field.name}`)
  for (const target of declared) if (!headers.has(plain(target))) headers.set(plain(target), { type: undefined, personal: true })
  return headers
}

/** Masks by the contract's types, by what the workspace's profile says, by names and values of columns, and what stands in personal columns, or is known from a run (`also`, by key), wherever else it stands. */
export function contractMasker(contract: Contract, table: ContractTable, subject: Subject, profile: ProfileSays, also: ReadonlySet<string>): Masker {
  const headers = headersOf(profile)
  const columns = table.fields.flatMap(field => {
    const column = subject.column(field.name)
    return column === undefined ? [] : [{ field, column }]
  })
  const prefix = table.group === '' ? '' : `${table.group}.`
  const personal = contract.tables.flatMap(({ group, fields }) => fields.filter(field => field.personal).map(({ name }) => (group === '' ? name : `${group}.${name}`)))
  const types = new Map<string, SemanticType>()
  const unknown: Table['columns'][number][] = []
  for (const { field, column } of columns) {
    const said = headers.get(plain(column.name)) ?? headers.get(plain(prefix + field.name)) ?? headers.get(plain(field.name))
    if (said?.personal === true) personal.push(prefix + field.name)
    if (said?.type !== undefined && !isPersonal(field.type)) types.set(prefix + field.name, said.type)
    if (said === undefined) unknown.push(column)
  }
  // A contract may come from anybody, so that its types alone do not make a column anything but personal.
  const found = new Set(classifyColumns(EMPTY, [], [{ name: 'data', rows: subject.rows, columns: unknown, integers: [] }]).flatMap(({ target, basis }) => (basis === 'mentions' ? [] : [target])))
  for (const { field, column } of columns) if (found.has(column.name)) personal.push(prefix + field.name)
  const fieldsOf = ({ fields, group }: ContractTable): Field[] => fields.map(({ name, type }) => ({ name, type: (group === table.group ? types.get(prefix + name) : undefined) ?? type }))
  const groups = Object.fromEntries(contract.tables.filter(({ group }) => group !== '').map(each => [each.group, { fields: fieldsOf(each) as [Field, ...Field[]] }]))
  const known: Table = { name: table.group === '' ? 'data' : table.group, rows: subject.rows, columns: columns.map(({ field, column }) => renamed(column, field.name)), integers: [] }
  return createMasker({ ...EMPTY, fields: fieldsOf(contract.tables[0]!), groups }, personal, [known], [], also)
}
