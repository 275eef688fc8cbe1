import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { parquetReadObjects } from 'hyparquet'
import t from 'tap'
import { people } from '../../bench/linkage/people.ts'
import { assertRefusal } from '../refusal.case.ts'
import { makeFolder, say } from '../workspace.case.ts'

const { records, truth } = people(300)

/** Cluster by record id. */
function clustersIn(text: string): Map<string, string> {
  return new Map(text.trim().split(/\r?\n/).slice(1).map(line => line.split(',') as [string, string]))
}

/** Pairwise precision and recall. */
function judged(found: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): { readonly precision: number; readonly recall: number } {
  const ids = [...wanted.keys()]
  const hits = { both: 0, found: 0, wanted: 0 }
  ids.forEach((a, at) => ids.slice(at + 1).forEach(b => {
    const [one, two] = [found.get(a) === found.get(b), wanted.get(a) === wanted.get(b)]
    if (one) hits.found++
    if (two) hits.wanted++
    if (one && two) hits.both++
  }))
  return { precision: hits.both / hits.found, recall: hits.both / hits.wanted }
}

const RESOLVE = ['resolve', '--input-file', 'records.csv', '--output-file', 'out.csv', '--clusters-path', 'clusters.csv', '--id-field', 'record_id']

t.test('records of one person are found, the same for any number of workers, and replayed to the byte', async t => {
  const folder = makeFolder({ 'records.csv': records })
  const said = await say(folder, [...RESOLVE, '--json', '--explain-plan'])
  t.equal(said.exit, 0, said.err)
  const clusters = readFileSync(join(folder, 'clusters.csv'), 'utf8')
  const { precision, recall } = judged(clustersIn(clusters), clustersIn(truth))
  t.ok(precision >= 0.98 && recall >= 0.85, `precision ${precision}, recall ${recall}`)
  t.equal(said.json.counts.rows_in, said.json.counts.used + said.json.counts.merged)
  t.same(said.json.plan.fields.map(({ name, type }: any) => [name, type]), [['record_id', 'ignored'], ['given_name', 'given-name'], ['family_name', 'family-name'], ['date_of_birth', 'date'], ['city', 'word'], ['postcode', 'identifier'], ['email', 'email'], ['phone', 'phone']])
  t.ok(said.json.plan.rules.length > 5 && said.json.plan.comparisons.every(({ levels }: any) => levels.length > 2))
  const again = makeFolder({ 'records.csv': records })
  const other = await say(again, [...RESOLVE, '--json', '--workers', '7'])
  t.same(other.json.record_hash, said.json.record_hash, 'one record hash for any number of workers')
  t.same(other.json.outputs.map(({ hash }: any) => hash), said.json.outputs.map(({ hash }: any) => hash))
  const replay = await say(folder, ['replay', 'latest', '--json'])
  t.same([replay.exit, replay.json.verdict], [0, 'identical'])
})

t.test('what the plan calls ignored can be pasted into types', async t => {
  const folder = makeFolder({ 'records.csv': 'record_id,name,city,email\n1,Ada Quill,Paarl,a@x.example\n2,Ada Quill,Ceres,a@x.example\n3,Jo Brand,Paarl,j@x.example\n', 'hotpass.yaml': 'refine:\n  linkage:\n    types: { city: ignored }\n' })
  const said = await say(folder, [...RESOLVE, '--json', '--explain-plan'])
  t.equal(said.exit, 0, said.err)
  t.equal(said.json.plan.fields.find(({ name }: any) => name === 'city').type, 'ignored')
  t.notOk(said.json.plan.comparisons.some(({ name }: any) => name.includes('city')))
})

