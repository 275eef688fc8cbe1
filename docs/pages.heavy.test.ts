/** Runs every page of the documentation that is not among the first ones. */
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../cli/package-root.ts'
import { pagesOf } from '../cli/quality/code-blocks.ts'
import { assertBlocks, FIRST_PAGES } from './blocks.case.ts'

const ROOT = packageRoot()

t.test('every code block runs', t => {
  const pages = pagesOf(ROOT)
  t.same(FIRST_PAGES.filter(page => !pages.includes(page)), [], 'the first pages are pages')
  const ran = pages.filter(page => !FIRST_PAGES.includes(page)).reduce((sum, page) => sum + assertBlocks(t, ROOT, page, join(ROOT, 'build/cli/bin.js')), 0)
  t.ok(ran >= 30, `${ran} blocks ran`)
  t.end()
})
