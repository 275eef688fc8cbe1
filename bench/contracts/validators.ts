/**
 * `npm run test:contracts`: the contracts of the aviation profile, and the dataset that it makes, judged by validators of
 * others. They are Python programs; VALIDATORS_BIN names the folder of their executables:
 *
 *   python3 -m venv validators && validators/bin/pip install frictionless csvw 'datacontract-cli[duckdb]'
 *   VALIDATORS_BIN=validators/bin npm run test:contracts
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse, stringify } from 'yaml'

const ROOT = join(import.meta.dirname, '../..')
const tools = process.env['VALIDATORS_BIN'] === undefined ? '' : `${resolve(process.env['VALIDATORS_BIN'])}/`
const folder = mkdtempSync(join(tmpdir(), 'hotpass-validators-'))

function hotpass(...words: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'build/cli/bin.js'), ...words], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`hotpass ${words.join(' ')}: ${stderr}`)
}

function judge(name: string, command: string, words: readonly string[]): void {
  const { status, error, stdout, stderr } = spawnSync(`${tools}${command}`, words, { cwd: folder, encoding: 'utf8' })
  const verdict = error !== undefined ? 'NOT INSTALLED' : status === 0 ? 'accepted' : 'REFUSED'
  process.stdout.write(`${name.padEnd(48)} ${verdict}\n`)
  if (verdict === 'accepted') return
  process.exitCode = 1
  if (error === undefined) process.stdout.write(`${stdout}${stderr}\n`)
}

try {
  hotpass('run', '--profile', 'aviation', '--input-dir', join(ROOT, 'fixtures/aviation/data'), '--output-path', 'refined.csv', '--format', 'csv')
  hotpass('contracts', 'emit', '--profile', 'aviation', '--output', 'contract.yaml')
  hotpass('contracts', 'emit', '--profile', 'aviation', '--format', 'table-schema', '--output', 'datapackage.json')
  hotpass('contracts', 'emit', '--profile', 'aviation', '--run', 'latest', '--format', 'csvw', '--output', 'metadata.json')
  const contract = parse(readFileSync(join(folder, 'contract.yaml'), 'utf8')) as { schema: unknown[] }
  // One server is one file, so that it is asked about the main table.
  writeFileSync(join(folder, 'main.yaml'), stringify({ ...contract, schema: contract.schema.slice(0, 1), servers: [{ server: 'local', type: 'local', path: './refined.csv', format: 'csv', delimiter: ',' }] }))
  judge('Data Package and its data (frictionless)', 'frictionless', ['validate', 'datapackage.json'])
  judge('ODCS (datacontract lint)', 'datacontract', ['lint', 'contract.yaml'])
  judge('ODCS and its data (datacontract test)', 'datacontract', ['test', 'main.yaml'])
  judge('CSVW and its data (csvw)', 'python', ['-c', "from csvw.metadata import CSVW; c = CSVW('metadata.json', validate=True); print([str(w.message) for w in c.warnings]); raise SystemExit(0 if c.is_valid else 1)"])
} finally {
  rmSync(folder, { recursive: true, force: true })
}
