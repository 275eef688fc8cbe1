import t from 'tap'
import { columnFrom } from '../../../kernel/artifact/builder.ts'
import type { Column } from '../../../kernel/artifact/table.ts'
import { people } from '../../../bench/linkage/people.ts'
import { byContent } from './order.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, say } from '../../../cli/workspace.case.ts'

const { records } = people(300)
const rows = records.trim().split(/\r?\n/).map(line => line.split(','))

/** The numbers below `size`, in another order. */
function shuffled(size: number): number[] {
  let state = 7
  const order = Array.from({ length: size }, (_, at) => at)
  for (let at = size - 1; at > 0; at--) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    const other = (state >>> 8) % (at + 1)
    ;[order[at], order[other]] = [order[other]!, order[at]!]
  }
  return order
}

/** Clusters as sets of numbers of the original rows. */
async function clustersOf(text: string, rowOf: (id: string) => number): Promise<string[]> {
  const folder = makeFolder({ 'records.csv': text })
  const said = await say(folder, ['resolve', '--input-file', 'records.csv', '--output-file', 'out.csv', '--clusters-path', 'clusters.csv', '--id-field', 'record_id', '--json'])
  if (said.exit !== 0) throw new Error(said.err)
  const found = new Map<string, number[]>()
  for (const line of readFileSync(join(folder, 'clusters.csv'), 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [id, cluster] = line.split(',') as [string, string]
    found.set(cluster, [...(found.get(cluster) ?? []), rowOf(id)])
  }
  return [...found.values()].map(list => list.sort((a, b) => a - b).join(' ')).sort()
}

t.test('clusters hang neither on the order of rows, nor on that of columns, nor on ids', async t => {
  const [header, ...data] = rows
  const id = header!.indexOf('record_id')
  const original = new Map(data.map((row, at) => [row[id]!, at]))
  const before = await clustersOf(records, each => original.get(each)!)
  const order = shuffled(data.length)
  const columns = shuffled(header!.length)
  const renamed = order.map((from, at) => data[from]!.map((cell, column) => (column === id ? `z${(at * 7919) % 100_003}` : cell)))
  const back = new Map(renamed.map((row, at) => [row[id]!, order[at]!]))
  const after = await clustersOf([header!, ...renamed].map(row => columns.map(column => row[column]!).join(',')).join('\n') + '\n', each => back.get(each)!)
  t.ok(before.length < data.length && before.length > 50, `${before.length} clusters of ${data.length} records`)
  t.same(after, before)
})

t.test('records that say the same stay in the order of the file, and columns may come in any order', async t => {
  const [a, b]: Column[] = [columnFrom('a', ['x', 'y', null, 'x']), columnFrom('b', ['1', '1', '2', '1'])]
  const order = [...byContent([a!, b!], 4)]
  t.same([...order].sort(), [0, 1, 2, 3])
  t.equal(order.indexOf(3), order.indexOf(0) + 1)
  t.same([...byContent([b!, a!], 4)], order)
})
