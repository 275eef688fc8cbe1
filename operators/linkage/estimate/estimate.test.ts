import t from 'tap'
import { dependencesOf } from './dependence.ts'
import { estimate, weighed, robustWeight, type Dependence, type PatternCounts } from './em.ts'

/** Name, address, telephone and kind; level 1 is agreement, 2 is none. */
const ROWS: readonly (readonly [name: number, address: number, phone: number, kind: number, pairs: number])[] = [
  [1, 1, 1, 1, 60], [1, 1, 1, 2, 20], [1, 1, 2, 1, 10], [1, 2, 1, 1, 10],
  // Neighbours: one house, one switchboard, other names.
  [2, 1, 1, 1, 4], [2, 1, 1, 2, 36],
  [1, 2, 2, 2, 90], [2, 1, 2, 2, 60], [2, 2, 1, 2, 20], [2, 2, 2, 1, 10_000], [2, 2, 2, 2, 90_000]
]
const patterns: PatternCounts = { width: 4, levels: Uint8Array.from(ROWS.flatMap(row => row.slice(0, 4))), counts: Float64Array.from(ROWS, row => row[4]) }
const sizes = [2, 2, 2, 2]
const start = { m: sizes.map(() => [0.6, 0.4]), u: [[0.002, 0.998], [0.002, 0.998], [0.0015, 0.9985], [0.1, 0.9]], lambda: 0.001 }

function weightOf(row: number, dependences: readonly Dependence[]): number {
  const { m, u, lambda } = estimate(patterns, { sizes, start, chance: true, dependences })
  return weighed(patterns, m.map((shares, at) => shares.map((share, level) => robustWeight(share, u[at]![level]!))), Math.log2(lambda / (1 - lambda)), dependences)[row]!
}

t.test('neighbours share address and telephone, and are not one for that', t => {
  t.ok(weightOf(5, []) > 3, 'counted twice, it is enough')
  let found: Dependence[] | null = null
  for (let round = 0; round < 2; round++) found = dependencesOf(patterns, sizes, estimate(patterns, { sizes, start, chance: true, dependences: found ?? [] }), [[1, 2]], found)
  t.same(found!.map(({ x, y }) => [x, y]), [[1, 2]])
  t.ok(found![0]!.lift[0]![0]! > 5)
  t.ok(weightOf(5, found!) < 0, 'counted once, it is not')
  t.ok(weightOf(0, found!) > 6, 'with the name it still is')
  t.end()
})

t.test('matches among the pairs of chance do not make agreement common', t => {
  // Of these pairs two in three that agree in the telephone match; chance alone would have it at the whole share.
  const { u } = estimate(patterns, { sizes, start, chance: true })
  t.ok(u[2]![0]! < 0.0011)
  t.end()
})
