import fc from 'fast-check'
import t from 'tap'
import { columnOf, itemsOf, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import { encodeFrame } from '../../kernel/artifact/frame.ts'
import type { Field, Group } from '../../schemas/generated/profile.ts'
import { framesOf, many, rowsOf, runAll, type Cells, type Example, type MemberOf, type Outcome } from '../validate/frames.case.ts'
import { namesAgree } from './person.ts'
import { slugOf, uniqueSlugs } from './slug.ts'

const contact: Group = {
  fields: [{ name: 'name', type: 'person-name' }, { name: 'role' }, { name: 'email', type: 'email', multiple: true }, { name: 'phone', type: 'phone', multiple: true }, { name: 'invalid', type: 'boolean' }],
  identity: ['email', 'phone', 'name'],
  prefer: { invalid: 'invalid', order: ['priority', 'completeness', 'role'], role: 'role', roles: ['chief executive', 'owner'] }
}
const fields: Field[] = [
  { name: 'name', type: 'organisation-name', required: true },
  { name: 'slug', derive: { slug: 'name' } },
  { name: 'region', type: 'region' },
  { name: 'country', type: 'country', derive: { country_of: 'region' } },
  { name: 'also', multiple: true, derive: { alias_of: 'name' } },
  { name: 'website', type: 'url', rest: 'websites' },
  { name: 'websites', type: 'url', multiple: true },
  { name: 'notes', multiple: true },
  { name: 'seen', type: 'date', survivorship: 'latest' },
  { name: 'fleet', type: 'number', survivorship: 'largest' },
  { name: 'basis', constant: 'Legitimate interest' },
  { name: 'person', type: 'person-name', derive: { group: 'contact', field: 'name', pick: 'primary' } },
  { name: 'role', derive: { group: 'contact', field: 'role', pick: 'primary' } },
  { name: 'email', type: 'email', derive: { group: 'contact', field: 'email', pick: 'primary' } },
  { name: 'phone', type: 'phone', derive: { group: 'contact', field: 'phone', pick: 'primary' } },
  { name: 'emails', type: 'email', multiple: true, derive: { group: 'contact', field: 'email', pick: 'rest' } },
  { name: 'phones', type: 'phone', multiple: true, derive: { group: 'contact', field: 'phone', pick: 'rest' } },
  { name: 'email_status', derive: { status_of: 'email' } },
  { name: 'datasets', multiple: true, derive: { lineage: 'datasets' } },
  { name: 'ids', multiple: true, derive: { lineage: 'record-ids' } },
  { name: 'provenance', derive: { lineage: 'provenance' } },
  { name: 'quality', derive: { score: 'quality' } },
  { name: 'flags', derive: { score: 'flags' } }
]
const base: Example = { fields, groups: { contact }, keys: ['name'], records: [], sources: [{ name: 'Register', priority: 3 }, { name: 'Outreach', priority: 1 }] }
const at = (source: number, row: number, cells: Cells) => ({ source, row, cells })
const member = (record: number, source: number, row: number, cells: Cells): MemberOf => ({ record, source, row, cells })
const run = (example: Partial<Example>, refine: Record<string, unknown> = {}): Outcome => runAll(framesOf({ ...base, ...example }), refine)
const merge = (rank: readonly string[], recency?: string) => ({ merge: { keys: [], rank, ...(recency === undefined ? {} : { recency }) } })

t.test('the best record wins a field, and every loser is listed with its rule', t => {
  const records = [at(2, 2, { name: 'Avocet Air', region: 'Limpopo', notes: many('x', 'z'), website: 'https://b.example', seen: '2024-05-01', fleet: '12', key: 'K7' }), at(1, 9, { name: 'AVOCET AIR (PTY) LTD', region: 'Gauteng', notes: many('y', 'x'), website: 'https://a.example', seen: '2023-01-01', fleet: '9' }), at(1, 4, { name: 'Bittern Air', region: null })]
  const { entities, dataset } = run({ records })
  const [avocet, bittern] = rowsOf(dataset, 'data', ['base'])
  t.match(avocet, { base: 2, name: 'AVOCET AIR (PTY) LTD', slug: 'avocet-air-pty-ltd', region: 'Gauteng', country: 'South Africa', website: 'https://a.example', websites: 'https://b.example', notes: 'y; x; z', seen: '2024-05-01', fleet: '12', basis: 'Legitimate interest', datasets: 'Outreach; Register', ids: 'Outreach:K7; Register:Sheet!9' })
  t.same(JSON.parse(String(avocet!['provenance'])), {
    name: { source: 'Register', record: 'Register:Sheet!9' }, region: { source: 'Register', record: 'Register:Sheet!9' }, website: { source: 'Register', record: 'Register:Sheet!9' },
    websites: { source: 'Outreach', record: 'Outreach:K7' }, notes: [{ source: 'Register', record: 'Register:Sheet!9' }, { source: 'Outreach', record: 'Outreach:K7' }],
    seen: { source: 'Outreach', record: 'Outreach:K7' }, fleet: { source: 'Outreach', record: 'Outreach:K7' }
  }, 'each value names its row')
  t.equal(bittern!['region'], undefined)
  t.same(rowsOf(dataset, 'conflicts', ['entity', 'source', 'row']), [
    { entity: 1, source: 2, row: 2, entity_key: 'avocet-air-pty-ltd', field: 'name', kept: 'AVOCET AIR (PTY) LTD', lost: 'Avocet Air', rule: 'priority' },
    { entity: 1, source: 2, row: 2, entity_key: 'avocet-air-pty-ltd', field: 'region', kept: 'Gauteng', lost: 'Limpopo', rule: 'priority' },
    { entity: 1, source: 2, row: 2, entity_key: 'avocet-air-pty-ltd', field: 'website', kept: 'https://a.example', lost: 'https://b.example', rule: 'priority, kept in websites' },
    { entity: 1, source: 1, row: 9, entity_key: 'avocet-air-pty-ltd', field: 'seen', kept: '2024-05-01', lost: '2023-01-01', rule: 'latest' },
    { entity: 1, source: 1, row: 9, entity_key: 'avocet-air-pty-ltd', field: 'fleet', kept: '12', lost: '9', rule: 'largest' }
  ])
  const winners = tableOf(entities, 'winners')
  const winner = (name: string) => [...winners.integers.find(column => column.name === name)!.data]
  t.same([winner('name'), winner('seen'), winner('notes'), winner('websites')], [[2, 3], [1, 0], [0, 0], [0, 0]])
  t.same(rowsOf(entities, 'members', ['entity', 'record']), [{ entity: 1, record: 2 }, { entity: 1, record: 1 }, { entity: 2, record: 3 }])
  t.same(entities.meta.reconciliation.map(({ rows_in, used, merged, quarantined }: any) => [rows_in, used, merged, quarantined]), [[2, 2, 0, 0], [1, 0, 1, 0]])
  t.end()
})

t.test('rank criteria in the order of the profile; an empty cell never beats a value', t => {
  const records = [at(1, 2, { name: 'Coot', region: 'Limpopo', website: null, seen: '2020-01-01' }), at(1, 3, { name: 'Coot', region: 'Gauteng', website: 'w', notes: 'n', seen: '2021-01-01' }), at(2, 2, { name: 'Coot', region: 'Free State', seen: '2022-01-01' })]
  const region = (rank: readonly string[], recency?: string, issues: Example['issues'] = []) => rowsOf(run({ records, issues }, merge(rank, recency)).dataset, 'data')[0]!
  t.match(region(['priority', 'recency'], 'seen'), { region: 'Gauteng', website: 'w' })
  t.match(region(['priority']), { region: 'Limpopo', website: 'w' }, 'position decides what is left')
  t.match(region(['recency', 'priority'], 'seen'), { region: 'Free State' })
  t.match(region(['completeness']), { region: 'Gauteng' })
  t.match(region(['validity', 'completeness'], undefined, [{ table: 0, index: 1, field: 'fleet', value: 'many', reason: 'NUMBER_INVALID' }]), { region: 'Limpopo' })
  t.match(region([]), { region: 'Limpopo' })
  t.end()
})

t.test('survivorship by the value itself', t => {
  const one = (survivorship: NonNullable<Field['survivorship']>, values: readonly (string | null)[], type: NonNullable<Field['type']> = 'text') =>
    rowsOf(run({ fields: [{ name: 'name', type: 'organisation-name' }, { name: 'f', type, survivorship }], groups: {}, records: values.map((f, row) => at(1, row + 2, { name: 'D', f })) }).dataset, 'data')[0]!['f']
  t.equal(one('longest', ['ab', 'abc', 'abd']), 'abc')
  t.equal(one('most-frequent', ['x', 'y', null, 'y']), 'y')
  t.equal(one('most-frequent', ['x', 'y']), 'x')
  t.equal(one('largest', ['9', '10', 'none'], 'number'), '10')
  t.equal(one('smallest', ['-2', '10', 'none'], 'number'), '-2')
  t.equal(one('smallest', ['2021-01-01', '2020-12-31'], 'date'), '2020-12-31')
  t.equal(one('rank', [null, 'b', 'c']), 'b')
  t.end()
})

t.test('e-mail, phone, name and role of a contact stay together', t => {
  const records = [at(1, 2, { name: 'Egret Air' }), at(2, 2, { name: 'Egret Air' })]
  const members = { contact: [
    member(1, 1, 2, { name: 'Piet Louw', email: 'piet@e.example' }),
    member(2, 2, 40, { name: 'Zodwa Mabena', role: 'Owner & Chief Executive', phone: '+27820000001', email: 'z@e.example' }),
    member(2, 2, 41, { name: 'P. Louw', phone: '+27820000002', email: many('piet@e.example', 'pl@home.example'), role: 'Pilot' }),
    member(2, 2, 42, { phone: '+27820000002' }),
    member(2, 2, 43, { name: 'Anna Gous', email: 'a@e.example', role: 'Director', phone: '+27820000003', invalid: 'true' }),
    member(2, 2, 44, {})
  ] }
  const { dataset, entities } = run({ records, members })
  t.match(rowsOf(dataset, 'data')[0], { person: 'Piet Louw', role: 'Pilot', email: 'piet@e.example', phone: '+27820000002', emails: 'pl@home.example; z@e.example; a@e.example', phones: '+27820000001; +27820000003', email_status: 'unknown' })
  t.same(rowsOf(dataset, 'contact', ['entity', 'primary', 'from']), [
    { entity: 1, primary: 1, from: 1, name: 'Piet Louw', role: 'Pilot', email: 'piet@e.example; pl@home.example', phone: '+27820000002' },
    { entity: 1, primary: 0, from: 2, name: 'Zodwa Mabena', role: 'Owner & Chief Executive', email: 'z@e.example', phone: '+27820000001' },
    { entity: 1, primary: 0, from: 5, name: 'Anna Gous', role: 'Director', email: 'a@e.example', phone: '+27820000003', invalid: 'true' }
  ], 'one person in two sheets is one; who is flagged invalid comes last')
  t.same(rowsOf(dataset, 'conflicts').map(({ field, kept, lost, rule }) => [field, kept, lost, rule]), [['contact.name', 'Piet Louw', 'P. Louw', 'same member']])
  t.same(entities.meta.reconciliation.map(({ rows_in, used, merged, quarantined }: any) => [rows_in, used, merged, quarantined]), [[1, 1, 0, 0], [6, 0, 6, 0]], 'satellite rows are merged when attached')
  const byRole = run({ records, members, groups: { contact: { ...contact, prefer: { ...contact.prefer!, order: ['role'] } } } })
  t.match(rowsOf(byRole.dataset, 'data')[0], { person: 'Zodwa Mabena', email: 'z@e.example', phone: '+27820000001' })
  t.end()
})

t.test('a shared mailbox or switchboard does not make two people one', t => {
  const people = (cells: readonly Cells[]) => rowsOf(run({ records: [at(1, 2, { name: 'Finch' })], members: { contact: cells.map((each, row) => member(1, 2, row + 2, each)) } }).dataset, 'contact')
  t.equal(people([{ name: 'Thabo Nel', phone: '1' }, { name: 'Sara Nel', phone: '1' }]).length, 2)
  t.equal(people([{ name: 'Thabo Nel', phone: '1' }, { name: 'T Nel', phone: '1' }]).length, 1)
  t.same(people([{ name: 'Thabo Nel', phone: '1' }, { name: 'Sara Roos', phone: '1' }, { phone: '1', email: 'info@f.example' }]).length, 3, 'the mailbox belongs to neither')
  t.same(people([{ phone: '1' }, { name: 'Thabo Nel', phone: '1', email: 'e' }, { email: 'e' }]).length, 1)
  for (const [a, b, same] of [['J. Smith', 'John Smith', true], ['Jane Smith', 'John Smith', false], ['Smith', 'John Smith', true], ['J S', 'John Smith', false], ['Zoë Venter', 'Zoe Venter', true]] as const) {
    t.equal(namesAgree(a, b), same, `${a} and ${b}`)
    t.equal(namesAgree(b, a), same)
  }
  t.end()
})

t.test('slugs, trading names', t => {
  t.same(uniqueSlugs([null, null, 'a', null, 'a', null], ['A', 'A!', 'x', 'B', 'y', null], 'thing'), ['a-2', 'a-3', 'a', 'b', 'a-4', 'thing'])
  t.equal(slugOf('Ødegård & Søn (Pty) Ltd'), 'odegard-and-son-pty-ltd')
  const { dataset } = run({ records: [at(1, 2, { name: 'Grebe Holdings (Pty) Ltd t/a Sky School' }), at(2, 2, { name: 'Sky School' }), at(2, 3, { name: 'Grebe Holdings', also: many('Old Name', 'sky school') })] })
  t.match(rowsOf(dataset, 'data'), [{ name: 'Grebe Holdings (Pty) Ltd t/a Sky School', also: 'Old Name; sky school' }])
  t.end()
})

/** The tables of a dataset as the rows of a next run: the data alone, or with its groups as satellites. */
function fedBack(outcome: Outcome, withGroups: boolean): Example {
  const data = tableOf(outcome.dataset, 'data')
  const cellsOf = (table: Frame['tables'][number], row: number): Cells => Object.fromEntries(table.columns.map(column => [column.name, textAt(column, row)]))
  const records = Array.from({ length: data.rows }, (_, row) => ({ source: 1, row: row + 2, cells: cellsOf(data, row) }))
  const people = tableOf(outcome.dataset, 'contact')
  const entity = people.integers.find(({ name }) => name === 'entity')!.data
  const members = withGroups ? { contact: Array.from({ length: people.rows }, (_, row) => ({ record: entity[row]!, source: 2, row: row + 2, cells: cellsOf(people, row) })) } : {}
  return { ...base, extras: outcome.dataset.meta.schema.extras, sources: [{ name: 'refined', priority: 0 }, { name: 'refined', sheet: 'contact', priority: 0 }], records, members }
}
const bytes = (outcome: Outcome, tables: readonly string[]): string => JSON.stringify(tables.map(name => [rowsOf(outcome.dataset, name, name === 'contact' ? ['entity', 'primary'] : []), [...encodeFrame({ meta: null, tables: [{ ...tableOf(outcome.dataset, name), integers: [] }] })].length]))

/** Fails with the property's own message, which tells the values that differ. */
function assertProperty<T>(property: fc.IProperty<T>, options: fc.Parameters<T>): void {
  const { failed, errorInstance, counterexample } = fc.check(property, options)
  if (failed) throw new Error(`${(errorInstance as Error).message}\n${JSON.stringify(counterexample)}`)
}

const word = fc.constantFrom('Heron', 'Ibis', 'Jacana', 'Kite')
const cell = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const items = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }).map(list => many(...list))
const arbitraryRecord = fc.record({
  name: fc.tuple(word, fc.constantFrom('', ' Air', ' (Pty) Ltd', ' t/a Sky', ' t/a Kite')).map(([a, b]) => a + b),
  region: cell(fc.constantFrom('Gauteng', 'Limpopo', 'Nowhere')),
  website: cell(fc.constantFrom('https://a.example', 'https://b.example', 'https://c.example')),
  websites: cell(items(['https://a.example', 'https://d.example'])),
  notes: cell(items(['n1', 'n2', 'n3'])),
  seen: cell(fc.constantFrom('2020-01-01', '2021-02-03')),
  fleet: cell(fc.constantFrom('3', '20', '-1')),
  Extra: cell(fc.constantFrom('e1', 'e2'))
})
const arbitraryMember = fc.record({
  name: cell(fc.constantFrom('Piet Louw', 'P Louw', 'Anna Louw', 'Sara Roos', 'A Louw')),
  role: cell(fc.constantFrom('Owner', 'Pilot', 'Chief Executive')),
  email: cell(items(['p@x.example', 'a@x.example', 'info@x.example'])),
  phone: cell(items(['+271', '+272', '+273'])),
  invalid: cell(fc.constantFrom('true', 'false'))
})
const arbitraryExample: fc.Arbitrary<Example> = fc
  .tuple(fc.array(fc.tuple(arbitraryRecord, fc.nat(2)), { maxLength: 7 }), fc.array(fc.tuple(arbitraryMember, fc.nat(6), fc.nat(2)), { maxLength: 9 }), fc.array(fc.tuple(fc.nat(6), fc.constantFrom('region', 'seen', 'fleet')), { maxLength: 3 }), fc.constantFrom<('priority' | 'completeness' | 'role')[]>(['priority', 'completeness', 'role'], ['role', 'completeness'], ['completeness', 'priority'], []))
  .map(([rows, people, bad, order]): Example => ({
    ...base,
    extras: ['Extra'],
    groups: { contact: { ...contact, prefer: { ...contact.prefer!, order } } },
    sources: [{ name: 'Register', priority: 3 }, { name: 'Outreach', priority: 1 }, { name: 'Book', priority: 1 }],
    records: rows.map(([cells, source], row) => at(source + 1, row + 2, cells)),
    members: { contact: rows.length === 0 ? [] : people.map(([cells, record, source], row) => member((record % rows.length) + 1, source + 1, row + 50, cells)) },
    issues: bad.flatMap(([index, field]) => (index < rows.length && rows[index]![0][field] === null ? [{ table: 0, index, field, value: '?', reason: 'BAD' }] : []))
  }))

