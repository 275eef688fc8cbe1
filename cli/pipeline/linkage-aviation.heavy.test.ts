import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Truth } from '../../fixtures/generate/truth.ts'
import { integersOf, tableOf, type Frame } from '../../kernel/artifact/table.ts'
import { openStore } from '../../kernel/host/store/store.ts'
import type { ValidMeta } from '../../operators/model/stages.ts'
import { packageRoot } from '../package-root.ts'
import { makeFolder, say } from '../workspace.case.ts'
import { artifactOf } from './artifacts.ts'
import { readRun } from './store.ts'

const ROOT = packageRoot()

t.test('aviation with linkage: no false merge, pairwise F1 at least 0.98', async t => {
  const own = readFileSync(join(ROOT, 'profiles/aviation.yaml'), 'utf8').replace(/^\$schema.*$/m, '').replace('name: aviation', 'name: linked').replace('\nrefine:', '\nrefine:\n  linkage: { enabled: true }').replace(/formats: \[xlsx.*\]/, 'formats: [csv]')
  const ws = makeFolder({ 'hotpass.yaml': 'profile: linked\n', 'config/profiles/linked.yaml': own })
  const run = await say(ws, ['run', '--json', '--input-dir', join(ROOT, 'fixtures/aviation/data')])
  t.equal(run.exit, 0, run.err)
  const truth = JSON.parse(readFileSync(join(ROOT, 'fixtures/aviation/truth.json'), 'utf8')) as Truth
  const organisation = new Map(truth.organisations.flatMap(({ id, rows }) => rows.map(row => [row, id] as const)))
  const store = openStore(join(ws, '.hotpass'), { readOnly: true })
  const recorded = readRun(store, store.attempts().at(-1)!)
  const valid = artifactOf<Frame<ValidMeta>>(store, recorded, 'validate', 'valid')
  const clusters = integersOf(tableOf(artifactOf<Frame>(store, recorded, 'linkage.unite', 'clusters'), 'clusters'), 'cluster')
  store.close()
  const records = tableOf(valid, 'records')
  const [source, row] = [integersOf(records, 'source'), integersOf(records, 'row')]
  const known = Array.from(clusters, (cluster, at) => ({ cluster, organisation: organisation.get(`${valid.meta.sources[source[at]! - 1]!.file}!${valid.meta.sources[source[at]! - 1]!.sheet}!${row[at]}`) })).filter(({ cluster, organisation: id }) => cluster > 0 && id !== undefined)
  t.ok(known.length > 700, `${known.length} rows have a truth`)
  const count = { right: 0, wrong: 0, missed: 0 }
  known.forEach((a, at) => {
    for (const b of known.slice(at + 1)) {
      if (a.cluster === b.cluster) count[a.organisation === b.organisation ? 'right' : 'wrong']++
      else if (a.organisation === b.organisation) count.missed++
    }
  })
  t.equal(count.wrong, 0)
  t.ok((2 * count.right) / (2 * count.right + count.wrong + count.missed) >= 0.98, JSON.stringify(count))
})
