import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { validatorFor } from '../../kernel/schema.ts'
import { schema } from '../../schemas/generated/party-store.ts'
import { makeWorkspace, say } from '../workspace.case.ts'

const CLUBS = 'Club,E-mail,Tel,Town\nLapwing Gliding,info@shared.example,021 555 0101,Worcester\nLapwing Gliding,gliding@lapwing.example,,\nHeron Flyers,info@shared.example,021 555 0202,Knysna\n'
const KEYS = (keys: string): string => `refine:\n  merge: { keys: [${keys}] }\n`

/** Lines of a registry. */
const linesOf = (ws: string): any[] => readFileSync(join(ws, 'entities.jsonl'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line))

t.test('a merge is undone by one line, its history is told, and every run replays to the byte', async t => {
  const ws = makeWorkspace({ 'data/clubs.csv': CLUBS, 'apart.yaml': KEYS('club'), 'joined.yaml': KEYS('club, email') })
  const run = async (config: string): Promise<any> => {
    const said = await say(ws, ['run', '--config', config, '--registry-path', 'entities.jsonl', '--party-store-path', 'parties.json', '--json'])
    t.equal(said.exit, 0, said.err)
    return said.json
  }
  const first = await run('apart.yaml')
  t.equal(first.counts.rows_out, 2)
  const apart = linesOf(ws).filter(({ line }) => line === 'entity')
  const [heron, lapwing] = [1, 2].map(size => apart.find(({ records }) => records.length === size))

  const second = await run('joined.yaml')
  t.equal(second.counts.rows_out, 1, 'a shared mailbox as a key joins them')
  const merged = await say(ws, ['entities', 'history', heron.entity_id, '--registry-path', 'entities.jsonl', '--json'])
  t.match(merged.json, { state: 'merged', now: lapwing.entity_id, history: [{ what: 'appeared' }, { what: 'merged', other: lapwing.entity_id, count: 1, run_id: second.run_id }] })

  const shared = lapwing.records.map((record: string) => ({ decision: 'cannot-link', a: heron.records[0], b: record, by: 'Thandi', at: '2026-01-31T09:00:00Z', why: 'two clubs, one landlord' }))
  appendFileSync(join(ws, 'decisions.jsonl'), `${JSON.stringify(shared[0])}\n`)
  const third = await run('joined.yaml')
  const now = linesOf(ws)
  if (third.counts.rows_out === 1) t.fail('the decision was not honoured')
  t.ok(third.inputs.some(({ id }: { id: string }) => id === 'hotpass:decisions'), 'the decisions are an input of the run')
  t.same(now.filter(({ line, state }) => line === 'entity' && state === 'live').map(({ entity_id }) => entity_id).sort(), [heron.entity_id, lapwing.entity_id].sort(), 'both ids are back')

  const told = await say(ws, ['entities', 'history', heron.entity_id.slice(0, 12), '--registry-path', 'entities.jsonl'])
  t.equal(told.exit, 0)
  t.match(told.out, /appeared[^]*was merged into ent-[^]*was given back by ent-[^]*decided by Thandi on 2026-01-31T09:00:00Z: .* are different \(two clubs, one landlord\)/)
  for (const { run_id } of [first, second, third]) t.match((await say(ws, ['replay', run_id, '--json'])).json, { verdict: 'identical' }, `${run_id} replays`)

  t.match((await say(ws, ['entities', 'show', heron.entity_id, '--registry-path', 'entities.jsonl', '--json'])).json, { records: heron.records, places: [{ record: heron.records[0], file: 'clubs.csv', row: 4 }] }, 'a record leads to its row')

  const again = await run('joined.yaml')
  const fixed = readFileSync(join(ws, 'entities.jsonl'))
  const fourth = await run('joined.yaml')
  t.equal(again.run_id, fourth.run_id, 'where nothing changes, the same request is the same run')
  t.same(readFileSync(join(ws, 'entities.jsonl')), fixed, 'and the registry the same bytes')
  t.match(readFileSync(join(ws, 'dist', 'refined.csv'), 'utf8'), new RegExp(`entity_id[^]*${heron.entity_id}`), 'the dataset bears the ids')

  const parties = JSON.parse(readFileSync(join(ws, 'parties.json'), 'utf8'))
  t.same(validatorFor(schema)(parties), [])
  t.same(parties.party.map(({ display_name, entity_id }: any) => [display_name, entity_id]).sort(), [['Heron Flyers', heron.entity_id], ['Lapwing Gliding', lapwing.entity_id]])
})

t.test('decisions that contradict each other, and registries that are damaged, stop a run before it starts', async t => {
  const decide = (decision: string, a: string, b: string): string => `${JSON.stringify({ decision, a, b, by: 'T', at: '2026-01-31T09:00:00Z' })}\n`
  const ws = makeWorkspace({ 'decisions.jsonl': decide('must-link', 'a', 'b') + decide('must-link', 'b', 'c') + decide('cannot-link', 'a', 'c'), 'bad.jsonl': 'nonsense\n', 'registry.jsonl': '{}\n' })
  const against = await say(ws, ['run'])
  t.match(against, { exit: 2, out: '', err: /^E_DECISIONS decisions\.jsonl contradicts itself: line 3 keeps two records apart that lines 1 and 2 put together\n/m })
  t.match(await say(ws, ['run', '--decisions-path', 'bad.jsonl']), { exit: 2, err: /bad\.jsonl line 1 is not JSON/ })
  t.match(await say(ws, ['run', '--decisions-path', 'none.jsonl']), { exit: 1, err: /E_INPUT_MISSING/ })
  const ws2 = makeWorkspace({ 'registry.jsonl': '{}\n', 'decisions.jsonl': decide('must-link', 'gone', 'lost') })
  t.match(await say(ws2, ['run', '--registry-path', 'registry.jsonl']), { exit: 1, err: /registry\.jsonl line 1 is no line/ })
  const unknown = await say(ws2, ['run', '--json'])
  t.match(unknown.json.warnings.filter(({ code }: { code: string }) => code === 'DECISION_UNKNOWN_RECORD'), [{ details: { lines: [1] } }], 'records that are gone are told with the line')
})
