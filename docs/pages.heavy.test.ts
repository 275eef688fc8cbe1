/** Runs every page of the documentation that is not among the first ones. */
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../cli/package-root.ts'
import { pagesOf } from '../cli/quality/code-blocks.ts'
import { assertBlocks, FIRST_PAGES } from './blocks.case.ts'

const ROOT = packageRoot()

t.test('every code block runs', async t => {
  const pages = pagesOf(ROOT)
  t.same(FIRST_PAGES.filter(page => !pages.includes(page)), [], 'the first pages are pages')
  let ran = 0
  for (const page of pages) if (!FIRST_PAGES.includes(page)) ran += await assertBlocks(t, ROOT, page, join(ROOT, 'build/cli/bin.js'))
  t.ok(ran >= 30, `${ran} blocks ran`)
})
