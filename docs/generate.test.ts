import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../cli/package-root.ts'
import { ERRORS, EXIT } from '../kernel/error.ts'
import { ERROR_MEANINGS, EXIT_MEANINGS } from './error-meanings.ts'
import { referencePages, stalePages } from './generate.ts'

t.test('the reference says what the code says', t => {
  t.same(stalePages(join(packageRoot(), 'docs/reference')), [], 'run npm run generate')
  t.end()
})

t.test('every code has its meaning', t => {
  t.same(Object.keys(ERROR_MEANINGS), Object.keys(ERRORS))
  for (const code of Object.values(EXIT)) t.ok(EXIT_MEANINGS.some(([known]) => known === code), String(code))
  for (const [name, text] of referencePages()) t.notMatch(text, /undefined|\[object/, name)
  t.end()
})
