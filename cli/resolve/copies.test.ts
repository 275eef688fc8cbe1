import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { makeFolder, say } from '../workspace.case.ts'

const RESOLVE = ['resolve', '--input-file', 'records.csv', '--output-file', 'out.csv', '--clusters-path', 'clusters.csv', '--id-field', 'record_id']
const HEAD = 'record_id,name,email,city'
const COPY = 'Petra Nkosi,petra@plover.example,Paarl'
const OTHERS = ['Ann Lee,ann@x.example,Wellington', 'Bob Ray,bob@y.example,Worcester', 'Cid Fox,,Ceres', 'Dee Moy,dee@z.example,', 'Eve Poe,eve@w.example,Tulbagh']
const file = (lines: readonly string[], head = HEAD): string => `${head}\n${lines.map((line, at) => `${at},${line}`).join('\n')}\n`

async function clustersOf(t: Test, files: { readonly [name: string]: string }): Promise<{ readonly clusters: readonly string[]; readonly folder: string }> {
  const folder = makeFolder(files)
  const said = await say(folder, [...RESOLVE, '--json'])
  t.equal(said.exit, 0, said.err)
  return { folder, clusters: readFileSync(join(folder, 'clusters.csv'), 'utf8').trim().split(/\r?\n/).slice(1).map(line => line.split(',')[1]!) }
}

t.test('a thousand identical rows and five others are six', async t => {
  const { clusters, folder } = await clustersOf(t, { 'records.csv': file([...new Array<string>(1000).fill(COPY), ...OTHERS]) })
  t.equal(new Set(clusters).size, 6)
  t.equal(new Set(clusters.slice(0, 1000)).size, 1)
  const why = await say(folder, ['resolve', 'explain', '17', '204'])
  t.match(why.out, /identical in all 3 compared fields/)
})

t.test('a file of nothing but one row, again and again', async t => {
  t.equal(new Set((await clustersOf(t, { 'records.csv': file(new Array<string>(40).fill(COPY)) })).clusters).size, 1)
})

t.test('a given name alone is no copy of another', async t => {
  t.equal(new Set((await clustersOf(t, { 'records.csv': file(['Anna', 'Anna', 'Ben'], 'record_id,first_name') })).clusters).size, 3)
})

t.test('people keep copies apart', async t => {
  const decision = JSON.stringify({ decision: 'cannot-link', a: '3', b: '7', by: 'Thandi', at: '2026-01-31T08:00:00Z', why: 'father and son' })
  const { clusters } = await clustersOf(t, { 'records.csv': file([...new Array<string>(20).fill(COPY), ...OTHERS]), 'decisions.jsonl': `${decision}\n` })
  t.not(clusters[3], clusters[7])
  t.equal(new Set(clusters).size, 7)
})

t.test('a handful of records is weighed by usual shares', async t => {
  const two = await clustersOf(t, { 'records.csv': file(['Petra Nkosi,petra@plover.example,Paarl', 'Petra Nkosy,petra@plover.example,Paarl']) })
  t.equal(new Set(two.clusters).size, 1)
  const lines = ['Petra,Nkosi,021 555 0101,Paarl', 'P.,Nkosi,021 555 0101,Paarl', 'Sipho,Dlamini,021 555 0999,Paarl', 'Anna,Botha,021 555 0333,Ceres', 'Annie,Botha,021 555 0333,Ceres', 'Jan,Smit,021 555 0777,Paarl', 'Johan,Smit,021 555 0888,Paarl']
  const { clusters } = await clustersOf(t, { 'records.csv': file(lines, 'record_id,given_name,family_name,phone,city') })
  t.same(clusters, ['1', '1', '2', '3', '3', '4', '5'])
})
