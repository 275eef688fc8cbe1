import fc from 'fast-check'
import t from 'tap'
import { edits } from './edits.ts'
import { jaroWinkler } from './jaro-winkler.ts'

/** The textbook form: the whole matrix. */
function plainEdits(a: string, b: string): number {
  const cost = Array.from({ length: a.length + 1 }, (_, row) => Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)))
  for (let row = 1; row <= a.length; row++) {
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1
      cost[row]![column] = Math.min(cost[row - 1]![column]! + 1, cost[row]![column - 1]! + 1, cost[row - 1]![column - 1]! + same)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) cost[row]![column] = Math.min(cost[row]![column]!, cost[row - 2]![column - 2]! + 1)
    }
  }
  return cost[a.length]![b.length]!
}

/** The textbook form of Jaro's measure, with Winkler's prefix. */
function plainJaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  if (a === '' || b === '') return 0
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Array<boolean>(a.length).fill(false)
  const [fromA, fromB]: [number[], string[]] = [[], []]
  for (let at = 0; at < b.length; at++) {
    for (let other = Math.max(0, at - reach); other <= Math.min(a.length - 1, at + reach); other++) {
      if (taken[other] || a[other] !== b[at]) continue
      taken[other] = true
      fromA.push(other)
      fromB.push(b[at]!)
      break
    }
  }
  const common = fromA.length
  if (common === 0) return 0
  const inOrder = fromA.sort((x, y) => x - y).map(at => a[at])
  const moved = inOrder.filter((sign, at) => sign !== fromB[at]).length
  const jaro = (common / a.length + common / b.length + (common - Math.floor(moved / 2)) / common) / 3
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++
  return jaro > 0.7 ? jaro + prefix * 0.1 * (1 - jaro) : jaro
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 14 })

t.test('edits agree with the whole matrix, within the limit', t => {
  fc.assert(fc.property(text, text, (a, b) => [1, 2].every(limit => edits(a, b, limit as 1 | 2) === Math.min(plainEdits(a, b), limit + 1))), { numRuns: 4000, seed: 4 })
  t.equal(edits('martha', 'marhta', 1), 1, 'a swap is one')
  t.equal(edits('x'.repeat(1000), 'y'.repeat(1000), 2), 3)
  t.end()
})

t.test('Jaro–Winkler agrees with the textbook', t => {
  fc.assert(fc.property(text, text, (a, b) => Math.abs(jaroWinkler(a, b) - plainJaroWinkler(a, b)) < 1e-12), { numRuns: 4000, seed: 4 })
  t.equal(jaroWinkler('martha', 'marhta').toFixed(4), '0.9611')
  t.equal(jaroWinkler('dixon', 'dicksonx').toFixed(4), '0.8133')
  t.end()
})
