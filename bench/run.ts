/** `npm run bench`: how long the product takes and how much memory, next to other readers and writers and to reading and hashing the same bytes. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { workbookBytes } from '../fixtures/generate/workbook.ts'
import { benchContracts } from './contracts/run.ts'
import { COLUMNS, rowsOf } from './generate.ts'
import { measure, median, type Measure } from './measure.ts'
import { writeCsv } from './read/files.ts'
import { benchReading } from './read/run.ts'
import { benchWriting } from './write/run.ts'

const { values: wanted } = parseArgs({
  options: {
    /** Which benches, comma-separated. */
    only: { type: 'string', default: 'start,run,read,write,contracts' },
    /** Numbers of rows of the benches of reading and writing, and of runs. */
    rows: { type: 'string' }
  }
})
const only = new Set(wanted.only.split(','))
const sizes = (otherwise: readonly number[]): readonly number[] => wanted.rows?.split(',').map(Number) ?? otherwise

const ROOT = join(import.meta.dirname, '..')
const BIN = join(ROOT, 'build/cli/bin.js')
const scratch = mkdtempSync(join(tmpdir(), 'hotpass-bench-'))
const FLOOR = "const f=require('fs'),c=require('crypto');c.createHash('sha256').update(f.readFileSync(process.argv[1])).digest('hex')"
/** More rows than this are written as delimited text only: the generator of workbooks holds all of them. */
const MOST_IN_WORKBOOK = 200_000

function line(name: string, result: Measure, more = ''): void {
  if (result.code !== 0) {
    process.stdout.write(`${name.padEnd(34)} FAILED with exit ${result.code}: ${result.stderr.trim().split('\n').slice(-2).join(' | ')}\n`)
    process.exitCode = 1
    return
  }
  process.stdout.write(`${name.padEnd(34)} ${result.wall.toFixed(2).padStart(7)} s ${result.cpu.toFixed(2).padStart(5)} s ${(Number.isNaN(result.peak) ? 'n/a' : result.peak.toFixed(0)).padStart(6)} MB  ${more}\n`)
}

function run(input: string, profile: string, name: string, more: readonly string[] = []): Promise<Measure> {
  const folder = join(scratch, `${name}-${String(process.hrtime.bigint())}`)
  mkdirSync(folder)
  return measure(process.execPath, [BIN, 'run', '--strict', '--profile', profile, '--input-dir', input, '--output-path', join(folder, 'refined.xlsx'), '--store-dir', join(folder, 'store'), '--json', ...more], { cwd: folder })
}

process.stdout.write(`Node ${process.version}, ${process.platform} ${process.arch}\n`)
if (only.has('start') || only.has('run')) process.stdout.write(`${''.padEnd(34)}    wall     cpu    peak  ratio to reading and hashing the same bytes\n`)
if (only.has('start')) {
  line('node -e 0', await median(5, () => measure(process.execPath, ['-e', '0'])))
  line('hotpass --version', await median(5, () => measure(process.execPath, [BIN, '--version'])))
  line('demo: aviation, 3 workbooks', await median(3, () => run(join(ROOT, 'fixtures/aviation/data'), 'aviation', 'demo')))
}
if (only.has('run')) {
  for (const rows of sizes([10_000, 100_000, 1_000_000])) {
    for (const format of ['csv', 'xlsx'] as const) {
      if (format === 'xlsx' && rows > MOST_IN_WORKBOOK) continue
      const folder = join(scratch, `${format}-${rows}`)
      if (!existsSync(folder)) mkdirSync(folder)
      const file = join(folder, `customers.${format}`)
      if (format === 'csv') writeCsv(file, rows)
      else writeFileSync(file, workbookBytes([{ name: 'Customers', rows: [COLUMNS, ...rowsOf(rows)] }]))
      const floor = await median(3, () => measure(process.execPath, ['-e', FLOOR, file]))
      const result = await median(rows > 50_000 ? 1 : 3, () => run(folder, 'generic', `${format}-${rows}`))
      line(`${rows} rows x 20, ${format}`, result, `${(result.wall / floor.wall).toFixed(1)} x  (${floor.wall.toFixed(2)} s), ${Math.round(rows / result.wall)} rows/s`)
    }
  }
}
if (only.has('read')) await benchReading(sizes([10_000, 100_000, 500_000]), scratch)
if (only.has('write')) await benchWriting(sizes([10_000, 100_000]), scratch)
if (only.has('contracts')) await benchContracts(sizes([100_000, 1_000_000]), scratch)
rmSync(scratch, { recursive: true, force: true })
