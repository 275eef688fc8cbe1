/** Our writer of workbooks beside others, on the same table, each in a process of its own. */
import { join } from 'node:path'
import { measure } from '../measure.ts'
import { writeCsv } from '../read/files.ts'

const SUBJECT = join(import.meta.dirname, 'subject.mjs')
const SUBJECTS = ['hotpass', 'sheetjs', 'exceljs, streaming']

interface Cost {
  readonly size: number
  readonly wall: number
  readonly cpu: number
  readonly peak: number
}

/** Prints the comparison for each number of rows; files go into the folder. */
export async function benchWriting(rows: readonly number[], folder: string): Promise<void> {
  process.stdout.write('\nWriting a workbook, 20 columns. Wall and CPU are those of the writing; the peak is that of the whole process, the table in it included.\n')
  for (const count of rows) {
    const file = join(folder, `write-${count}.csv`)
    writeCsv(file, count)
    process.stdout.write(`\nXLSX, ${count} rows\n${''.padEnd(19)}    wall     cpu     peak       size   cpu / ours\n`)
    let ours: Cost | undefined
    for (const name of SUBJECTS) {
      const { code, stdout, stderr } = await measure(process.execPath, ['--max-old-space-size=8192', SUBJECT, name, file])
      if (code !== 0) {
        process.stdout.write(`${name.padEnd(19)} FAILED: ${stderr.trim().split('\n').slice(-3).join(' | ')}\n`)
        process.exitCode = 1
        continue
      }
      const cost = JSON.parse(stdout) as Cost
      ours ??= cost
      process.stdout.write(`${name.padEnd(19)} ${cost.wall.toFixed(2).padStart(5)} s ${cost.cpu.toFixed(2).padStart(5)} s ${cost.peak.toFixed(0).padStart(5)} MB ${(cost.size / 1e6).toFixed(1).padStart(7)} MB ${(cost.cpu / ours.cpu).toFixed(2).padStart(12)}\n`)
    }
  }
}
