import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { makeWorkspace, PROFILE, say } from '../workspace.case.ts'
import { profileColumn } from './column-profile.ts'

const column = (values: readonly (string | null)[]): Parameters<typeof profileColumn>[0] => {
  const distinct = [...new Set(values.filter(value => value !== null))]
  return { name: 'c', values: distinct, codes: Uint32Array.from(values, value => (value === null ? 0 : distinct.indexOf(value) + 1)) } as never
}

t.test('what a column holds', t => {
  t.match(profileColumn(column(['1', '3', '3', null, '9.5']), 5), { filled: 4, distinct: 3, least: '1', greatest: '9.5', mean: '4.125', spread: { of: 'values' }, top: [{ value: '3', rows: 2 }, { value: '1' }, { value: '9.5' }] })
  t.match(profileColumn(column(['2024-02-28', '2024-03-01']), 2), { least: '2024-02-28', greatest: '2024-03-01', mean: null, spread: { bins: [{ label: '2024-02-28', rows: 1 }, { rows: 0 }, { label: '2024-03-01', rows: 1 }] } })
  t.match(profileColumn(column(['a', 'bb', 'bb', 'cccc']), 4), { least: null, spread: { of: 'lengths', bins: [{ label: '1', rows: 1 }, { label: '2', rows: 2 }, { label: '3', rows: 0 }, { label: '4', rows: 1 }] } })
  t.match(profileColumn(column([null, null]), 2), { filled: 0, distinct: 0, spread: { bins: [] }, top: [] })
  t.equal(profileColumn(column(Array.from({ length: 500 }, (_, at) => String(at))), 500).spread.bins.reduce((sum, { rows }) => sum + rows, 0), 500)
  t.end()
})

t.test('a site of a workspace whose data breaks a promise', async t => {
  const ws = makeWorkspace({
    'config/profiles/clubs.yaml': `${PROFILE}expectations:\n  - { expect: not-null, field: phone }\n`,
    'data/clubs.csv': 'Club,E-mail,Tel,Town,Remark\nLapwing Gliding,info@lapwing.example,021 555 0177,<b>Paarl</b>,Zola Ndaba\nHeron Flyers,hello@heron.example,,Paarl,\n'
  })
  const { exit, out } = await say(ws, ['qa', 'data-quality'])
  t.equal(exit, 3)
  t.match(out, /failed +contract and expectations hold: 1 of \d+ promises are broken/)
  t.match(out, /failed +promise /)
  const folder = join(ws, 'dist/quality-gates/qg2-data-quality/data-docs')
  t.same(readdirSync(folder).sort(), ['data.html', 'index.html'])
  const [index, data] = ['index.html', 'data.html'].map(name => readFileSync(join(folder, name), 'utf8')) as [string, string]
  t.match(index, /1 promise broken/)
  t.match(index, /<h2>What does not hold<\/h2>.*<a href="data\.html#c-phone"><code>phone<\/code><\/a> <span class="chip failed">broken<\/span>.*1 of 2, 50%/s, 'what is broken comes first, with its share and the way to its column')
  t.match(index, /clubs\.csv › clubs › C3: <i>empty<\/i>/, 'examples by cell')
  for (const page of [index, data]) {
    t.notMatch(page, /@\w+\.example|555 ?0177|Zola|Ndaba|<b>Paarl/, 'masked and escaped')
    t.notMatch(page, /<script|(src|href)="(https?:|\/\/)/, 'loads nothing')
    t.match(page, /Content-Security-Policy" content="default-src 'none'/)
  }
  t.match(data, /<h3>phone<\/h3>.*personal: phone.*1 of \d+ broken.*<p class="seen">1 of 2 cells/)
})
