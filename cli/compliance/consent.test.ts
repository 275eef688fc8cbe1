/** Whoever did not consent stands in nothing that a run, or anything asked of it, says or writes. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import t, { type Test } from 'tap'
import { queryStore } from '../query/query.ts'
import { makeWorkspace, say } from '../workspace.case.ts'

const profile = (compliance: string): string => `name: clubs
country: ZA
refine:
  entity: club
  budgets: { quarantined_rows: 1, quarantined_cells: 1 }
  fields:
    - { name: club, type: organisation-name, synonyms: [Club], required: true }
    - { name: person, type: person-name, synonyms: [Contact] }
    - { name: email, type: email, synonyms: [E-Mail] }
    - { name: agreed, type: boolean, synonyms: [Agreed] }
    - { name: town, type: text, synonyms: [Town], enum: [Paarl, Knysna] }
    - { name: remark, type: text, synonyms: [Remark] }
  merge: { keys: [club] }
expectations:
  - { expect: length, field: remark, max: 2 }
  - { expect: length, field: club, max: 2 }
  - { expect: not-null, field: email }
compliance: ${compliance}
`
const GATED = '{ policy: [gdpr], purpose: Membership, lawful_basis: { "*": consent }, consent_field: agreed }'
/** Two refuse: one says no, one says nothing. A third row is set aside, and says no. */
const DATA = `Club,Contact,E-Mail,Agreed,Town,Remark,Extra
Heron,Thandeka Zwartbooi,thandeka.z@wigeon.example,no,thandeka@home.example,Thandeka Zwartbooi pays late; Thandeka again,Thandeka Zwartbooi
Heron,Thandeka Zwartboois,,no,Barnabas Quickfall,,
Ibis,Wilhelmina Oosterhuis,wilhelmina@dabchick.example,maybe,Paarl,see Ignatius Plumtree and THANDEKA ZWARTBOOI,iggy@dabchick.example
Stilt,Ignatius Plumtree,ignatius@plumtree.example,yes,Ignatius Street,Ignatius Plumtree knows Thandeka Zwartbooi and mails wilhelmina@dabchick.example,y
,Petronella Kanarie,petronella@kanarie.example,no,Knysna,nothing,z
,Zola Ndabeni,zola@ndabeni.example,yes,Knysna,nothing,z
`
const REFUSED = /thandeka|zwartboo|oosterhuis|wilhelmina@|kanarie|barnabas|iggy@/i

function textsBelow(folder: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => !/^(\.hotpass|data|hotpass\.yaml|config)(\/|$)/.test(name) && statSync(join(folder, name)).isFile()).flatMap((name): (readonly [string, string])[] => {
    const bytes = readFileSync(join(folder, name))
    return name.endsWith('.xlsx') ? Object.entries(unzipSync(bytes)).map(([part, data]) => [`${name}/${part}`, strFromU8(data)]) : [[name, bytes.toString('latin1')]]
  })
}

async function sayAll(t: Test, ws: string, commands: readonly (readonly string[])[], personal: RegExp): Promise<readonly string[]> {
  const said: string[] = []
  for (const argv of commands) {
    const { out, err, exit } = await say(ws, argv)
    t.ok(exit === 0 || exit === 3, `${argv.join(' ')}: ${exit}: ${err}`)
    t.notMatch(out + err, personal, `hotpass ${argv.join(' ')}`)
    said.push(out + err)
  }
  for (const [path, text] of textsBelow(ws)) t.notMatch(text, personal, path)
  return said
}

const COMMANDS = [
  ['run', '-v', '--format', 'csv,jsonl,xlsx,parquet', '--report', 'sarif=s.sarif,junit=j.xml,markdown=m.md,json=j.json'],
  ['query', 'select club,person,remark,Extra from data'], ['query', 'select * from data', '--json'], ['query', 'select * from quarantine'], ['query', 'select * from conflicts'],
  ['qa', 'data-quality'], ['explain', '--row', '1'], ['explain', '--row', '3', '--json'], ['diff', 'latest', 'latest', '--json'],
  ['contracts', 'emit', '-o', 'contract.yaml'], ['contracts', 'validate', '--contract', 'contract.yaml', 'dist/refined.csv'], ['contracts', 'validate', '--contract', 'contract.yaml', 'dist/refined.jsonl', '--json'],
  ['compliance', 'report', '-o', 'out/evidence.json'], ['replay', 'latest']
]

