/** A small invented dataset, to the contract of the stages, for the tests of the exports and of the report. */
import { columnFrom } from '../../kernel/artifact/builder.ts'
import { ITEM_SEPARATOR, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Field, Group } from '../../schemas/generated/profile.ts'
import type { DatasetMeta, Source } from '../model/stages.ts'

type Cells = readonly (string | null)[]

/** A table from named columns of cells and named columns of integers. */
export function tableFrom(name: string, columns: { readonly [name: string]: Cells }, integers: { readonly [name: string]: readonly number[] } = {}): Table {
  const names = Object.keys(columns)
  return {
    name,
    rows: names.length > 0 ? columns[names[0]!]!.length : (Object.values(integers)[0]?.length ?? 0),
    columns: names.map(one => columnFrom(one, columns[one]!)),
    integers: Object.keys(integers).map(one => ({ name: one, data: Uint32Array.from(integers[one]!) }))
  }
}

export const FIELDS: readonly Field[] = [
  { name: 'organization_name', type: 'organisation-name', required: true },
  { name: 'organization_slug', type: 'identifier', derive: { slug: 'organization_name' } },
  { name: 'website', type: 'url' },
  { name: 'fleet', type: 'number' },
  { name: 'founded', type: 'date' },
  { name: 'active', type: 'boolean' },
  { name: 'notes', type: 'text', multiple: true },
  { name: 'contact_primary_email', type: 'email', derive: { group: 'contact', field: 'email', pick: 'primary' } },
  { name: 'data_quality_score', type: 'number', derive: { score: 'quality' } }
]

export const GROUPS: { readonly [name: string]: Group } = {
  contact: { fields: [{ name: 'name', type: 'person-name' }, { name: 'role', type: 'text' }, { name: 'email', type: 'email' }, { name: 'phone', type: 'phone' }] }
}

export const SOURCES: readonly Source[] = [
  {
    file: 'North & South.xlsx', sheet: 'Organisation', table: 'North & South.xlsx#Organisation#1', name: 'North & South', priority: 2, role: 'entity',
    role_reason: 'names an organisation in every row', group: '', rows: 5,
    columns: [
      { letter: 'A', header: 'Organisation Name', target: 'organization_name', extra: null, confidence: 1, reason: 'the header is a synonym of the field' },
      { letter: 'B', header: 'Web', target: 'website', extra: null, confidence: 0.82, reason: '41 of 50 values are web addresses' },
      { letter: 'C', header: 'Planes | jets', target: 'fleet', extra: null, confidence: 0.61, reason: 'whole numbers, and the header shares a word' },
      { letter: 'D', header: '', target: null, extra: 'column D', confidence: 0, reason: 'blank header, mixed values' }
    ]
  },
  {
    file: 'people.csv', sheet: 'people', table: 'people.csv#people#1', name: 'people', priority: 0, role: 'satellite', role_reason: 'its key repeats', group: 'contact', rows: 3,
    columns: [
      { letter: 'A', header: 'ID', target: 'key', extra: null, confidence: 1, reason: 'the header is a synonym of the key' },
      { letter: 'B', header: 'Person', target: 'contact.name', extra: null, confidence: 0.9, reason: 'values look like names of persons' },
      { letter: 'C', header: 'Mail', target: 'contact.email', extra: null, confidence: 0.95, reason: 'values are e-mail addresses' }
    ]
  }
]

/** Three organisations with three contacts, two conflicts and three lines of quarantine. `names` are names of organisations. */
export function datasetOf(names: readonly [string, string, string] = ['Blue Crane Aviation', 'Karoo Wings (Pty) Ltd', 'Zephyr Flight School']): Frame<DatasetMeta> {
  const meta: DatasetMeta = {
    schema: { entity: 'organisation', inferred: false, fields: FIELDS, groups: GROUPS, extras: ['column D', '=1+1'], merge_keys: ['organization_name'] },
    sources: SOURCES,
    reconciliation: [
      { file: 'North & South.xlsx', sheet: 'Organisation', table: 'North & South.xlsx#Organisation#1', role: 'entity', rows_in: 5, used: 3, merged: 1, quarantined: 1 },
      { file: 'people.csv', sheet: 'people', table: 'people.csv#people#1', role: 'satellite', rows_in: 4, used: 3, merged: 0, quarantined: 1 }
    ],
    score: { mean: 0.61, bands: [{ from: 0, rows: 0 }, { from: 0.2, rows: 1 }, { from: 0.4, rows: 0 }, { from: 0.6, rows: 1 }, { from: 0.8, rows: 1 }], flags: { missing_website: 1 } },
    filled: {
      organization_name: { before: 5, after: 3 }, website: { before: 2, after: 2 }, fleet: { before: 3, after: 2 }, founded: { before: 2, after: 2 },
      'contact.email': { before: 3, after: 2 }
    }
  }
  const slugs = ['blue-crane-aviation', 'karoo-wings', 'zephyr-flight-school']
  return {
    meta,
    tables: [
      tableFrom('data', {
        organization_name: names,
        organization_slug: slugs,
        website: ['https://bluecrane.example/fleet?page=2&lang=en', null, 'https://zephyr.example'],
        fleet: ['12', '-4.5', null],
        founded: ['1998-03-01', null, '2019-12-31T23:59:59'],
        active: ['true', 'false', null],
        notes: [`closed on Mondays${ITEM_SEPARATOR}said "call back"`, null, 'Spoke to Thandeka Vilakazi about hangar 7'],
        contact_primary_email: ['thandeka@bluecrane.example', 'q.adendorff@karoowings.example', null],
        data_quality_score: ['0.82', '0.6', '0.25'],
        'column D': [null, 'x, y', ' padded '],
        '=1+1': ['@SUM(A1:A9)', null, '+27821234567']
      }, { base: [1, 2, 4] }),
      tableFrom('contact', {
        name: ['Thandeka Vilakazi', 'Quintus Adendorff', 'Oyelaran Bright-Davies'],
        role: ['Chief flying instructor', null, 'Owner'],
        email: ['thandeka@bluecrane.example', 'q.adendorff@karoowings.example', null],
        phone: ['+27821234567', `+27115550123${ITEM_SEPARATOR}+27115550199`, null]
      }, { entity: [1, 2, 1], primary: [1, 1, 0], from: [1, 2, 3] }),
      tableFrom('conflicts', {
        field: ['website', 'contact.phone'],
        kept: ['https://bluecrane.example/fleet?page=2&lang=en', '+27821234567'],
        lost: ['http://old.bluecrane.example', '+27835550142'],
        rule: ['priority', 'completeness'],
        entity_key: ['blue-crane-aviation', 'blue-crane-aviation']
      }, { entity: [1, 1], source: [1, 2], row: [3, 4] }),
      tableFrom('quarantine', {
        level: ['row', 'cell', 'row'],
        column: [null, 'C', null],
        header: [null, 'Mail', null],
        field: [null, 'contact.email', null],
        value: ['{"":"Thandeka Vilakazi","Organisation Name":"","Web":"n/a"}', 'ludo.engelbrecht at example', '{"ID":"77","Mail":"ludo.engelbrecht@lost.example","Person":"Ludo Engelbrecht"}'],
        reason: ['ROW_REQUIRED_MISSING', 'EMAIL_INVALID', 'ORPHAN'],
        detail: ['organization_name is empty', 'not an e-mail address', 'no organisation has this key'],
        severity: ['error', 'error', 'error'],
        file: ['North & South.xlsx', 'people.csv', 'people.csv'],
        sheet: ['Organisation', 'people', 'people']
      }, { source: [1, 2, 2], row: [6, 5, 5] })
    ]
  }
}
