import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../cli/package-root.ts'
import { createBase, tryVariation } from './harness.ts'
import { VARIATIONS } from './variations.ts'

t.test('the same bytes and run id under the fast part of the matrix, run and replay', t => {
  const workload = { name: 'quickstart', input: join(packageRoot(), 'fixtures/quickstart/data'), profile: 'quickstart' }
  const base = createBase(workload, process.execPath)
  t.teardown(() => base.done())
  const fast = VARIATIONS.filter(variation => variation.fast === true)
  t.ok(fast.length >= 5)
  for (const variation of fast) {
    const verdict = tryVariation(variation, workload, process.execPath, base, process.execPath)
    t.equal(verdict.status, 'same', `${variation.name} ${verdict.detail}`)
    // A machine without the Turkish locale falls back to C, and the control with it: the variable still differs.
    t.not(verdict.control, false, `the control of ${variation.name} is active`)
  }
  t.end()
})
