import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { validatorFor } from '../../kernel/schema.ts'
import { schema as decisionSchema } from '../../schemas/generated/decision.ts'
import { schema as partySchema } from '../../schemas/generated/party-store.ts'
import { registry } from '../commands/index.ts'
import { nameOf } from '../../kernel/registry/registry.ts'
import { makeFolder, say, type Said } from '../workspace.case.ts'
import { LEGACY, startStudio } from './label-studio.case.ts'
import { peopleCsv } from './people.case.ts'

const RESOLVE = ['resolve', '--input-file', 'people.csv', '--output-file', 'out.csv', '--match-threshold', '0.99', '--review-threshold', '0.1', '--registry-path', 'entities.jsonl']
const USER = { USER: 'thandi' }
const ws = makeFolder({ 'people.csv': peopleCsv(60) })
const text = (name: string): string => readFileSync(join(ws, name), 'utf8')
const decisions = (): any[] => (existsSync(join(ws, 'decisions.jsonl')) ? text('decisions.jsonl').trimEnd().split('\n').filter(line => line !== '').map(line => JSON.parse(line)) : [])
const clusterOf = (record: string): string => new RegExp(`^${record},(.*)$`, 'm').exec(text('out.clusters.csv'))![1]!

/** Runs a command with `--json`, and holds its result to its schema. */
async function ask(argv: readonly string[], exit = 0, options: Parameters<typeof say>[2] = {}): Promise<Said> {
  const said = await say(ws, [...argv, '--json'], { env: USER, ...options })
  t.equal(said.exit, exit, `${argv.join(' ')}: ${said.err}`)
  const command = registry.commands.find(each => argv.slice(0, each.path.length).join(' ') === nameOf(each) && (each.path.length === 3 || !['export', 'import'].includes(argv[2] ?? '')) && (each.path.length > 1 || !['explain', 'report', 'review'].includes(argv[1] ?? '')))!
  if (said.json?.error === undefined || said.json.schema !== 'urn:hotpass:schema:error:1') t.same(validatorFor(command.output)(said.json), [], `${argv.join(' ')} keeps to ${command.output.$id}`)
  return said
}

/** A terminal in which these lines are typed. */
const typing = (...lines: string[]): { readonly terminal: object; readonly shown: string[] } => {
  const shown: string[] = []
  return { shown, terminal: { inIsTerminal: true, errIsTerminal: true, readLine: async (asked: string) => (shown.push(asked), lines.shift() ?? null) } }
}

t.before(async () => {
  await ask([...RESOLVE, '--party-store-path', 'parties.json', '--export-graph', 'links.graphml'])
})

t.test('what a linkage writes', async t => {
  t.match(text('out.clusters.csv'), /^record_id,cluster_id\r?\np0-0,ent-[0-9a-f]{16}\r?\n/)
  t.same(validatorFor(partySchema)(JSON.parse(text('parties.json'))), [])
  t.match(text('links.graphml'), /<graphml /)
  t.ok(JSON.parse(text('links.json')).nodes.length > 100)
  const page = text('out.report.html')
  t.notMatch(page, /Thandi|Mokoena|Naidoo|heron\.example/, 'persons are masked')
  t.notMatch(page, /<script src|<link|https?:\/\/(?!www\.w3\.org)/, 'and nothing is loaded')
  t.match(page, /run-[0-9a-f]{32}/)
  t.equal(JSON.parse(text('out.report.json')).records, text('people.csv').trimEnd().split('\n').length - 1)
})