t.test('nobody who refused is named in anything that leaves', async t => {
  const ws = makeWorkspace({ 'config/profiles/clubs.yaml': profile(GATED), 'data/clubs.csv': DATA })
  const said = await sayAll(t, ws, COMMANDS, REFUSED)
  t.match(said[0], /email\.not-null: .*withheld because consent is missing/, 'what is empty for lack of consent is said to be')
  const csv = readFileSync(join(ws, 'dist/refined.csv'), 'utf8')
  t.match(csv, /Stilt,Ignatius Plumtree,ignatius@plumtree\.example,true,,Ignatius Plumtree knows T••• Z••• and mails/, 'who consented stays, others in the remark do not')
  const quarantine = readFileSync(join(ws, 'dist/refined.quarantine.csv'), 'utf8')
  t.match(quarantine, /Zola Ndabeni/, 'a steward sees whole what was set aside with consent')
  t.match(quarantine, /Ignatius Street/)
  t.match(quarantine, /P••• K•••/)
  for (const table of ['data', 'quarantine', 'conflicts']) t.notMatch(JSON.stringify(await queryStore({ sql: `select * from ${table}` }, join(ws, '.hotpass'), true)), /thandeka|zwartboo|oosterhuis|wilhelmina@|kanarie|barnabas|iggy@|Ndabeni|ignatius@/i, `agents see nobody in ${table}`)
  const evidence = JSON.parse(readFileSync(join(ws, 'out/evidence.json'), 'utf8'))
  for (const column of ['person', 'email', 'remark', 'Extra']) t.match(evidence.columns.find((one: any) => one.column === column), { lawful_basis: 'consent', withheld_without_consent: true }, column)
  t.same(evidence.gaps.filter(({ code }: any) => code === 'PERSONS_MENTIONED' || code === 'LAWFUL_BASIS_BREACHED'), [])
})

t.test('a ground of their own keeps columns whole, and without a consent field nothing is withheld', async t => {
  const own = makeWorkspace({ 'config/profiles/clubs.yaml': profile('{ purpose: Membership, lawful_basis: { remark: legitimate-interests, town: contract, "*": consent }, consent_field: agreed }'), 'data/clubs.csv': DATA })
  t.equal((await say(own, ['run'])).exit, 3, 'the expectations do not hold')
  const csv = readFileSync(join(own, 'dist/refined.csv'), 'utf8')
  t.match(csv, /Thandeka Zwartbooi pays late/)
  t.match(csv, /Heron,,,false/)
  t.match(readFileSync(join(own, 'dist/refined.quarantine.csv'), 'utf8'), /Barnabas Quickfall/)
  const none = makeWorkspace({ 'config/profiles/clubs.yaml': profile('{ purpose: Membership, lawful_basis: { "*": contract } }'), 'data/clubs.csv': DATA })
  t.equal((await say(none, ['run'])).exit, 3)
  t.match(readFileSync(join(none, 'dist/refined.csv'), 'utf8'), /Heron,Thandeka Zwartboois?,thandeka\.z@wigeon\.example/)
})

t.test('names of files and columns are addresses, and the same everywhere', async t => {
  const [file, header] = ['Thandeka Zwartbooi.csv', 'Zephyrine Blatherwick']
  const ws = makeWorkspace({ 'config/profiles/clubs.yaml': profile(GATED), 'data/clubs.csv': 'Club\nTern\n', [`data/${file}`]: DATA.replace('Extra', header) })
  const { out, err } = await say(ws, ['run', '--report', 'sarif=s.sarif,json=j.json'])
  t.match(out + err, file)
  t.equal((await say(ws, ['compliance', 'report', '-o', 'out/evidence.json'])).exit, 0)
  for (const path of ['dist/refined.report.json', 'dist/refined.report.md', 'dist/refined.report.html', 'j.json', 's.sarif', 'dist/refined.quarantine.csv', 'out/evidence.json']) {
    const text = readFileSync(join(ws, path), 'utf8').replaceAll('%20', ' ')
    t.ok(text.includes(file), `${path} has the name of the file`)
    t.notMatch(text, /oosterhuis|kanarie|thandeka\.z@|zwartboois/i, `${path} has no value`)
  }
  for (const path of ['dist/refined.report.json', 'dist/refined.report.md', 'out/evidence.json', 'dist/refined.csv']) t.match(readFileSync(join(ws, path), 'utf8'), header, path)
  t.match(JSON.stringify(await queryStore({ sql: 'select * from quarantine' }, join(ws, '.hotpass'), true)), file, 'agents too')
})
