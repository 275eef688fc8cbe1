/**
 * Runs the documentation. Every `sh` block of the README and of docs/ is executed, top to bottom, each page in a
 * folder of its own, with the built command line on the PATH. A block under `<!-- run elsewhere: reason -->` is left
 * out; a block under `<!-- exit N -->` must end with that code. Links to files must lead somewhere.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import t from 'tap'

const ROOT = join(import.meta.dirname, '..')
const BIN = join(ROOT, 'build/cli/bin.js')

interface Block { readonly page: string; readonly script: string; readonly exit: number; readonly elsewhere: boolean }

function pages(): string[] {
  const below = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md')).map(name => `docs/${name}`)
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...below.sort()]
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(/(?:<!-- (exit (\d+)|run elsewhere: [^>]*) -->\n)?```sh\n([\s\S]*?)```/g)].map(match => ({
    page, script: match[3]!, exit: Number(match[2] ?? 0), elsewhere: match[1]?.startsWith('run elsewhere') ?? false
  }))
}

t.test('every code block runs', t => {
  const tools = mkdtempSync(join(tmpdir(), 'hotpass-docs-'))
  t.teardown(() => rmSync(tools, { recursive: true, force: true }))
  for (const [name, command] of [['hotpass', `exec "${process.execPath}" "${BIN}" "$@"`], ['npx', `shift; exec "${process.execPath}" "${BIN}" "$@"`]] as const) {
    writeFileSync(join(tools, name), `#!/bin/sh\n${command}\n`)
    chmodSync(join(tools, name), 0o755)
  }
  let run = 0
  for (const page of pages()) {
    const folder = join(tools, page.replace(/\W/g, '-'))
    mkdirSync(folder)
    cpSync(join(ROOT, 'fixtures'), join(folder, 'fixtures'), { recursive: true })
    for (const block of blocksOf(page).filter(({ elsewhere }) => !elsewhere)) {
      // The folder that a page's earlier block changed into is where its next block starts.
      const script = `set -e\ncd "$(cat '${folder}/.where' 2>/dev/null || echo '${folder}')"\ntrap 'pwd > "${folder}/.where"' EXIT\n${block.script}`
      const result = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, PATH: `${tools}:${process.env['PATH']}`, NO_COLOR: '1' }, timeout: 120_000 })
      run++
      t.equal(result.status, block.exit, `${page}: ${block.script.trim().split('\n')[0]}`, { stderr: result.stderr.split('\n').slice(-8) })
    }
  }
  t.ok(run >= 8, `${run} blocks ran`)
  t.end()
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
  for (const page of pages()) {
    for (const [, target] of readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      t.ok(existsSync(join(ROOT, dirname(page), target!)), `${page} links to ${target}`)
    }
  }
  t.end()
})