t.test('a pair and a cluster are explained', async t => {
  const { bridges, weakest, records } = (await ask(['resolve', 'explain', 'p0-0'])).json.cluster
  t.ok(records.includes('p0-0') && Array.isArray(bridges))
  const queue = await ask(['resolve', 'review', 'export', '--to', 'queue.jsonl'])
  t.ok(queue.json.pairs > 0)
  t.equal(statSync(join(ws, 'queue.jsonl')).mode & 0o777, 0o600, 'only its owner reads it')
  const [first] = text('queue.jsonl').split('\n').map(line => (line === '' ? null : JSON.parse(line)))
  const pair = (await ask(['resolve', 'explain', first.a.id, first.b.id, '--svg', 'pair.svg'])).json.pair
  t.equal(pair.steps.at(-1).sum, pair.weight)
  t.notMatch(JSON.stringify(pair), new RegExp(Object.values(first.a.values).filter(value => value !== null && String(value).length > 5 && !/^[A-Z][a-z]+$/.test(String(value))).join('|')), 'masked')
  t.match((await ask(['resolve', 'explain', first.a.id, first.b.id, '--reveal'])).json, { revealed: true })
  t.match(text('pair.svg'), /^<svg xmlns=/)
  t.ok(weakest === null || weakest.a.id !== '')
  t.match((await say(ws, ['resolve', 'explain', first.a.id, first.b.id])).out, /likely the same/)
  t.match((await ask(['resolve', 'explain', 'p0-00'], 2)).err, /has no record p0-00/)
  t.match((await ask(['resolve', 'report', '--to', 'again.html', '--reveal'])).json, { revealed: true })
  t.equal(statSync(join(ws, 'again.html')).mode & 0o777, 0o600)
})

t.test('in a terminal: blind, resumable, and on disk at once', async t => {
  t.match(await say(ws, ['resolve', 'review'], { env: USER }), { exit: 2, err: /asks in a terminal, and there is none here\n  hint: hotpass resolve review export/ })
  const one = typing('?', 's same hand', 'b', 'd other birth date', 'q')
  t.match((await ask(['resolve', 'review'], 0, { terminal: one.terminal })).json, { same: 0, different: 1, withdrawn: 1, by: 'thandi' })
  t.notMatch(one.shown[0], /%|likely/, 'the model is silent before the answer')
  t.match(one.shown[2], /the model: [0-9.]+% likely the same/, 'and speaks after it')
  t.match(decisions().map(({ decision, why }) => [decision, why]), [['must-link', 'same hand'], ['withdraw', undefined], ['cannot-link', 'other birth date']])
  for (const line of decisions()) t.same(validatorFor(decisionSchema)(line), [])
  const two = typing('u')
  t.match((await ask(['resolve', 'review', '--by', 'Sipho'], 0, { terminal: two.terminal })).json, { unsure: 1 })
  t.notMatch(two.shown[0], one.shown[0]!.split('\n')[2]!, 'what is decided is not asked again')
  t.equal(statSync(join(ws, 'decisions.jsonl')).mode & 0o777, 0o600)
  // A process killed in the middle of an answer leaves half a line.
  const whole = text('decisions.jsonl')
  appendFileSync(join(ws, 'decisions.jsonl'), whole.slice(0, 40))
  t.match(await say(ws, RESOLVE, { env: USER }), { exit: 2, err: /^E_DECISIONS decisions\.jsonl line 5 is cut short/m })
  truncateSync(join(ws, 'decisions.jsonl'), whole.length - 1)
  await ask(['resolve', 'review'], 0, { terminal: typing('q').terminal })
  t.equal(text('decisions.jsonl'), whole, 'the end of a line is mended')
})

