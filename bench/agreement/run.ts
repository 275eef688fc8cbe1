/**
 * `npm run agreement -- FOLDER…`: every .xlsx, .xlsm and .ods workbook in the folders by our readers and by SheetJS, cell
 * by cell. Prints the cells that differ, each with what both saw, and a sum. `--quiet` prints the sum alone.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { decodeFrame } from '../../kernel/artifact/frame.ts'
import { KIND, kindAt, textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { HotpassError } from '../../kernel/error.ts'
import { performApart } from '../../kernel/host/process-lane.ts'
import { compareTables } from '../../operators/compare/cells.ts'
import type { WorkbookMeta } from '../../operators/model/stages.ts'
import { operator as second } from '../../operators/read/second/operator.ts'
import { LIMITS } from '../../operators/read/testing/cells-of.ts'
import { readWorkbookFile } from './facts-adapter.ts'

const { values, positionals } = parseArgs({ options: { quiet: { type: 'boolean', default: false } }, allowPositionals: true })
const MODULES = { operators: new URL('../../operators/index.ts', import.meta.url).href, codecs: new URL('../../operators/codecs.ts', import.meta.url).href }
const NAMES = new Map<number, string>(Object.entries(KIND).map(([name, kind]) => [kind, name]))
const SECONDS = 20

async function readApart(path: string): Promise<Frame<WorkbookMeta>> {
  const bytes = new Uint8Array(readFileSync(path))
  const input = { id: basename(path), kind: 'bytes', hash: '', bytes_length: bytes.length, bytes: () => bytes, value: () => bytes }
  const job = { step: 'second', operator: second, inputs: { file: [input] }, config: { ingest: { limits: LIMITS } }, pins: { as_of: null, seed: '' }, action: '', limits: { seconds: SECONDS, memory_mb: LIMITS.memory_mb }, progress: () => {} }
  const result = await performApart(job as never, MODULES, undefined)
  return decodeFrame(result.outputs['workbook']!.bytes) as Frame<WorkbookMeta>
}

function cellOf(table: Table, letter: string, row: number): string {
  const column = table.columns.find(({ name }) => name === letter)
  const at = table.integers[0]!.data.indexOf(row)
  const text = column === undefined || at < 0 ? null : textAt(column, at)
  return text === null ? 'nothing' : `${NAMES.get(kindAt(column!, at))} ${JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)}`
}

const say = (line: string): void => void (values.quiet ? undefined : process.stdout.write(`${line}\n`))
const why = (error: unknown): string => (error instanceof HotpassError ? `${error.code} ${error.message}` : `NOT A HOTPASS ERROR ${String(error)}`)
const tally = { files: 0, agreed: 0, cells: 0, differing: 0, onlyFirst: 0, onlySecond: 0, neither: 0 }

for (const path of positionals.flatMap(folder => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.(xlsx|xlsm|ods)$/i.test(name)).sort().map(name => join(folder, name)))) {
  tally.files++
  let first: Frame<WorkbookMeta> | undefined
  let other: Frame<WorkbookMeta> | undefined
  let reason = ''
  try {
    first = readWorkbookFile(path)
  } catch (error) {
    reason = why(error)
  }
  try {
    other = await readApart(path)
  } catch (error) {
    if (first !== undefined) reason = why(error)
  }
  if (first === undefined || other === undefined) {
    if (first === undefined && other === undefined) tally.neither++
    else if (first === undefined) tally.onlySecond++
    else tally.onlyFirst++
    say(`${basename(path)}: read by ${first === undefined && other === undefined ? 'neither' : first === undefined ? 'the second alone' : 'the first alone'}: ${reason}`)
    continue
  }
  let differing = 0
  if (first.tables.length !== other.tables.length) say(`${basename(path)}: ${first.tables.length} sheets and ${other.tables.length}`)
  first.tables.forEach((table, at) => {
    const twin = other.tables[at]
    if (twin === undefined) return
    for (const column of table.columns) for (const code of column.codes) if (code !== 0) tally.cells++
    compareTables(table, twin, (difference, letter, row) => {
      if (differing++ < 12) say(`${basename(path)}: ${table.name}!${letter}${row} ${difference}: ${cellOf(table, letter, row)} and ${cellOf(twin, letter, row)}`)
    })
  })
  if (differing > 12) say(`${basename(path)}: … ${differing} cells in all`)
  tally.differing += differing
  if (differing === 0) tally.agreed++
}
process.stdout.write(`${tally.files} workbooks: ${tally.agreed} agree in every cell; ${tally.differing} of ${tally.cells} cells differ; read by the first alone ${tally.onlyFirst}, by the second alone ${tally.onlySecond}, by neither ${tally.neither}\n`)
