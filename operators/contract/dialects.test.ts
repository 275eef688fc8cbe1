/** Contracts in each dialect, held against the standard's own schema and against the rows that a run writes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { packageRoot } from '../../cli/package-root.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import type { ContractSource } from './profile.ts'
import { contractOf } from './profile.ts'
import { writeJsonSchema } from './json-schema/write.ts'
import { writeOdcs } from './odcs/write.ts'

const standard = (name: string) => JSON.parse(readFileSync(join(packageRoot(), 'fixtures/standards', name), 'utf8'))

const FIELDS: readonly Field[] = [
  { name: 'club', type: 'organisation-name', title: 'Club', required: true, description: 'Its name.' },
  { name: 'slug', type: 'identifier', derive: { slug: 'club' } },
  { name: 'members', type: 'number', min: 0, max: 5000 },
  { name: 'fee', type: 'currency', min: 1 },
  { name: 'founded', type: 'date', min: '1900-01-01' },
  { name: 'open', type: 'boolean' },
  { name: 'kind', type: 'category', enum: ['gliding', 'parachuting'] },
  { name: 'code', type: 'identifier', pattern: '[A-Z]{2}\\d|X', unique: true },
  { name: 'emails', type: 'email', multiple: true },
  { name: 'tags', type: 'category', multiple: true, enum: ['a', 'b'], pattern: '[a-z]' }
]
export const SOURCE: ContractSource = {
  name: 'clubs',
  title: 'Clubs',
  description: 'All clubs.',
  entity: 'flying club',
  fields: FIELDS,
  groups: { contact: { fields: [{ name: 'name', type: 'person-name' }, { name: 'phone', type: 'phone' }] } },
  expectations: [
    { expect: 'not-null', field: 'members', mostly: 0.9, severity: 'warning', id: 'members-known', description: 'Most clubs say.' },
    { expect: 'in-set', field: 'open', values: ['true'] },
    { expect: 'matches', field: 'slug', pattern: '[a-z-]+' },
    { expect: 'range', field: 'members', above: -1, below: 9000 },
    { expect: 'length', field: 'club', min: 2, max: 80 },
    { expect: 'unique', fields: ['club', 'kind'] },
    { expect: 'unique', fields: ['contact.name'] },
    { expect: 'row-count', min: 1, max: 900 },
    { expect: 'row-count', group: 'contact', min: 1 },
    { expect: 'fresh', field: 'founded', days: 90_000 },
    { expect: 'distribution', field: 'kind', max: 0.2 },
    { expect: 'columns', fields: ['club', 'slug'], ordered: true }
  ],
  facts: { owner: 'Registry', domain: 'sport', purpose: 'To look clubs up.', status: 'active', version: '2.1.0' },
  pii_fields: ['code'],
  list_separator: '; '
}

t.test('ODCS is valid against the official schema', t => {
  const validate = new Ajv2019({ strict: false, allErrors: true }).compile(standard('odcs-3.1.0.schema.json'))
  const { value, unmapped } = writeOdcs(contractOf(SOURCE))
  t.ok(validate(value), JSON.stringify(validate.errors?.slice(0, 5)))
  t.same(unmapped, [])
  t.notOk(validate({ ...value, kind: 'Other' }), 'the schema can refuse')
  t.end()
})

t.test('JSON Schema is valid, strict, and takes a row', t => {
  const { value, unmapped } = writeJsonSchema(contractOf(SOURCE))
  const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true, validateFormats: false }).compile(value)
  const row = { club: 'Lapwing', slug: 'lapwing', members: 12, fee: 'ZAR 10.00', founded: '1999-01-01', open: true, kind: null, code: 'AB1', emails: [], tags: ['a'], contact: [{ name: null, phone: '+27215550101', primary: true }] }
  t.ok(validate(row), JSON.stringify(validate.errors))
  for (const [key, wrong] of Object.entries({ club: null, slug: 'A', members: 6000, founded: '1999', kind: 'other', code: 'AB1x', emails: [1], tags: ['c'], contact: [{ name: 1 }] })) t.notOk(validate({ ...row, [key]: wrong }), `${key} is refused`)
  t.ok(unmapped.some(({ what }) => what.includes('distribution')), 'what it cannot say is listed')
  t.end()
})
