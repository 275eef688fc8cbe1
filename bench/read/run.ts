/** Our readers beside others on the same files, each in a process of its own, with the cost of only inflating or reading the bytes. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from '../measure.ts'
import { writeCsv, writeWorkbook } from './files.ts'

const SUBJECT = join(import.meta.dirname, 'subject.mjs')
const XLSX = ['inflate', 'hotpass.xlsx', 'hotpass.xlsx +text', 'sheetjs', 'exceljs']
const CSV = ['read utf8', 'hotpass.csv', 'hotpass.csv +text', 'papaparse', 'csv-parse']
/** From here on each subject runs once: it takes long enough. */
const MANY = 200_000

interface Cost {
  readonly wall: number
  readonly cpu: number
  readonly peak: number
  readonly rows?: number
  readonly cells?: number
}

/** The run with the middle CPU time. */
async function costOf(name: string, file: string, times: number): Promise<Cost | string> {
  const costs: Cost[] = []
  for (let at = 0; at < times; at++) {
    const { code, stdout, stderr } = await measure(process.execPath, ['--max-old-space-size=8192', SUBJECT, name, file])
    if (code !== 0) return stderr.trim().split('\n').slice(-3).join(' | ')
    costs.push(JSON.parse(stdout) as Cost)
  }
  return costs.sort((a, b) => a.cpu - b.cpu)[(times - 1) / 2]!
}

async function compare(title: string, subjects: readonly string[], file: string, times: number): Promise<void> {
  process.stdout.write(`\n${title}, ${(statSync(file).size / 1e6).toFixed(1)} MB\n${''.padEnd(19)}    wall     cpu     peak   cpu / floor   cpu / ours      rows       cells\n`)
  const floor = await costOf(subjects[0]!, file, times)
  const ours = await costOf(subjects[1]!, file, times)
  for (const name of subjects) {
    const cost = name === subjects[0] ? floor : name === subjects[1] ? ours : await costOf(name, file, times)
    if (typeof cost === 'string') {
      process.stdout.write(`${name.padEnd(19)} FAILED: ${cost}\n`)
      process.exitCode = 1
      continue
    }
    const ratio = (other: Cost | string): string => (typeof other === 'string' ? 'n/a' : (cost.cpu / other.cpu).toFixed(2)).padStart(13)
    process.stdout.write(`${name.padEnd(19)} ${cost.wall.toFixed(2).padStart(5)} s ${cost.cpu.toFixed(2).padStart(5)} s ${cost.peak.toFixed(0).padStart(5)} MB${ratio(floor)}${ratio(ours)}${String(cost.rows ?? '').padStart(10)}${String(cost.cells ?? '').padStart(12)}\n`)
  }
}

/** Prints the comparison for each number of rows; files go into the folder. */
export async function benchReading(rows: readonly number[], folder: string): Promise<void> {
  process.stdout.write(`\nReading, 20 columns. CPU and peak are those of the whole process; a start of Node alone is in each.\nOurs reads into columns, whose texts become strings when they are asked for: "+text" asks for that of every cell, as the others give it.\n`)
  for (const count of rows) {
    const times = count < MANY ? 3 : 1
    const book = join(folder, `read-${count}.xlsx`)
    await writeWorkbook(book, count)
    await compare(`XLSX, ${count} rows`, XLSX, book, times)
    const text = join(folder, `read-${count}.csv`)
    writeCsv(text, count)
    await compare(`CSV, ${count} rows`, CSV, text, times)
  }
}