t.test('as a workbook and as lines, filled in and handed back', async t => {
  await ask(['resolve', 'review', 'export', '--to', 'review.xlsx'])
  t.match((await ask(['resolve', 'review', 'import', 'review.xlsx'])).json, { answers: 0, faults_total: 0 })
  await ask(['resolve', 'review', 'export', '--to', 'queue.jsonl'])
  const lines = text('queue.jsonl').trimEnd().split('\n').map(line => JSON.parse(line))
  t.ok(lines.length >= 2, `${lines.length} pairs are left`)
  const filled = (...answers: (string | null)[]): void => writeFileSync(join(ws, 'queue.jsonl'), lines.map((line, at) => JSON.stringify({ ...line, decision: answers[at] ?? null, by: 'Lerato' })).join('\n'))
  const before = decisions().length
  filled('different', 'diferent')
  const wrong = await ask(['resolve', 'review', 'import', 'queue.jsonl'], 2)
  t.match(wrong.json, { faults_total: 1, faults: [{ place: 'queue.jsonl line 2', message: /decision/ }] })
  t.equal(decisions().length, before, 'with a fault nothing is taken over')
  filled('different', 'same')
  t.match((await ask(['resolve', 'review', 'import', 'queue.jsonl'])).json, { same: 1, different: 1, known: 0 })
  t.match((await ask(['resolve', 'review', 'import', 'queue.jsonl'])).json, { same: 0, different: 0, known: 2 }, 'twice is once')
  const said = decisions().slice(-2)
  await ask(RESOLVE)
  t.not(clusterOf(said[0].a), clusterOf(said[0].b), 'cannot-link is honoured')
  t.equal(clusterOf(said[1].a), clusterOf(said[1].b), 'and so is must-link')
  t.match((await ask(['resolve', 'review', 'import', 'nothing.pdf'], 1)).err, /E_INPUT_MISSING/)
})

t.test('a merge is undone by one line, told in the history, and replayed to the byte', async t => {
  const registryLines = text('entities.jsonl').trimEnd().split('\n').map(line => JSON.parse(line))
  const pairOf = registryLines.find(line => line.line === 'entity' && line.state === 'live' && line.records.length === 2)
  const [a, b] = pairOf.records
  appendFileSync(join(ws, 'decisions.jsonl'), `${JSON.stringify({ decision: 'cannot-link', a, b, by: 'Thandi', at: '2026-01-31T09:00:00Z', why: 'twins' })}\n`)
  const run = await ask(RESOLVE)
  t.not(clusterOf(a), clusterOf(b))
  t.ok([clusterOf(a), clusterOf(b)].includes(pairOf.entity_id), 'one of them keeps the id')
  const other = [a, b].find(record => clusterOf(record) !== pairOf.entity_id)
  t.match((await ask(['entities', 'history', other, '--registry-path', 'entities.jsonl'])).json, { history: [{ what: 'split', other: pairOf.entity_id, run_id: run.json.run_id, because: { by: 'Thandi', why: 'twins' } }] })
  t.match((await ask(['entities', 'show', a, '--registry-path', 'entities.jsonl'])).json, { state: 'live' })
  t.match((await ask(['entities', 'list', '--changed', '--registry-path', 'entities.jsonl'])).json, { total: 2 })
  t.match((await ask(['replay', run.json.run_id])).json, { verdict: 'identical' })
  // Written into the file for good: a line that puts them together stands against it.
  appendFileSync(join(ws, 'decisions.jsonl'), `${JSON.stringify({ decision: 'must-link', a, b, by: 'Sipho', at: '2026-02-01T09:00:00Z' })}\n`)
  const lines = decisions().length
  t.match(await say(ws, RESOLVE, { env: USER }), { exit: 2, err: new RegExp(`line ${lines - 1} keeps two records apart that line ${lines} puts together`) })
  appendFileSync(join(ws, 'decisions.jsonl'), `${JSON.stringify({ decision: 'withdraw', a, b, by: 'Sipho', at: '2026-02-01T09:00:01Z' })}\n`)
  await ask(RESOLVE)
  t.equal(clusterOf(a), pairOf.entity_id, 'withdrawn, they are together again under the first id')
})

t.test('to Label Studio after a linkage, only when the network is opened', async t => {
  const studio = await startStudio()
  t.teardown(() => studio.close())
  const flags = [...RESOLVE, '--label-studio-url', studio.url, '--label-studio-project', '7']
  const env = { ...USER, HOTPASS_LABEL_STUDIO_TOKEN: LEGACY }
  await ask(flags, 5, { env })
  t.same(studio.seen, [])
  t.match((await ask([...flags, '--allow-network'], 0, { env })).json.review, { project: 7, known: 0 })
  t.ok(studio.tasks.length > 0)
})
