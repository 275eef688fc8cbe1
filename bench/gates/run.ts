/**
 * The release switch against a copy of the repository: it has to hold when nothing is wrong, and to fail, at the gate
 * whose business it is, when one thing is broken on purpose: `npm run test:gates`, `-- --only NAME` for a part.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BREAKS, type Break } from './breaks.ts'

const ROOT = join(import.meta.dirname, '../..')
const only = process.argv.find(word => word.startsWith('--only='))?.slice('--only='.length)
const scratch = mkdtempSync(join(tmpdir(), 'hotpass-gates-'))
const copy = join(scratch, 'repository')
const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(path => path !== '')
for (const path of files) cpSync(join(ROOT, path), join(copy, path), { recursive: true })
symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))

interface Gate { readonly gate: string; readonly status: string; readonly checks: readonly { readonly name: string; readonly status: string; readonly message: string; readonly findings: readonly { readonly code: string }[] }[] }

function qa(target: string): { readonly exit: number | null; readonly gates: readonly Gate[]; readonly verdict: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build/cli/bin.js', 'qa', target, '--except', 'qg3-enrichment-chain', '--json'], { cwd: copy, encoding: 'utf8', timeout: 900_000, maxBuffer: 1 << 28 })
  if (stdout === '') throw new Error(`qa ${target} ends with ${status}: ${stderr}`)
  return { exit: status, ...(JSON.parse(stdout) as { readonly gates: readonly Gate[]; readonly verdict: string }) }
}

const build = (): void => void execFileSync('npm', ['run', '--silent', 'build'], { cwd: copy, stdio: 'inherit' })
let wrong = 0
/** What is built is not what the files say. */
let isStale = false
function told(isRight: boolean, line: string): void {
  if (!isRight) wrong++
  process.stdout.write(`${isRight ? 'ok    ' : 'WRONG '} ${line}\n`)
}

function broken({ name, path, from, to, target, gate, code, exit }: Break): void {
  const file = join(copy, path)
  const text = readFileSync(file, 'utf8')
  if (!text.includes(from)) return told(false, `${name}: ${path} does not hold what is to be changed`)
  writeFileSync(file, text.replace(from, to))
  try {
    if (path.endsWith('.ts') || isStale) build()
    const result = qa(target)
    const found = result.gates.find(one => one.gate === gate)?.checks.find(one => one.status === 'failed' && one.findings.some(finding => finding.code === code))
    told(result.exit === exit && result.verdict === 'failed' && found !== undefined, `${name}: qa ${target} exits ${result.exit}; ${found === undefined ? `no ${code} in ${gate}` : `${found.name}: ${found.message}`}`)
  } finally {
    writeFileSync(file, text)
    isStale = path.endsWith('.ts')
  }
}

try {
  build()
  if (only === undefined) {
    const { exit, verdict, gates } = qa('ta')
    told(exit === 0 && verdict === 'passed with exceptions', `nothing is broken: qa ta exits ${exit}, ${verdict}${gates.filter(({ status }) => status !== 'passed').map(one => `; ${one.gate} ${one.status}`).join('')}`)
  }
  for (const one of BREAKS.filter(({ name }) => only === undefined || name === only)) broken(one)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = wrong === 0 ? 0 : 1
