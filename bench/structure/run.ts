/**
 * `npm run bench:structure -- [FOLDER] [--dump FILE] [--misses]`: how well tables are found in a folder of annotated
 * sheets (`truth.json` beside `csv/`). Sheets are told apart by a hash of their name into a half on which rules may be
 * developed and one that is only measured.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { predict, type Prediction } from './predict.ts'

interface Truth {
  readonly file: string
  readonly rows: number
  readonly header_rows: readonly number[]
  readonly header_blocks?: readonly (readonly [number, number])[]
  readonly n_tables?: number
  readonly first_data_row: number | null
  readonly last_data_row: number | null
}

const args = process.argv.slice(2)
const dump = args.includes('--dump') ? args[args.indexOf('--dump') + 1] : undefined
const folder = args.find((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--dump') ?? join(import.meta.dirname, '../../../shared/data/structure')

/** The header of the first table, as the truth has it. */
function headerOf(truth: Truth): readonly number[] {
  const first = truth.first_data_row!
  if ((truth.n_tables ?? 1) > 1) return truth.header_rows.filter(row => row <= truth.header_blocks![0]![1])
  return truth.header_rows.filter(row => row < first || truth.header_rows.every(other => other > first))
}

const isDevelopment = (file: string): boolean => createHash('sha256').update(file).digest()[0]! % 2 === 0

function score(name: string, pairs: readonly (readonly [Truth, Prediction])[]): void {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  const right = { header: 0, first: 0, last: 0, all: 0 }
  for (const [truth, found] of pairs) {
    const parts = [same(headerOf(truth), found.header_rows), truth.first_data_row === found.first_data_row, truth.last_data_row === found.last_data_row]
    if (parts[0]) right.header++
    if (parts[1]) right.first++
    if (parts[2]) right.last++
    if (!parts.includes(false)) right.all++
    else if (args.includes('--misses') && isDevelopment(truth.file)) {
      process.stdout.write(`  ${truth.file}: header ${headerOf(truth).join(',')} found ${found.header_rows.join(',')}; data ${truth.first_data_row}..${truth.last_data_row} found ${found.first_data_row}..${found.last_data_row}\n`)
    }
  }
  const share = (count: number): string => `${((100 * count) / pairs.length).toFixed(1).padStart(5)} %`
  process.stdout.write(`${name.padEnd(12)} ${String(pairs.length).padStart(4)} sheets   all three ${share(right.all)}   header rows ${share(right.header)}   first data row ${share(right.first)}   last data row ${share(right.last)}\n`)
}

if (!existsSync(join(folder, 'truth.json'))) {
  process.stdout.write(`no annotated sheets in ${folder}: nothing measured. Give a folder that holds truth.json and the sheets that it names.\n`)
} else {
  const truths = (JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth[]).filter(truth => truth.first_data_row !== null && truth.first_data_row !== undefined)
  const pairs = truths.map(truth => [truth, predict(truth.file, readFileSync(join(folder, truth.file)), truth.rows)] as const)
  score('development', pairs.filter(([{ file }]) => isDevelopment(file)))
  score('held out', pairs.filter(([{ file }]) => !isDevelopment(file)))
  score('together', pairs)
  if (dump !== undefined) writeFileSync(dump, JSON.stringify(pairs.map(([, found]) => found)))
}