t.test('nothing is lost: every value is in the dataset, a group, the conflicts or the quarantine', t => {
  assertProperty(fc.property(arbitraryExample, example => {
    const { valid, dataset, entities } = runAll(framesOf(example))
    const held = new Set<string>()
    for (const name of ['data', 'contact']) for (const column of tableOf(dataset, name).columns) for (const value of column.values) for (const item of itemsOf(value)) held.add(`${name === 'data' ? '' : 'contact.'}${column.name}=${item}`)
    for (const { field, lost } of rowsOf(dataset, 'conflicts')) held.add(`${field}=${lost}`)
    const quarantined = JSON.stringify(rowsOf(dataset, 'quarantine'))
    for (const name of ['records', 'contact']) {
      const table = tableOf(valid, name)
      for (const column of table.columns) {
        if (column.name.includes('#') || column.name === 'invalid') continue
        for (const value of column.values) for (const item of itemsOf(value)) {
          if (held.has(`${name === 'records' ? '' : 'contact.'}${column.name}=${item}`) || (column.name === 'websites' && held.has(`website=${item}`)) || quarantined.includes(item)) continue
          throw new Error(`${name}.${column.name} lost ${item}`)
        }
      }
    }
    for (const { rows_in, used, merged, quarantined } of entities.meta.reconciliation) if (rows_in !== used + merged + quarantined) throw new Error('rows do not reconcile')
  }), { seed: 5, numRuns: 150 })
  t.end()
})

