/** No personal value of a fixture stands in anything that is said or written, the dataset itself aside. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openStore } from '../kernel/host/store/store.ts'
import { itemsOf, type Frame } from '../kernel/artifact/table.ts'
import type { DatasetMeta, RecordsMeta } from '../operators/model/stages.ts'
import { inheritedType, fieldsOf } from '../operators/personal/classify.ts'
import { isPersonal } from '../operators/masking/mask.ts'
import { packageRoot } from './package-root.ts'
import { artifactOf } from './pipeline/artifacts.ts'
import { findAttempt, readRun } from './pipeline/store.ts'
import { makeFolder, say } from './workspace.case.ts'

const FIXTURES = join(packageRoot(), 'fixtures')
/** Files that are the dataset: its data, its groups, and what was set aside or lost from it. */
const DATASET = /(?:refined|resolved)(\.[a-z_]+)?\.(csv|xlsx|jsonl|parquet)$/
/** Values that are too short, or too much a word of everyday, to tell anything. */
const LEAST = 6

interface Needle { readonly text: string; readonly from: string }

const fold = (text: string): string => text.toLowerCase()

/** Personal values of the truth, and of every cell that was mapped to a personal field, as read and as normalised. */
function needlesOf(store: string, fixture: string): readonly Needle[] {
  const found = new Map<string, string>()
  const add = (text: string, from: string): void => {
    const plain = text.trim()
    if (plain.length >= LEAST) found.set(fold(plain), from)
  }
  const truth = JSON.parse(readFileSync(join(FIXTURES, fixture, 'truth.json'), 'utf8'))
  for (const one of truth.organisations ?? []) for (const kind of ['emails', 'phones', 'people']) for (const value of one[kind]) add(value, kind)
  const open = openStore(store)
  try {
    const recorded = readRun(open, findAttempt(open, 'latest', {}))
    const dataset = artifactOf<Frame<DatasetMeta>>(open, recorded, 'score', 'dataset')
    const fields = fieldsOf(dataset.meta.schema)
    for (const step of ['join', 'normalise'] as const) {
      const frame = artifactOf<Frame<RecordsMeta>>(open, recorded, step, step === 'join' ? 'records' : 'normalised')
      for (const table of frame.tables) {
        for (const column of table.columns) {
          const target = (table.name === 'records' ? '' : `${table.name}.`) + column.name.replace(/\/.*$/, '')
          const field = fields.get(target)
          if (field === undefined || !isPersonal(inheritedType(field, fields)) || field.type === 'address') continue
          for (const value of column.values) for (const item of itemsOf(value)) add(item, target)
        }
      }
    }
  } finally {
    open.close()
  }
  return [...found].map(([text, from]) => ({ text, from }))
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)).filter(path => statSync(path).isFile())
}

/** Needles that stand in a text. All are looked for at once, by their first six characters. */
function foundIn(text: string, needles: ReadonlyMap<string, readonly Needle[]>): readonly Needle[] {
  const plain = fold(text)
  const found = new Set<Needle>()
  for (let at = 0; at + LEAST <= plain.length; at++) {
    const some = needles.get(plain.slice(at, at + LEAST))
    if (some !== undefined) for (const needle of some) if (plain.startsWith(needle.text, at)) found.add(needle)
  }
  return [...found]
}

