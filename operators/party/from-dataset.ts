/** The party store of a run: its entities are organisations (or persons), the people of its groups have roles in them. */
import { columnOf, integersOf, itemsOf, tableOf, textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Field, SemanticType } from '../../schemas/generated/profile.ts'
import { organisationKey } from '../model/name-key.ts'
import type { EntitiesMeta, ValidMeta } from '../model/stages.ts'
import { countryCode } from '../normalise/country.ts'
import { createPartyCollector, type PartyStore, type Row } from './collect.ts'

const METHODS: { readonly [type in SemanticType]?: 'email' | 'phone' | 'website' | 'physical_address' } = { email: 'email', phone: 'phone', url: 'website', address: 'physical_address' }
const ROLE_FIELD = /^(role|position|job_title|title|function)$/

const plain = (field: Field): boolean => field.derive === undefined && field.constant === undefined
const keyOf = (name: string, type: SemanticType | undefined): string => (type === 'organisation-name' ? organisationKey(name) : name.trim().replace(/\s+/g, ' ').toLowerCase())

/** The rows of a table, as provenance. */
function rowReader(valid: Frame<ValidMeta>, table: Table): (row: number) => Row {
  const [sources, rows] = [integersOf(table, 'source'), integersOf(table, 'row')]
  const keys = columnOf(table, 'key')
  return at => {
    const source = valid.meta.sources[sources[at]! - 1]
    return { source: source?.name ?? '', file: source?.file ?? '', sheet: source?.sheet ?? '', row: rows[at]!, record_id: keys === undefined ? '' : (textAt(keys, at) ?? '') }
  }
}

export interface DatasetParties {
  readonly entities: Frame<EntitiesMeta>
  readonly valid: Frame<ValidMeta>
  /** By position of the entity; null where no registry is kept. */
  readonly ids: readonly string[] | null
}

export function partiesOfDataset({ entities: frame, valid, ids }: DatasetParties): PartyStore {
  const { schema } = frame.meta
  const entities = tableOf(frame, 'entities')
  const records = tableOf(valid, 'records')
  const recordRow = rowReader(valid, records)
  const collector = createPartyCollector()
  const nameField = schema.fields.find(field => field.type === 'organisation-name' && plain(field)) ?? schema.fields.find(field => field.type === 'person-name' && plain(field)) ?? schema.fields[0]
  if (nameField === undefined) return collector.finish()
  const kind = nameField.type === 'person-name' ? ('person' as const) : ('organisation' as const)
  const strong = schema.fields.filter(field => field.type === 'identifier' && plain(field) && field.name !== nameField.name)
  const country = schema.fields.find(({ type }) => type === 'country')
  const members = membersOf(frame)

  const partyOf: (string | undefined)[] = []
  const taken = new Set<string>()
  for (let entity = 0; entity < entities.rows; entity++) {
    const value = (name: string): string => textAt(columnOf(entities, name)!, entity) ?? ''
    const name = value(nameField.name)
    const own = members[entity] ?? []
    const rows = own.map(recordRow)
    if (rows.length === 0) continue
    const normalized = keyOf(name, nameField.type)
    let identity = [normalized, ...strong.map(field => value(field.name))]
    // Two of one name that nothing else tells apart: the rows do.
    if (name === '' || taken.has(identity.join('\u0000'))) identity = [...identity, ...rows.map(row => `${row.file} ${row.sheet} ${row.row}`).sort()]
    taken.add(identity.join('\u0000'))
    const party = collector.party({ kind, identity, display_name: name, normalized_name: normalized, country_code: country === undefined ? null : (countryCode(value(country.name)) ?? null), entity_id: ids?.[entity] ?? null }, rows)
    partyOf[entity] = party
    for (const record of own) {
      const row = [recordRow(record)]
      const written = textAt(columnOf(records, nameField.name) ?? columnOf(entities, nameField.name)!, record)
      if (written !== null && columnOf(records, nameField.name) !== undefined) collector.alias(party, written, keyOf(written, nameField.type) === normalized ? 'legal' : 'historic', row)
      const declared = columnOf(records, `${nameField.name}#alias`)
      if (declared !== undefined) for (const alias of itemsOf(textAt(declared, record))) collector.alias(party, alias, 'trading_as', row)
      for (const field of schema.fields) {
        const method = field.type === undefined ? undefined : METHODS[field.type]
        const column = method === undefined || !plain(field) ? undefined : columnOf(records, field.name)
        if (method === undefined || column === undefined) continue
        for (const item of itemsOf(textAt(column, record))) collector.contact(party, method, item, itemsOf(value(field.name))[0] === item, row)
      }
      for (const field of schema.fields) {
        if (field.derive === undefined || !('alias_of' in field.derive) || field.derive.alias_of !== nameField.name) continue
        const column = columnOf(records, field.name)
        if (column !== undefined) for (const alias of itemsOf(textAt(column, record))) collector.alias(party, alias, 'trading_as', row)
      }
    }
  }
  for (const group of valid.meta.group_order) people(collector, frame, valid, group, partyOf)
  return collector.finish()
}

