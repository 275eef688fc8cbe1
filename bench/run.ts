/** `npm run bench`: how long the product takes and how much memory, next to reading and hashing the same bytes. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workbookBytes } from '../fixtures/generate/workbook.ts'
import { COLUMNS, csvOf, rowsOf } from './generate.ts'
import { measure, median, type Measure } from './measure.ts'

const ROOT = join(import.meta.dirname, '..')
const BIN = join(ROOT, 'build/cli/bin.js')
const scratch = mkdtempSync(join(tmpdir(), 'hotpass-bench-'))
const FLOOR = "const f=require('fs'),c=require('crypto');c.createHash('sha256').update(f.readFileSync(process.argv[1])).digest('hex')"

function line(name: string, result: Measure, more = ''): void {
  if (result.code !== 0) {
    process.stdout.write(`${name.padEnd(34)} FAILED with exit ${result.code}: ${result.stderr.trim().split('\n').slice(-2).join(' | ')}\n`)
    process.exitCode = 1
    return
  }
  process.stdout.write(`${name.padEnd(34)} ${result.wall.toFixed(2).padStart(7)} s ${(Number.isNaN(result.peak) ? 'n/a' : result.peak.toFixed(0)).padStart(6)} MB  ${more}\n`)
}

function run(input: string, profile: string, name: string, more: readonly string[] = []): Promise<Measure> {
  const folder = join(scratch, `${name}-${String(process.hrtime.bigint())}`)
  mkdirSync(folder)
  return measure(process.execPath, [BIN, 'run', '--strict', '--profile', profile, '--input-dir', input, '--output-path', join(folder, 'refined.xlsx'), '--store-dir', join(folder, 'store'), '--json', ...more], { cwd: folder })
}

process.stdout.write(`Node ${process.version}, ${process.platform} ${process.arch}\n${''.padEnd(34)}    wall    peak  ratio to reading and hashing the same bytes\n`)
line('node -e 0', await median(5, () => measure(process.execPath, ['-e', '0'])))
line('hotpass --version', await median(5, () => measure(process.execPath, [BIN, '--version'])))
line('demo: aviation, 3 workbooks', await median(3, () => run(join(ROOT, 'fixtures/aviation/data'), 'aviation', 'demo')))
for (const rows of [10_000, 100_000]) {
  const table = rowsOf(rows)
  for (const format of ['csv', 'xlsx'] as const) {
    const folder = join(scratch, `${format}-${rows}`)
    if (!existsSync(folder)) mkdirSync(folder)
    const file = join(folder, `customers.${format}`)
    writeFileSync(file, format === 'csv' ? csvOf(table) : workbookBytes([{ name: 'Customers', rows: [COLUMNS, ...table] }]))
    const floor = await median(3, () => measure(process.execPath, ['-e', FLOOR, file]))
    const result = await median(rows > 50_000 ? 1 : 3, () => run(folder, 'generic', `${format}-${rows}`))
    line(`${rows} rows x 20, ${format}`, result, `${(result.wall / floor.wall).toFixed(1)} x  (${floor.wall.toFixed(2)} s), ${Math.round(rows / result.wall)} rows/s`)
  }
}
rmSync(scratch, { recursive: true, force: true })
