/** Runs the pages that everybody starts with, and looks whether its links to files lead somewhere. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../cli/package-root.ts'
import { pagesOf } from '../cli/quality/code-blocks.ts'
import { assertBlocks, FIRST_PAGES } from './blocks.case.ts'

const ROOT = packageRoot()
const BIN = join(ROOT, 'build/cli/bin.js')

t.test('what a newcomer types works', async t => {
  for (const page of FIRST_PAGES) await assertBlocks(t, ROOT, page, BIN)
})

t.test('the picture shows what comes out', t => {
  const scratch = mkdtempSync(join(tmpdir(), 'hotpass-picture-'))
  t.teardown(() => rmSync(scratch, { recursive: true, force: true }))
  const result = spawnSync(process.execPath, [BIN, 'run', '--strict', '--profile', 'quickstart', '--input-dir', join(ROOT, 'fixtures/quickstart/data'), '--output-path', join(scratch, 'refined.csv'), '--format', 'csv', '--store-dir', join(scratch, 'store')], { encoding: 'utf8' })
  t.equal(result.status, 0, result.stderr)
  const dataset = readFileSync(join(scratch, 'refined.csv'), 'utf8')
  const picture = readFileSync(join(ROOT, 'docs/before-after.svg'), 'utf8')
  const after = picture.slice(picture.indexOf('dist/refined.xlsx'))
  const cells = [...after.matchAll(/class="[hc]">([^<]+)</g)].map(match => match[1]!)
  t.ok(cells.length >= 15)
  t.same(cells.filter(cell => !dataset.includes(cell)), [])
  t.ok(result.stdout.includes(/20 rows in = 12 used \+ 8 merged \+ 0 quarantined/.exec(picture)![0]))
  t.end()
})

t.test('links lead somewhere', t => {
  for (const page of pagesOf(ROOT)) {
    for (const [, target] of readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      t.ok(existsSync(join(ROOT, dirname(page), target!)), `${page} links to ${target}`)
    }
  }
  t.end()
})
