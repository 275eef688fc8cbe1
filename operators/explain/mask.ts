/** Masks for records of a linkage: the masks of every report, with the types that the linkage found. */
import { selectRows } from '../../kernel/artifact/builder.ts'
import type { Frame, Table } from '../../kernel/artifact/table.ts'
import type { Field, SemanticType } from '../../schemas/generated/profile.ts'
import type { LinkRecordsMeta, LinkType } from '../linkage/stages.ts'
import { createMasker } from '../masking/masker.ts'

const SEMANTIC: { readonly [type in LinkType | 'ignored']?: SemanticType } = {
  'given-name': 'person-name',
  'family-name': 'person-name',
  'person-name': 'person-name',
  'organisation-name': 'organisation-name',
  email: 'email',
  phone: 'phone',
  url: 'url',
  date: 'date',
  address: 'address',
  identifier: 'identifier',
  number: 'number',
  category: 'category'
}

/** Shows a value of a field as a report may. */
export type Show = (value: string | null, field: string) => string

/** Shows values as they are. */
export const REVEALED: Show = value => value ?? ''

/**
 * A mask for the values of these rows of table `records` (from 0). Dates are masked as well: in a table of persons they
 * are mostly dates of birth.
 */
export function createShow({ meta }: Frame<LinkRecordsMeta>, records: Table, rows: readonly number[], piiFields: readonly string[]): Show {
  const fields = meta.fields.map(({ name, type }): Field => ({ name, ...(SEMANTIC[type] === undefined ? {} : { type: SEMANTIC[type] }) }) as Field)
  const columns = records.columns.filter(({ name }) => !name.startsWith('#')).map(column => selectRows(column, rows))
  const masker = createMasker({ entity: 'record', inferred: true, fields, groups: {}, extras: [], merge_keys: [] }, piiFields, [{ name: 'data', rows: rows.length, columns, integers: [] }])
  const people = meta.fields.some(({ type }) => type === 'given-name' || type === 'family-name' || type === 'person-name')
  const dates = new Set(people ? meta.fields.filter(({ type }) => type === 'date').map(({ name }) => name) : [])
  return (value, field) => (value === null ? '' : dates.has(field) ? value.replace(/\d/g, '•') : masker.value(value, field))
}
