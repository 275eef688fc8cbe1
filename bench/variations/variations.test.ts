import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../cli/package-root.ts'
import { createBase, tryVariation } from './harness.ts'
import { VARIATIONS } from './variations.ts'

t.test('the same bytes and run id in another time zone, locale, folder and umask at once, run and replay', t => {
  const workload = { name: 'quickstart', input: join(packageRoot(), 'fixtures/quickstart/data'), profile: 'quickstart' }
  const base = createBase(workload, process.execPath)
  t.teardown(() => base.done())
  const verdict = tryVariation(VARIATIONS.find(({ name }) => name === 'several at once')!, workload, process.execPath, base, process.execPath)
  t.match(verdict, { status: 'same', control: true }, verdict.detail)
  t.end()
})
