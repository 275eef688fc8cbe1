import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { makeFolder, say } from '../workspace.case.ts'
import { bridged, trading } from './bridges.case.ts'

/** Records by cluster, of those whose id begins with one of these letters. */
async function clustersOf(csv: string, prefix: RegExp): Promise<string[]> {
  const ws = makeFolder({ 'records.csv': csv })
  const said = await say(ws, ['resolve', '--input-file', 'records.csv', '--output-file', 'out.csv'])
  t.equal(said.exit, 0, said.err)
  const found = new Map<string, string[]>()
  const all = new Map<string, Set<string>>()
  for (const line of readFileSync(join(ws, 'out.clusters.csv'), 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [record, cluster] = line.split(',') as [string, string]
    const whole = record.replace(/-\d+$|(?<=^[wft])\d$/, '')
    all.set(cluster, (all.get(cluster) ?? new Set()).add(whole))
    if (prefix.test(record)) found.set(cluster, [...(found.get(cluster) ?? []), record])
  }
  t.same([...all.values()].filter(parts => parts.size > 1), [], 'no two companies are merged')
  return [...found.values()].map(records => records.join(' ')).sort()
}

t.test('two families that share one switchboard, or one mailbox, stay two', async t => {
  t.same(await clustersOf(bridged('phone'), /^[wf]\d/), ['f0 f1 f2', 'w0 w1 w2'])
  t.same(await clustersOf(bridged('email'), /^[wf]\d/), ['f0 f1 f2', 'w0 w1 w2'])
})

t.test('a company with three trading names is one', async t => {
  t.same(await clustersOf(trading(), /^t\d/), ['t0 t1 t2 t3'])
})
