/** A contract of thirty rules held against a file of twenty columns, as a ratio to reading the bytes of the file. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure, median } from '../measure.ts'
import { writeCsv } from '../read/files.ts'
import { CONTRACT } from './contract.ts'

const BIN = join(import.meta.dirname, '../../build/cli/bin.js')
const ALONE = join(import.meta.dirname, 'alone.ts')
/** A million rows of twenty columns are more than a file may have unless one says so. */
const ENV = { ...process.env, HOTPASS_INGEST_LIMITS_FILE_BYTES: '1000000000' }
const READ = "let n=0;const f=require('fs').readFileSync(process.argv[1]);for(let i=0;i<f.length;i++)n+=f[i]"

/** Prints a line for each number of rows: the whole command, and the checks alone. */
export async function benchContracts(sizes: readonly number[], scratch: string): Promise<void> {
  process.stdout.write(`\ncontracts validate, 20 columns${''.padEnd(4)}    wall     cpu    peak  rules  ratio to reading the bytes\n`)
  const contract = join(scratch, 'contract.json')
  writeFileSync(contract, JSON.stringify(CONTRACT))
  for (const rows of sizes) {
    const file = join(scratch, `contract-${rows}.csv`)
    writeCsv(file, rows)
    const floor = await median(3, () => measure(process.execPath, ['-e', READ, file]))
    const whole = await measure(process.execPath, [BIN, 'contracts', 'validate', file, '--contract', contract, '--json'], { env: ENV })
    const alone = await measure(process.execPath, ['--import=tsx', ALONE, file, contract], { env: ENV })
    if ((whole.code !== 0 && whole.code !== 3) || alone.code !== 0) {
      process.stdout.write(`${rows} rows FAILED with exit ${whole.code}: ${(whole.stderr || alone.stderr).trim().split('\n').slice(-2).join(' | ')}\n`)
      process.exitCode = 1
      continue
    }
    const parts = JSON.parse(alone.stdout) as { readonly rules: number; readonly read: number; readonly read_cpu: number; readonly check: number; readonly check_cpu: number; readonly check_mb: number }
    process.stdout.write(`${`${rows} rows`.padEnd(34)} ${whole.wall.toFixed(2).padStart(7)} s ${whole.cpu.toFixed(2).padStart(5)} s ${whole.peak.toFixed(0).padStart(6)} MB  ${String(parts.rules).padStart(5)}  ${(whole.wall / floor.wall).toFixed(1)} x (${floor.wall.toFixed(2)} s); reading the table ${parts.read.toFixed(2)} s (${parts.read_cpu.toFixed(2)} s of processor); checking ${parts.check.toFixed(2)} s (${parts.check_cpu.toFixed(2)} s), ${(parts.check / floor.wall).toFixed(1)} x, ${parts.check_mb} MB\n`)
  }
}