/** Records of each entity, from 0. */
function membersOf(frame: Frame<EntitiesMeta>): readonly (readonly number[])[] {
  const table = tableOf(frame, 'members')
  const [entity, record] = [integersOf(table, 'entity'), integersOf(table, 'record')]
  const found: number[][] = []
  for (let at = 0; at < table.rows; at++) (found[entity[at]! - 1] ??= []).push(record[at]! - 1)
  return found
}

/** The persons of a group, with their roles in the entity and the ways to reach them. A person is told apart by e-mail, else phone, else name. */
function people(collector: ReturnType<typeof createPartyCollector>, frame: Frame<EntitiesMeta>, valid: Frame<ValidMeta>, group: string, partyOf: readonly (string | undefined)[]): void {
  const table = frame.tables.find(({ name }) => name === group)
  const fields = frame.meta.schema.groups[group]?.fields ?? []
  if (table === undefined || table.rows === 0) return
  const raw = tableOf(valid, group)
  const rowOf = rowReader(valid, raw)
  const [entity, primary, from] = [integersOf(table, 'entity'), integersOf(table, 'primary'), integersOf(table, 'from')]
  const named = (type: SemanticType): Field | undefined => fields.find(field => field.type === type)
  const [nameField, emailField, phoneField] = [named('person-name'), named('email'), named('phone')]
  const roleField = fields.find(({ name }) => ROLE_FIELD.test(name))
  for (let at = 0; at < table.rows; at++) {
    const object = partyOf[entity[at]! - 1]
    if (object === undefined || from[at] === 0) continue
    const value = (field: Field | undefined): string => (field === undefined ? '' : (textAt(columnOf(table, field.name)!, at) ?? ''))
    const [name, email, phone] = [value(nameField), itemsOf(value(emailField))[0] ?? '', itemsOf(value(phoneField))[0] ?? '']
    const rows = [rowOf(from[at]! - 1)]
    const isPrimary = primary[at] === 1
    // Without a name it is a mailbox or a switchboard of the entity itself.
    if (name === '') {
      for (const field of fields) {
        const method = field.type === undefined ? undefined : METHODS[field.type]
        if (method !== undefined) for (const item of itemsOf(value(field) === '' ? null : value(field))) collector.contact(object, method, item, false, rows)
      }
      continue
    }
    const normalized = keyOf(name, 'person-name')
    const identity = email !== '' ? ['email', email, normalized] : phone !== '' ? ['phone', phone, normalized] : ['name', normalized, object]
    const subject = collector.party({ kind: 'person', identity, display_name: name, normalized_name: normalized, country_code: null, entity_id: null }, rows)
    collector.alias(subject, name, 'legal', rows)
    collector.role(subject, object, value(roleField) === '' ? group : value(roleField), isPrimary, rows)
    for (const field of fields) {
      const method = field.type === undefined ? undefined : METHODS[field.type]
      if (method === undefined || value(field) === '') continue
      itemsOf(value(field)).forEach((item, index) => collector.contact(subject, method, item, index === 0, rows))
    }
  }
}
