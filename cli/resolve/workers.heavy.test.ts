import t from 'tap'
import { people } from '../../bench/linkage/people.ts'
import { makeFolder, say } from '../workspace.case.ts'

const { records } = people(110_000)

t.test('more than 8 MB of records give the same bytes for 1, 2 and 7 workers', { timeout: 240_000 }, async t => {
  t.ok(records.length > 8 * 1_048_576)
  const seen: unknown[] = []
  for (const workers of ['1', '2', '7']) {
    const said = await say(makeFolder({ 'records.csv': records }), ['resolve', '--input-file', 'records.csv', '--id-field', 'record_id', '--workers', workers, '--json'])
    t.equal(said.exit, 0, said.err)
    seen.push([said.json.record_hash, said.json.outputs.map(({ hash }: any) => hash)])
  }
  t.same(seen[1], seen[0])
  t.same(seen[2], seen[0])
})
