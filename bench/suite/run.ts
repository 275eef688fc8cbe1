/**
 * Runs the tests as they were built: one plain `node` to a file, as many at a time as there are cores. The runner of tap
 * puts its loaders into every process that a test starts, which doubles what each costs.
 *
 * Usage: run [--heavy | --all] [PART OF A PATH ...]. Prints what failed, and the sums; ends with 1 if anything did.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Parser, type Result } from 'tap-parser'
import { stringify } from 'yaml'
import { packageRoot } from '../../cli/package-root.ts'

const BUILT = join(import.meta.dirname, '../..')
/** Seconds that each file took the last time: the longest goes first, so that no core waits for it in the end. */
const TOOK = join(packageRoot(), '.tap/took.json')
/** Seconds until a file that hangs is ended. */
const PATIENCE = 600

/** Temporary files in memory, where there is plenty of it: stores wait for the disk, and nothing here needs to outlive the power. */
function makeScratch(): string {
  const memory = '/dev/shm'
  let free = 0
  try {
    const { bavail, bsize } = statfsSync(memory)
    free = bavail * bsize
  } catch {
    // Not on this system.
  }
  const scratch = mkdtempSync(join(free > 4e9 ? memory : tmpdir(), 'hotpass-tests-'))
  chmodSync(scratch, 0o1777)
  return scratch
}

interface Outcome {
  readonly passed: number
  readonly skipped: number
  /** What failed, each ready to print. */
  readonly failures: readonly string[]
  readonly seconds: number
}

function runFile(file: string, scratch: string): Promise<Outcome> {
  return new Promise(settle => {
    const started = performance.now()
    const seconds = (): number => (performance.now() - started) / 1000
    const child = spawn(process.execPath, ['--enable-source-maps', join(BUILT, file)], { cwd: packageRoot(), env: { ...process.env, TMPDIR: scratch, TAP_TIMEOUT: String(PATIENCE) }, stdio: ['ignore', 'pipe', 'pipe'], timeout: PATIENCE * 1000 })
    const failures: string[] = []
    let passed = 0
    let skipped = 0
    let stderr = ''
    const parser = new Parser()
    parser.on('result', ({ ok, skip, todo, fullname, name, diag }: Result) => {
      if (skip !== false || todo !== false) skipped++
      else if (ok) passed++
      else failures.push(`${fullname || name}${diag === null ? '' : `\n${stringify(diag).replace(/^/gm, '    ')}`}`)
    })
    child.stdout.pipe(parser)
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-20_000)))
    parser.on('complete', ({ ok, plan }: Parser['results'] & object) => {
      if (!ok && failures.length === 0) failures.push(`what it wrote is no whole test (${plan.comment || 'no plan'})`)
    })
    child.on('close', (code, signal) => {
      if (code !== 0 && failures.length === 0) failures.push(`ended with ${code ?? signal}`)
      if (failures.length > 0 && stderr !== '') failures.push(`standard error:\n${stderr.replace(/^/gm, '    ')}`)
      settle({ passed, skipped, failures, seconds: seconds() })
    })
  })
}

function lastTook(): Readonly<Record<string, number>> {
  try {
    return JSON.parse(readFileSync(TOOK, 'utf8')) as Record<string, number>
  } catch {
    return {}
  }
}

const args = process.argv.slice(2)
const parts = args.filter(arg => !arg.startsWith('--'))
const isHeavy = (file: string): boolean => file.endsWith('.heavy.test.js')
const took: Record<string, number> = { ...lastTook() }
const expected = (file: string): number => took[file] ?? statSync(join(BUILT, file)).size / 2000
const files = readdirSync(BUILT, { recursive: true, encoding: 'utf8' })
  .map(name => name.replaceAll('\\', '/'))
  .filter(name => name.endsWith('.test.js') && (args.includes('--all') || isHeavy(name) === args.includes('--heavy')) && (parts.length === 0 || parts.some(part => name.includes(part))))
  .sort((a, b) => expected(b) - expected(a))

const scratch = makeScratch()
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
const started = performance.now()
const outcomes = new Map<string, Outcome>()
const waiting = [...files]
await Promise.all(
  Array.from({ length: Math.min(availableParallelism(), files.length) }, async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const outcome = await runFile(file, scratch)
      outcomes.set(file, outcome)
      took[file] = Math.round(outcome.seconds * 10) / 10
      console.log(`${outcome.failures.length === 0 ? 'ok' : 'not ok'} ${file.replace(/\.js$/, '.ts')} ${outcome.passed} passed${outcome.skipped === 0 ? '' : `, ${outcome.skipped} skipped`}, ${outcome.seconds.toFixed(1)} s`)
      for (const failure of outcome.failures) console.log(`  ${failure}`)
    }
  })
)
mkdirSync(dirname(TOOK), { recursive: true })
writeFileSync(TOOK, JSON.stringify(took))
const sum = (of: (outcome: Outcome) => number): number => [...outcomes.values()].reduce((all, outcome) => all + of(outcome), 0)
const failed = [...outcomes].filter(([, { failures }]) => failures.length > 0).map(([file]) => file.replace(/\.js$/, '.ts'))
console.log(`${files.length} files, ${sum(({ passed }) => passed)} passed, ${sum(({ skipped }) => skipped)} skipped, ${sum(({ failures }) => failures.length)} failed, ${Math.round((performance.now() - started) / 1000)} s`)
if (failed.length > 0) console.log(`failed: ${failed.join(' ')}`)
process.exitCode = failed.length === 0 && sum(({ passed }) => passed) > 0 ? 0 : 1