/** Runs the commands and searches everything that they say and write. `needles` null: those of the fixture. */
async function search(t: Test, fixture: string, config: string, commands: readonly (readonly string[])[], given: readonly Needle[] | null = null, more: { readonly [path: string]: string } = {}): Promise<string> {
  const input = given === null ? join(FIXTURES, fixture, 'data') : 'data'
  const ws = makeFolder({ ...more, 'hotpass.yaml': config, 'tight.yaml': 'refine:\n  budgets: { quarantined_rows: 0, quarantined_cells: 0, orphans: 0, set_aside_rows: 0 }\n' })
  const said: [string, string][] = []
  for (const argv of commands) {
    const { out, err } = await say(ws, [...argv, ...(argv[0] === 'run' || argv[0] === 'qa' ? ['--input-dir', input] : [])], { env: { GITHUB_STEP_SUMMARY: join(ws, 'step.md') } })
    said.push([`hotpass ${argv.join(' ')}: standard output`, out], [`hotpass ${argv.join(' ')}: standard error`, err])
  }
  const all = given ?? needlesOf(join(ws, '.hotpass'), fixture)
  const needles = new Map<string, Needle[]>()
  for (const needle of all) needles.set(needle.text.slice(0, LEAST), [...(needles.get(needle.text.slice(0, LEAST)) ?? []), needle])
  // What the store holds by content is the input and the dataset; its records, ledger and runs are searched.
  const files = filesBelow(ws).filter(path => !DATASET.test(path) && !path.startsWith(join(ws, 'data')) && !/\.hotpass\/(objects|actions)\//.test(path) && !path.endsWith('.hotpass'))
  for (const path of files) said.push([path.slice(ws.length + 1), readFileSync(path, 'utf8')])
  t.ok(said.length > 20, `${said.length} texts and ${all.length} values`)
  for (const [where, text] of said) {
    const leaked = foundIn(text, needles)
    t.same(leaked.slice(0, 5), [], `${where}: nothing personal`)
  }
  const control = all[0]
  if (control !== undefined) t.same(foundIn(`x ${control.text.toUpperCase()} y`, needles).length > 0, true, 'the search finds what is there')
  return ws
}

const REPORTS = ['--report', 'sarif,junit,markdown,json', '--report', 'github']

t.test('aviation', async t => {
  const config = 'profile: aviation\n'
  await search(t, 'aviation', config, [
    ['run', '--strict', '-v', ...REPORTS],
    ['run', '--json', '--log-format', 'json', '-v'],
    ['explain', '--row', '1'], ['explain', '--row', '3', '--json'], ['explain', '--row', '120', '--json'], ['explain', '--row', '250'],
    ['runs', 'show', 'latest', '--json'], ['diff', 'latest', 'latest', '--json'],
    ['doctor', '--json', '--report', 'json=doctor.json'], ['inspect', join(FIXTURES, 'aviation/data'), '--profile', 'aviation', '--json'], ['inspect', join(FIXTURES, 'aviation/data')],
    ['qa', 'data-quality', '--json', ...REPORTS], ['run', '--config', 'tight.yaml', ...REPORTS], ['contracts', 'emit', '--format', 'markdown', '-o', 'contract.md'], ['contracts', 'emit', '--run', 'latest'], ['compliance', 'report'], ['config', 'show', '--json'], ['overview', '--json']
  ])
})

t.test('supplies, where nobody is named', async t => {
  const ws = await search(t, 'supplies', `profile: ${join(FIXTURES, 'supplies/profile.yaml')}\n`, [['run', ...REPORTS], ['explain', '--row', '2', '--json'], ['qa', 'data-quality'], ['doctor', '--report', 'json=doctor.json'], ['run', '--config', 'tight.yaml'], ['compliance', 'report']])
  t.same(JSON.parse(readFileSync(join(ws, 'dist/refined.report.json'), 'utf8')).personal, [], 'an article number is nobody')
})

const PROFILE = `name: clubs
refine:
  entity: club
  fields:
    - { name: club, type: organisation-name, synonyms: [Club], required: true }
    - { name: site, type: url, synonyms: [Site] }
    - { name: notes, type: text, multiple: true, synonyms: [Notes] }
    - { name: date_of_birth, type: date, synonyms: [Born], date_order: day-first }
    - { name: level, type: category, synonyms: [Level], values: { Gold: [gold] } }
  merge: { keys: [club] }
`
const MIXED = `Club,Site,Notes,Born,Level,Guest of honour,ID no,Anything,Joined
Heron Flyers,https://heron.example/team/ludo-engelbrecht,"Spoke to Petronella Kanarie, card 4111 1111 1111 1111; dinner with ayla kruse",14/03/1961,gold,Ayla Kruse,8001015009087,GB82WEST12345698765432,17.11.2019
HERON FLYERS CC,https://heron.example,"Capt. Zola Ndabeni called about 131052-308T, see zola.ndabeni@mail.example",15/03/1961,Ask Mr Quist,Ludo Engelbrecht,7502205082082,+27 82 555 0143,18.11.2019
Stilt Air,n/a,"id 8001015009087 and 12345678Z",no date,gold,Ayla Kruse,not one,Petronella Kanarie,someday
`
const MIXED_NEEDLES = ['Petronella Kanarie', 'Ayla Kruse', 'Zola Ndabeni', 'Ludo Engelbrecht', 'ludo-engelbrecht', '4111 1111 1111 1111', '131052-308T', '8001015009087', '7502205082082', 'GB82WEST12345698765432', '12345678Z', 'zola.ndabeni@mail.example', '82 555 0143', '14/03/1961', '1961-03-14', '1961-03-15', '17.11.2019', '18.11.2019', 'Mr Quist']

t.test('persons in columns that no field takes, in notes, in paths and in numbers', async t => {
  const needles = MIXED_NEEDLES.map(text => ({ text: fold(text), from: 'mixed' }))
  const rows = ['1', '2'].flatMap(row => [['explain', '--row', row], ['explain', '--row', row, '--json']])
  await search(t, '', 'profile: clubs\n', [['run', '-v', ...REPORTS], ...rows, ['qa', 'data-quality', ...REPORTS], ['inspect', 'data'], ['inspect', 'data', '--profile', 'clubs', '--json'], ['diff', 'latest', 'latest'], ['run', '--config', 'tight.yaml', ...REPORTS], ['doctor', '--json'], ['compliance', 'report', '--json'], ['contracts', 'emit', '--run', 'latest']], needles, { 'config/profiles/clubs.yaml': PROFILE, 'data/clubs.csv': MIXED })
  await search(t, '', 'profile: generic\n', [['run', ...REPORTS], ['explain', '--row', '1', '--json'], ['qa', 'data-quality'], ['run', '--config', 'tight.yaml']], needles.filter(({ text }) => !/quist|^1961|^14|^1[78]\.11|ludo-/.test(text)), { 'data/clubs.csv': MIXED })
})

/** People with slips of the pen between two lists, so that some pairs are sure and some are for a person to decide. */
const GIVEN = ['Petronella', 'Zola', 'Ludovica', 'Ayandiso', 'Kasimir', 'Thandolwe', 'Marguerite', 'Bonganisile', 'Wilhelmus', 'Nomathemba']
const FAMILY = ['Kanarie', 'Ndabenizwe', 'Engelbrechts', 'Kruseman', 'Quistgaard', 'Mokgatsile']
const PEOPLE = GIVEN.flatMap((given, at) => FAMILY.map((family, other) => ({ name: `${given} ${family}`, email: `${given}.${family}@mail-${at}.example`.toLowerCase(), phone: `+2782555${String(1000 + at * 10 + other)}`, town: ['Margatine', 'Bloemrand', 'Tsitsiville'][(at + other) % 3]!, born: `19${60 + at}-0${1 + other}-14` })))
const peopleFile = (): string => {
  const line = (id: string, { name, email, phone, town, born }: (typeof PEOPLE)[number]): string => `${id},${name},${email},${phone},${town},${born}`
  const slips = PEOPLE.map((one, at) => ({ ...one, name: at % 2 === 0 ? `${one.name.slice(0, 3)}${one.name.slice(4)}` : one.name, email: at % 3 === 0 ? '' : one.email, phone: at % 4 === 0 ? '' : one.phone }))
  return ['id,full name,e-mail,phone,town,date of birth', ...PEOPLE.map((one, at) => line(`a${at}`, one)), ...slips.map((one, at) => line(`b${at}`, one))].join('\n') + '\n'
}

t.test('what resolve says and writes besides its records', async t => {
  const needles = PEOPLE.flatMap(({ name, email, phone, born }) => [name, email, phone, phone.slice(-7), born]).map(text => ({ text: fold(text), from: 'people' }))
  const own = ['--input-file', 'data/people.csv', '--profile', 'generic']
  const ws = await search(t, '', 'profile: generic\n', [
    ['resolve', ...own, '-v', '--export-graph', 'graph.graphml'],
    ['resolve', ...own, '--json', '--explain-plan', '--no-cache'],
    ['resolve', ...own, '--review-threshold', '0.1', '--match-threshold', '0.9999', '--output-file', 'dist/resolved.csv', '--report-path', 'again.report.json'],
    ['runs', 'show', 'latest', '--json'], ['doctor', '--json'], ['explain-linkage', '--json'], ['resolve', 'review', '--json']
  ], needles, { 'data/people.csv': peopleFile() })
  const report = JSON.parse(readFileSync(join(ws, 'again.report.json'), 'utf8'))
  t.ok(report.review.length + report.merges.length > 0, `${report.review.length} pairs to decide and ${report.merges.length} that were put together are shown`)
})