t.test('people decide: a merge is undone by one line, and a pair is put together by another', async t => {
  const folder = makeFolder({ 'records.csv': records })
  await say(folder, RESOLVE)
  const before = clustersIn(readFileSync(join(folder, 'clusters.csv'), 'utf8'))
  const sizes = new Map<string, string[]>()
  for (const [id, cluster] of before) sizes.set(cluster, [...(sizes.get(cluster) ?? []), id])
  const [a, b] = [...sizes.values()].find(ids => ids.length === 2)!
  const [c, d] = [...sizes.values()].filter(ids => ids.length === 1).slice(0, 2).map(ids => ids[0]!)
  const line = (decision: string, x: string, y: string): string => JSON.stringify({ decision, a: x, b: y, by: 'Thandi', at: '2026-01-31T08:00:00Z', why: 'asked' })
  const decided = makeFolder({ 'records.csv': records, 'decisions.jsonl': `${line('cannot-link', a!, b!)}\n${line('must-link', c!, d!)}\n` })
  const said = await say(decided, [...RESOLVE, '--json'])
  t.equal(said.exit, 0, said.err)
  const after = clustersIn(readFileSync(join(decided, 'clusters.csv'), 'utf8'))
  t.not(after.get(a!), after.get(b!))
  t.equal(after.get(c!), after.get(d!))
  t.same([said.json.pairs.must_link, said.json.pairs.cannot_link], [1, 1])
  t.equal((await say(decided, ['replay', 'latest', '--json'])).json.verdict, 'identical')
  const [one, other] = [...sizes.values()].filter(ids => ids.length === 2).map(ids => ids[0]!)
  const forced = makeFolder({ 'records.csv': records, 'decisions.jsonl': `${line('must-link', one!, other!)}\n` })
  const warned = (await say(forced, [...RESOLVE, '--json'])).json.warnings.filter(({ code }: any) => code === 'LINK_MERGE_LOOSENED')
  t.match(warned.map(({ message }: any) => message), [/merge\(s\) come apart because of must-links: line 1 of the decisions parts row \d+ and row \d+/])
  t.notOk(said.json.warnings.some(({ code }: any) => code === 'LINK_MERGE_LOOSENED'), 'two that were alone loosen nothing')
})

t.test('two lists: no record is matched within its list, and each has one partner', async t => {
  const [head, ...lines] = records.trim().split('\n')
  const folder = makeFolder({ 'records.csv': [`list,${head}`, ...lines.map((line, at) => `${at % 2 === 0 ? 'left' : 'right'},${line}`)].join('\n') })
  const said = await say(folder, [...RESOLVE, '--source-field', 'list', '--link-only', '--json'])
  t.equal(said.exit, 0, said.err)
  const members = new Map<string, number[]>()
  let at = 0
  for (const [, cluster] of clustersIn(readFileSync(join(folder, 'clusters.csv'), 'utf8'))) members.set(cluster, [...(members.get(cluster) ?? []), at++ % 2])
  t.ok([...members.values()].every(sides => sides.length === 1 || (sides.length === 2 && sides[0] !== sides[1])))
  t.ok([...members.values()].some(sides => sides.length === 2))
})

t.test('the ending of the output says its form, and other readers find the same records in each', async t => {
  const folder = makeFolder({ 'records.csv': records.split('\n').slice(0, 40).join('\n') })
  const rows: Record<string, unknown[][]> = {}
  for (const format of ['csv', 'xlsx', 'jsonl', 'parquet']) {
    const said = await say(folder, ['resolve', '--input-file', 'records.csv', '--output-file', `out.${format}`, '--id-field', 'record_id', '--json'])
    t.equal(said.exit, 0, said.err)
    t.same(said.json.outputs.map(({ path }: any) => path).filter((path: string) => !path.includes('report')).sort(), [`out.${format}`, 'out.clusters.csv'].sort())
    const path = join(folder, `out.${format}`)
    if (format === 'csv') rows[format] = parse(readFileSync(path)).slice(1)
    if (format === 'jsonl') rows[format] = readFileSync(path, 'utf8').trim().split('\n').map(line => Object.values(JSON.parse(line)))
    if (format === 'parquet') rows[format] = (await parquetReadObjects({ file: new Uint8Array(readFileSync(path)).buffer })).map(row => Object.values(row))
    if (format === 'xlsx') {
      const book = new ExcelJS.Workbook()
      await book.xlsx.readFile(path)
      t.same(book.worksheets.map(({ name }) => name), ['Data', 'Summary'])
      rows[format] = book.worksheets[0]!.getSheetValues().slice(2).map(row => Array.from({ length: 10 }, (_, at) => (row as unknown[])[at + 1]))
    }
    t.equal((await say(folder, ['replay', 'latest', '--json'])).json.verdict, 'identical')
  }
  t.ok(rows['csv']!.length > 10)
  t.ok(rows['jsonl']!.every(([cluster, count]) => typeof cluster === 'number' && typeof count === 'number'))
  for (const format of ['xlsx', 'jsonl', 'parquet']) t.same(rows[format]!.map(row => row.map(value => String(value ?? ''))), rows['csv'], format)
})