t.test('the order in which rows come does not matter', t => {
  const shuffled = fc.tuple(arbitraryExample, fc.infiniteStream(fc.nat(1_000_000)))
  assertProperty(fc.property(shuffled, ([example, stream]) => {
    const order = example.records.map((_, index) => ({ index, key: stream.next().value as number })).sort((a, b) => a.key - b.key || a.index - b.index).map(({ index }) => index)
    const position = new Map(order.map((from, to) => [from, to]))
    const members = (example.members!['contact'] ?? []).map(each => ({ ...each, record: position.get(each.record - 1)! + 1, key: stream.next().value as number })).sort((a, b) => a.key - b.key || a.row - b.row)
    const other: Example = { ...example, records: order.map(index => example.records[index]!), members: { contact: members }, issues: example.issues!.map(issue => ({ ...issue, index: position.get(issue.index)! })) }
    const [a, b] = [runAll(framesOf(example)), runAll(framesOf(other))]
    for (const name of ['data', 'contact', 'conflicts', 'quarantine']) {
      const integers = name === 'contact' ? ['entity', 'primary'] : name === 'conflicts' ? ['entity', 'source', 'row'] : []
      const texts = [a, b].map(each => JSON.stringify(rowsOf(each.dataset, name, integers)))
      if (texts[0] !== texts[1]) throw new Error(`${name} differs:\n${texts[0]}\n${texts[1]}`)
    }
  }), { seed: 6, numRuns: 100 })
  t.end()
})

