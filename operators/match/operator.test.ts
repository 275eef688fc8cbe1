import t from 'tap'
import type { Field } from '../../schemas/generated/profile.ts'
import { framesOf, many, rowsOf, runAll, type Cells } from '../validate/frames.case.ts'

const fields: Field[] = [{ name: 'name', type: 'organisation-name' }, { name: 'registration', type: 'identifier' }, { name: 'website', type: 'url' }, { name: 'emails', type: 'email', multiple: true }]

/** Clusters as sets of rows, by the first row. */
function clustersOf(cells: readonly Cells[], keys: readonly string[], config: Record<string, unknown> = {}, schema = fields) {
  const { clusters, diagnostics, valid } = runAll(framesOf({ fields: schema, keys, records: cells.map((each, at) => ({ source: 1, row: at + 1, cells: each })) }), config)
  const found = new Map<number, number[]>()
  clusters.tables[0]!.integers[0]!.data.forEach((cluster, at) => void found.set(cluster, [...(found.get(cluster) ?? []), at + 1]))
  t.equal(clusters.meta.clusters, [...found.keys()].filter(cluster => cluster > 0).length)
  return { sets: [...found].sort(([a], [b]) => a - b).map(([, rows]) => rows.join(' ')), links: rowsOf(clusters, 'links', ['a', 'b']), diagnostics, valid }
}

t.test('equal keys join, and only those that the profile lists', t => {
  const cells = [{ name: 'Heron Air (Pty) Ltd', website: 'https://shared.example' }, { name: 'HERON AIR', emails: many('a@x.example', 'b@x.example') }, { name: 'Ibis Air', website: 'https://shared.example' }, { emails: many('c@x.example', 'b@x.example') }]
  t.same(clustersOf(cells, ['name']).sets, ['1 2', '3', '4'], 'a shared website or mailbox joins nothing by itself')
  t.same(clustersOf(cells, ['name', 'website']).sets, ['1 2 3', '4'])
  t.same(clustersOf(cells, ['emails']).sets, ['1', '2 4', '3'], 'one item of a list is enough')
  t.same(clustersOf(cells, []).sets, ['1', '2', '3', '4'])
  t.same(clustersOf(cells, ['name'], { merge: { keys: ['website'], rank: [] } }).sets, ['1 3', '2', '4'], 'the config beats the schema')
  t.same(clustersOf(cells, ['name']).links, [{ a: 1, b: 2, rule: 'name', value: 'heron air' }])
  t.end()
})

t.test('* joins what is equal in every field', t => {
  const cells = [{ name: 'A', website: 'w' }, { name: 'A', website: 'w' }, { name: 'A', website: 'v' }, {}, {}, { name: 'A', website: 'w', registration: '1' }]
  t.same(clustersOf(cells, ['*'], {}, fields.map(({ name }) => ({ name }))).sets, ['1 2', '3', '4', '5', '6'], 'empty rows are not equal')
  t.end()
})

t.test('identifiers that differ keep equal names apart', t => {
  const cells = [{ name: 'Jacana', registration: '1' }, { name: 'Jacana', registration: '2' }, { name: 'Jacana' }, { name: 'Jacana Ltd', registration: '2' }, { name: 'Jacana' }]
  const { sets, diagnostics } = clustersOf(cells, ['name'])
  t.same(sets, ['1', '2 4', '3 5'])
  t.same(diagnostics.map(({ code, details }) => [code, details['groups'], details['records']]), [['MATCH_CONTRADICTED', 1, 5]])
  t.notMatch(JSON.stringify(diagnostics), /Jacana/i)
  const bridge = [{ name: 'A', registration: '1' }, { name: 'A', website: 'w' }, { name: 'B', website: 'w', registration: '2' }]
  t.same(clustersOf(bridge, ['name', 'website']).sets, ['1 2', '3'], 'nor do they meet through a third record')
  t.end()
})

t.test('a trading name matches when it is unambiguous', t => {
  t.same(clustersOf([{ name: 'Kestrel Holdings (Pty) Ltd t/a Skybound' }, { name: 'Skybound' }, { name: 'Kestrel Holdings' }], ['name']).sets, ['1 2 3'])
  t.same(clustersOf([{ name: 'Kestrel t/a Skybound' }, { name: 'Skybound' }, { name: 'Lark t/a Skybound' }], ['name']).sets, ['1', '2', '3'], 'two owners claim it')
  t.same(clustersOf([{ name: 'Kestrel t/a Skybound' }, { name: 'Skybound t/a Lark' }, { name: 'Lark' }], ['name']).sets, ['1', '2 3'], 'no chains of trading names')
  t.same(clustersOf([{ name: 'Kestrel t/a Skybound', registration: '1' }, { name: 'Skybound', registration: '2' }], ['name']).sets, ['1', '2'])
  t.same(clustersOf([{ name: 'Kestrel t/a Skybound' }, { name: 'Skybound' }], ['website']).sets, ['1', '2'], 'only where the name is a key')
  t.end()
})

t.test('quarantined records take no part', t => {
  const { clusters } = runAll(framesOf({ fields: [{ name: 'name', type: 'organisation-name', required: true }], keys: ['name'], records: [{ source: 1, row: 2, cells: { name: null } }, { source: 1, row: 3, cells: { name: 'M' } }] }))
  t.same([...clusters.tables[0]!.integers[0]!.data], [0, 1])
  t.end()
})
