/** Every artifact and output of the golden cases is what it was when someone last looked at it. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../package-root.ts'
import { checkGoldens } from './golden.ts'

const FOLDER = join(packageRoot(), 'golden')

t.test('goldens', async t => {
  const cases = readdirSync(FOLDER, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name).sort()
  const { exit, result } = await checkGoldens({ golden_dir: FOLDER }, { cwd: FOLDER, env: {}, signal: new AbortController().signal, tell: () => {} }, 'urn:hotpass:schema:golden-check-result:1')
  const found = result['cases'] as readonly { readonly name: string; readonly status: string; readonly artifacts: number; readonly differences: unknown; readonly message: string }[]
  t.same(found.map(({ name }) => name), cases, 'every folder is a case')
  for (const { name, status, artifacts, differences, message } of found) {
    t.equal(status, 'same', `${name}: ${message === '' ? 'every digest' : message}; hotpass golden update records what was meant`, { differences })
    t.ok(artifacts >= 15, `${name}: ${artifacts} digests`)
  }
  t.equal(exit, 0)
  t.end()
})
