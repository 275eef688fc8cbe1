/**
 * Runs the protocol's own conformance suite against `hotpass mcp serve --http`: `npm run test:conformance`. The suite
 * and the Node that it needs come from the npm registry into a folder of their own; neither is part of the product.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NOT_APPLICABLE, SUITES } from './expected.ts'

const scratch = mkdtempSync(join(tmpdir(), 'hotpass-conformance-'))
const workspace = join(scratch, 'workspace')
mkdirSync(join(workspace, 'data'), { recursive: true })
writeFileSync(join(workspace, 'data/clubs.csv'), 'Club,Town\nHeron Flyers,Knysna\n')
writeFileSync(join(workspace, 'hotpass.yaml'), "mcp: { policy: { tools: ['*'], read: [data], write: [dist] } }\n")

function install(version: string): string {
  const folder = join(scratch, `suite-${version}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', 'node@22', `@modelcontextprotocol/conformance@${version}`], { cwd: folder, stdio: 'inherit' })
  return folder
}

const folders = new Map([...new Set(SUITES.map(({ version }) => version))].map(version => [version, install(version)]))
const server = spawn(process.execPath, ['--import=tsx', join(import.meta.dirname, 'serve.ts'), workspace], { stdio: ['ignore', 'pipe', 'inherit'], cwd: join(import.meta.dirname, '../../..') })
const url = await new Promise<string>((resolve, reject) => {
  server.stdout.setEncoding('utf8').once('data', (line: string) => resolve(line.trim()))
  server.once('exit', code => reject(new Error(`the server ended with ${code}`)))
})

let unexpected = 0
try {
  for (const { revision, version, flags } of SUITES) {
    const folder = folders.get(version)!
    const { stdout } = spawnSync(join(folder, 'node_modules/node/bin/node'), [join(folder, 'node_modules/@modelcontextprotocol/conformance/dist/index.js'), 'server', '--url', url, ...flags], { encoding: 'utf8', cwd: folder, timeout: 600_000, maxBuffer: 1 << 28 })
    const lines = [...new Map([...stdout.slice(stdout.lastIndexOf('SUMMARY')).matchAll(/^([✓✗]) ([a-z0-9-]+): (\d+) passed, (\d+) failed/gm)].map(match => [match[2]!, match])).values()]
    const reasons = NOT_APPLICABLE[revision]!
    let passed = 0
    process.stdout.write(`\n${revision} with the suite ${version}\n`)
    for (const [, mark, name, good, bad] of lines) {
      const reason = reasons[name!]
      if (mark === '✓') passed++
      else if (reason !== undefined) process.stdout.write(`  not applicable  ${name}: ${reason}\n`)
      else {
        unexpected++
        process.stdout.write(`  FAILED          ${name}: ${good} passed, ${bad} failed\n`)
      }
    }
    if (lines.length === 0) {
      unexpected++
      process.stdout.write(`  FAILED          nothing ran: ${stdout.slice(-500)}\n`)
    }
    process.stdout.write(`  ${passed} of ${lines.length} scenarios pass\n`)
  }
} finally {
  server.kill('SIGTERM')
  await new Promise(resolve => server.once('exit', resolve))
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = unexpected === 0 ? 0 : 1
