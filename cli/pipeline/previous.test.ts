/** Expectations in a run: what fails ends with 3, freshness needs the day, and the run before is an input that replay finds again. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { CLUBS, makeWorkspace, PROFILE, say } from '../workspace.case.ts'

const expecting = (...lines: readonly string[]): string => `${PROFILE}expectations:\n${lines.map(line => `  - ${line}\n`).join('')}`
const codes = (json: any): string[] => json.errors.map(({ code }: any) => code).filter((code: string) => code.endsWith('_BREACHED'))

t.test('a failing expectation names its cells, masked where they are personal', async t => {
  const ws = makeWorkspace({ 'config/profiles/clubs.yaml': expecting('{ expect: length, field: email, max: 19 }', '{ expect: in-set, field: town, values: [Paarl, Knysna], severity: warning }') })
  const { exit, json, out, err } = await say(ws, ['run', '--json'])
  t.equal(exit, 3)
  t.same(codes(json), ['LENGTH_BREACHED'])
  const [found] = json.errors.filter(({ code }: any) => code === 'LENGTH_BREACHED')
  t.match(found.details, { expectation: 'email.length', field: 'email', file: 'clubs.csv', cells: ['B2'] })
  t.match(found.message, /first at clubs\.csv › clubs › B2$/)
  t.ok(json.warnings.some(({ code }: any) => code === 'IN_SET_BREACHED'), 'a warning is told')
  t.notMatch(out + err, /info@lapwing/)
  t.equal((await say(ws, ['run', '--mode', 'best-effort', '--json'])).exit, 0, 'best-effort records it')
  t.end()
})

t.test('freshness needs the day of the run', async t => {
  const ws = makeWorkspace({ 'config/profiles/clubs.yaml': expecting('{ expect: fresh, field: seen, days: 30 }').replace("{ name: town, type: text }", "{ name: town, type: text }\n    - { name: seen, type: date }"), 'data/clubs.csv': 'Club,Seen\nLapwing,2026-01-31\n' })
  t.equal((await say(ws, ['run'])).exit, 5, 'a strict run takes no day that is not pinned')
  t.equal((await say(ws, ['run', '--as-of', '2026-03-02'])).exit, 0)
  t.same(codes((await say(ws, ['run', '--as-of', '2026-03-03', '--json'])).json), ['FRESH_BREACHED'])
  t.end()
})

t.test('the run before is an input, pinned by its hash', async t => {
  const ws = makeWorkspace({ 'config/profiles/clubs.yaml': expecting('{ expect: row-count-change, increase: 0.1 }', '{ expect: categories, field: town, new: 0 }') })
  const first = await say(ws, ['run', '--json'])
  t.equal(first.exit, 0, first.err)
  t.equal((await say(ws, ['run', '--json'])).json.run_id, first.json.run_id, 'the same request is the same run')
  writeFileSync(join(ws, 'data/clubs.csv'), `${CLUBS}Tern Air,ops@tern.example,,Upington\n`)
  const second = await say(ws, ['run', '--json'])
  t.equal(second.exit, 3)
  t.same(codes(second.json).sort(), ['CATEGORIES_BREACHED', 'ROW_COUNT_CHANGE_BREACHED'])
  t.ok(second.json.inputs.some(({ id }: any) => id === 'hotpass:previous-dataset'))
  t.equal((await say(ws, ['run', '--json'])).json.run_id, second.json.run_id, 'and so is this one')
  const replayed = await say(ws, ['replay', second.json.run_id, '--json'])
  t.equal(replayed.exit, 0, replayed.err)
  t.equal(replayed.json.verdict, 'identical')
  writeFileSync(join(ws, 'data/clubs.csv'), CLUBS.replace('Paarl', 'Knysna'))
  t.equal((await say(ws, ['run'])).exit, 0, 'a run whose data failed is not compared with')
  t.equal((await say(ws, ['doctor', '--full'])).exit, 0)
  t.end()
})