t.test('what cannot be done is said in one line', async t => {
  const folder = makeFolder({ 'records.csv': records, 'twice.csv': 'record_id,name\n1,Ann\n1,Bob\n', 'head.csv': 'record_id,name\n' })
  const cases: readonly [string, readonly string[], number, RegExp][] = [
    ['thresholds out of order', [...RESOLVE, '--match-threshold', '0.6'], 2, /review threshold .* above the match/],
    ['an unknown field', [...RESOLVE.slice(0, -1), 'recordid'], 2, /no column "recordid"/],
    ['an id that repeats', ['resolve', '--input-file', 'twice.csv', '--id-field', 'record_id'], 2, /row 3 has the value of row 2/],
    ['no file', ['resolve', '--input-file', 'none.csv'], 1, /no file none\.csv/],
    ['no source', [...RESOLVE, '--link-only'], 2, /link_only needs source_field/],
    ['a sensitive column that is not there', [...RESOLVE, '--sensitive-field', 'mobile'], 2, /no column "mobile"/],
    ['a graph in another form', [...RESOLVE, '--export-graph', 'r.csv'], 2, /r\.csv ends in neither \.graphml nor \.json/],
    ['a threshold that nothing reaches', [...RESOLVE, '--match-threshold', '1'], 2, /--match-threshold must be at most/],
    ['another format', ['resolve', '--input-file', 'records.csv', '--output-file', 'out.ods'], 2, /out\.ods ends in none of \.csv, \.xlsx, \.jsonl and \.parquet/],
    ['no format', ['resolve', '--input-file', 'records.csv', '--output-file', 'out'], 2, /ends in none of/]
  ]
  for (const [name, argv, exit, says] of cases) assertRefusal(t, name, await say(folder, argv), { exit, says })
})

t.test('files with next to nothing in them', async t => {
  const one = makeFolder({ 'records.csv': 'record_id,name,town\n1,Ann,Paarl\n' })
  t.equal((await say(one, RESOLVE)).exit, 0, 'one record')
  const empty = makeFolder({ 'records.csv': 'record_id,name,town\n1,,\n2,,\n3,,\n' })
  t.equal((await say(empty, RESOLVE)).exit, 0, 'nothing but ids')
  t.equal(new Set(clustersIn(readFileSync(join(empty, 'clusters.csv'), 'utf8')).values()).size, 3)
})

t.test('an output never replaces the input, nor another output', async t => {
  const folder = makeFolder({ 'records.csv': records })
  const base = ['resolve', '--input-file', 'records.csv', '--id-field', 'record_id']
  for (const more of [['--output-file', 'records.csv'], ['--clusters-path', './records.csv'], ['--party-store-path', 'records.csv'], ['--output-file', 'x.csv', '--clusters-path', 'x.csv'], ['--source-field', 'record_id', '--link-only']]) {
    const { exit, err } = await say(folder, [...base, ...more])
    t.equal(exit, 2, more.join(' '), { err })
  }
  t.equal(readFileSync(join(folder, 'records.csv'), 'utf8'), records)
  t.equal((await say(makeFolder({ 'data/a.csv': 'Company\nPlover\n' }), ['run', '--input-dir', 'data', '--party-store-path', 'data/a.csv'])).exit, 2)
})

t.test('equal records are looked at once', async t => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `${at},${at < 10 ? `Other ${at}` : 'Petra'},1980-01-${at < 10 ? `0${at}` : '31'},petra${at < 10 ? at : ''}@x.example`)
  const folder = makeFolder({ 'records.csv': `record_id,name,born,email\n${lines.join('\n')}\n` })
  const said = await say(folder, [...RESOLVE, '--json'])
  t.equal(said.exit, 0, said.err)
  t.ok(said.json.pairs.compared < 30_000, `${said.json.pairs.compared} pairs, not two hundred million`)
})
