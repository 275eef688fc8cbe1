import t from 'tap'
import { clusterPairs, type Pair } from './clusters.ts'
import { loosened } from './loosened.ts'

/** Weights in bits by pair; what is not listed is -8. */
function cluster(records: number, bits: { readonly [pair: string]: number }, decided: { must?: [number, number][]; cannot?: [number, number][] } = {}) {
  const weight = (a: number, b: number): number => 1000 * (bits[`${Math.min(a, b)} ${Math.max(a, b)}`] ?? -8)
  const pairs: Pair[] = []
  for (let a = 0; a < records; a++) for (let b = a + 1; b < records; b++) if (weight(a, b) >= 1222) pairs.push({ a, b, weight: weight(a, b) })
  const { first, splits } = clusterPairs({ records, pairs, must: decided.must ?? [], cannot: decided.cannot ?? [], match: 3170, stop: 1222, standIn: Uint32Array.from({ length: records }, (_, at) => at), weight })
  return { first: [...first], splits }
}

t.test('two families with one switchboard stay two', t => {
  const families = { '0 1': 9, '0 2': 9, '1 2': 9, '3 4': 9, '3 5': 9, '4 5': 9 }
  const { first, splits } = cluster(6, { ...families, '2 3': 6 })
  t.same(first, [0, 0, 0, 3, 3, 3])
  t.same(splits, [{ records: 6, into: 2 }])
  t.end()
})

t.test('a company with three trading names is one', t => {
  t.same(cluster(3, { '0 1': 7, '1 2': 6, '0 2': 1 }).first, [0, 0, 0])
  t.end()
})

t.test('the review band merges nobody', t => {
  t.same(cluster(3, { '0 1': 3, '1 2': 2 }).first, [0, 1, 2])
  t.end()
})

t.test('what people decided holds', t => {
  const strong = { '0 1': 9, '0 2': 9, '1 2': 9 }
  t.same(cluster(3, strong, { cannot: [[0, 1]] }).first.slice(0, 2), [0, 1])
  const { first } = cluster(4, strong, { must: [[2, 3]] })
  t.equal(first[2], first[3])
  t.end()
})

t.test('a merge that a must-link loosens is named with it', t => {
  const weight = (a: number, b: number): number => new Map([['0 1', 5000], ['1 2', 3000]]).get(`${Math.min(a, b)} ${Math.max(a, b)}`) ?? -8000
  const pairs: Pair[] = [{ a: 0, b: 1, weight: 5000 }, { a: 3, b: 4, weight: 5000 }]
  const decided = [{ a: 1, b: 2, place: 'decisions.jsonl:7' }]
  const request = { records: 5, pairs, must: [[1, 2]] as [number, number][], cannot: [], match: 3170, stop: 1222, standIn: Uint32Array.from([0, 1, 2, 3, 4]), weight: (a: number, b: number) => (Math.min(a, b) === 3 ? 5000 : weight(a, b)) }
  const { first } = clusterPairs(request)
  t.same([...first], [0, 1, 1, 3, 3], 'what people put together speaks against record 0')
  const found = loosened(5, pairs, 3170, decided, new Uint32Array(5), first, only => clusterPairs({ ...request, must: [], only }).first)
  t.same(found, [{ pair: pairs[0], by: ['decisions.jsonl:7'] }])
  t.same(loosened(5, pairs, 3170, [{ a: 3, b: 4, place: 'decisions.jsonl:8' }], new Uint32Array(5), Uint32Array.from([0, 0, 2, 3, 3]), only => clusterPairs({ ...request, must: [], only }).first), [], 'one that agrees loosens nothing')
  t.end()
})

t.test('many records that decisions alone hold together are one', t => {
  const records = 2500
  const must = Array.from({ length: records - 1 }, (_, at): [number, number] => [at, at + 1])
  const { first, large } = clusterPairs({ records, pairs: [{ a: 0, b: 1, weight: 4000 }], must, cannot: [], match: 3170, stop: 1222, standIn: Uint32Array.from({ length: records }, (_, at) => at), weight: () => 0 })
  t.same([new Set(first).size, large > 0], [1, true])
  t.end()
})