t.test('feeding the refined dataset back gives the same dataset', t => {
  assertProperty(fc.property(arbitraryExample, fc.boolean(), (example, withGroups) => {
    const first = runAll(framesOf(example))
    const again: Example = { ...fedBack(first, withGroups), groups: example.groups! }
    const second = runAll(framesOf(again))
    const tables = withGroups ? ['data', 'contact'] : ['data']
    if (bytes(first, tables) !== bytes(second, tables)) throw new Error(`${bytes(first, tables)}\n${bytes(second, tables)}`)
    if (rowsOf(second.dataset, 'quarantine').length > 0) throw new Error('the refined dataset breaks a rule')
    const third = runAll(framesOf({ ...fedBack(second, withGroups), groups: example.groups! }))
    if (bytes(second, ['data', 'contact']) !== bytes(third, ['data', 'contact'])) throw new Error('not stable')
  }), { seed: 7, numRuns: 150 })
  t.end()
})

t.test('a refined dataset merges with a newer source, and its history goes with it', t => {
  const first = run({ records: [at(1, 2, { name: 'Heron Air', region: 'Limpopo' }), at(2, 5, { name: 'Heron Air Ltd', notes: 'old' })], members: { contact: [member(2, 2, 9, { name: 'Piet Louw', email: 'p@h.example' })] }, issues: [{ table: 0, index: 0, field: 'fleet', value: '?', reason: 'BAD' }] })
  const again = fedBack(first, true)
  const second = runAll(framesOf({ ...again, sources: [...again.sources!, { name: 'News', priority: 9 }], records: [...again.records, at(3, 2, { name: 'HERON AIR', region: 'Gauteng', fleet: '4' })] }))
  const [row] = rowsOf(second.dataset, 'data')
  t.match(row, { name: 'HERON AIR', slug: 'heron-air', region: 'Gauteng', notes: 'old', fleet: '4', person: 'Piet Louw', datasets: 'News; Outreach; Register', ids: 'News:Sheet!2; Outreach:Sheet!5; Register:Sheet!2', flags: 'missing_website;missing_websites;missing_seen' })
  const provenance = JSON.parse(String(row!['provenance']))
  t.same([provenance.region, provenance.notes, provenance.person], [{ source: 'News', record: 'News:Sheet!2' }, { source: 'Outreach', record: 'Outreach:Sheet!5' }, { source: 'Outreach', record: 'Outreach:Sheet!9' }])
  t.same(rowsOf(second.dataset, 'conflicts').map(({ field, lost }) => [field, lost]), [['name', 'Heron Air'], ['region', 'Limpopo']], 'history does not conflict')
  t.end()
})

