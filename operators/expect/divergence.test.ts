import t from 'tap'
import { jensenShannon, stabilityIndex } from './divergence.ts'

t.test('distances have the values of the literature', t => {
  t.equal(stabilityIndex([0.5, 0.5], [0.5, 0.5]), 0)
  // (0.1 - 0.25) ln(0.1 / 0.25) + (0.4 - 0.25) ln(0.4 / 0.25) + …, computed by hand.
  t.ok(Math.abs(stabilityIndex([0.1, 0.4, 0.25, 0.25], [0.25, 0.25, 0.25, 0.25]) - 0.207_944) < 1e-6)
  t.ok(Number.isFinite(stabilityIndex([0, 1], [1, 0])), 'an empty bin leaves it finite')
  t.equal(jensenShannon([1, 0], [0, 1]), 1, 'nothing in common')
  t.equal(jensenShannon([0.3, 0.7], [0.3, 0.7]), 0)
  // By numpy, from the definition.
  t.ok(Math.abs(jensenShannon([0.1, 0.9], [0.5, 0.5]) - 0.383_135_9) < 1e-6)
  t.end()
})