t.test('extremes', t => {
  const size = 20_000
  const cells = { name: 'One Air', region: 'Gauteng', website: 'https://one.example' }
  const same = run({ records: Array.from({ length: size }, (_, row) => at(1, row + 2, cells)), members: { contact: Array.from({ length: size }, (_, row) => member(row + 1, 1, row + 2, { name: 'Piet Louw', email: 'p@x.example' })) } })
  t.same([tableOf(same.dataset, 'data').rows, tableOf(same.dataset, 'contact').rows, tableOf(same.dataset, 'conflicts').rows], [1, 1, 0])
  t.same(same.entities.meta.reconciliation.map(({ used, merged }: any) => [used, merged]), [[1, size - 1], [0, 0]])
  const mixed = run({ records: Array.from({ length: size }, (_, row) => at(1, row + 2, { ...cells, website: `https://${row}.example` })), members: { contact: Array.from({ length: size }, (_, row) => member(row + 1, 1, row + 2, { name: `Person ${row}`, phone: '+271' })) } })
  t.same([tableOf(mixed.dataset, 'data').rows, tableOf(mixed.dataset, 'contact').rows], [1, size], 'a switchboard of many names joins nobody')
  t.equal(itemsOf(textAt(columnOf(tableOf(mixed.dataset, 'data'), 'websites')!, 0)).length, size - 1)
  const none = run({ records: [] })
  t.equal(tableOf(none.dataset, 'data').rows, 0)
  t.equal(none.dataset.meta.score.mean, 0)
  const gone = run({ records: [at(1, 2, { region: 'Gauteng' })], members: { contact: [member(1, 2, 2, { name: 'Piet' })] } })
  t.same([tableOf(gone.dataset, 'data').rows, tableOf(gone.dataset, 'quarantine').rows], [0, 2])
  t.same(gone.entities.meta.reconciliation.map(({ quarantined }: any) => quarantined), [1, 1])
  t.end()
})
