/** `hotpass explain`: leads cells of the dataset back to where they came from. */
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { columnOf, tableOf, textAt, type Table } from '../../kernel/artifact/table.ts'
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { digestBytes } from '../../kernel/hash.ts'
import { readFault } from '../../kernel/host/fault.ts'
import { writeOutput } from '../../kernel/host/publish.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Store } from '../../kernel/store.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { didYouMean } from '../did-you-mean.ts'
import { datasetOf } from '../pipeline/artifacts.ts'
import { findAttempt, openStoreToRead, readRun, type RecordedRun } from '../pipeline/store.ts'
import { createTrace } from './trace.ts'

export async function explainCells(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const store = await openStoreToRead(input, host)
  try {
    const dataset = input['dataset'] as string | undefined
    const recorded = dataset === undefined ? readRun(store, findAttempt(store, (input['run'] as string | undefined) ?? 'latest', { finished: true })) : await runOfFile(store, dataset, host)
    const frame = datasetOf(store, recorded)
    const data = tableOf(frame, 'data')
    const { row, columns } = selectionOf(input, data)
    const trace = createTrace(store, recorded, frame, input['reveal'] === true)
    const result: JsonObject = {
      schema,
      run_id: recorded.run.identity.run_id,
      row: row + 1,
      key: trace.shown(data.columns[0]?.name ?? '', data.columns[0] === undefined ? null : textAt(data.columns[0], row)) ?? '',
      masked: input['reveal'] !== true,
      dataset: dataset ?? null,
      members: trace.members(row),
      cells: columns.map(column => trace.cell(row, column))
    }
    const output = input['output'] as string | undefined
    if (output !== undefined) {
      const path = resolve(host.cwd, output)
      await writeOutput({ path, shown: output }, new TextEncoder().encode(`${JSON.stringify(result, null, 2)}\n`))
      host.tell({ event: 'explain.written', level: 'info', message: `written to ${output}` })
    }
    return { exit: EXIT.ok, result }
  } finally {
    store.close()
  }
}

/** The run that wrote a dataset file: the one whose record holds its digest, else the one that the file names. */
async function runOfFile(store: Store, file: string, host: CommandHost): Promise<RecordedRun> {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(resolve(host.cwd, file))
  } catch (cause) {
    const hint = 'give the path of a dataset that hotpass run wrote'
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new HotpassError('E_INPUT_MISSING', `there is no file ${file}`, { place: { file }, cause, hint })
    throw readFault(cause, file)
  }
  const hash = digestBytes(bytes)
  const runs = [...store.attempts()].reverse().map(entry => readRun(store, entry))
  const exact = runs.find(({ run }) => run.identity.published.some(published => published.hash === hash))
  if (exact !== undefined) return exact
  const { runIdIn } = await import('./run-id.ts')
  const named = runIdIn(bytes)
  const found = runs.find(({ run }) => run.identity.run_id === named)
  if (found === undefined) {
    throw new HotpassError('E_UNKNOWN_NAME', named === undefined ? `${file} holds no run id, and no run of this store wrote these bytes` : `${file} was written by ${named}, which is not in this store`, {
      place: { file },
      hint: 'give the run instead, or name the store that has it with --store-dir'
    })
  }
  host.tell({ event: 'explain.changed', level: 'warning', message: `${basename(file)} was changed after ${named} wrote it; what follows is about the dataset as it was written` })
  return found
}

interface Selection {
  /** From 0. */
  readonly row: number
  readonly columns: readonly string[]
}

function selectionOf(input: JsonObject, data: Table): Selection {
  const cell = input['cell'] as string | undefined
  const [row, rowId] = [input['row'] as string | undefined, input['row_id'] as string | undefined]
  if ([cell, row, rowId].filter(given => given !== undefined).length > 1) throw new HotpassError('E_USAGE', '--cell, --row and --row-id exclude each other', { hint: 'give one of them' })
  const names = data.columns.map(({ name }) => name)
  if (cell !== undefined) {
    const [, letters, number] = /^([A-Za-z]+)(\d+)$/.exec(cell)!
    const column = [...letters!.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
    const name = names[column]
    if (name === undefined) throw new HotpassError('E_UNKNOWN_NAME', `the dataset has no column ${letters!.toUpperCase()}: it has ${names.length} ${names.length === 1 ? 'column' : 'columns'}`, { hint: `give one of ${names.slice(0, 6).join(', ')}, …, with --column` })
    if (number === '1') throw new HotpassError('E_USAGE', `${cell} is the header`, { hint: 'data begins in row 2' })
    return { row: within(Number(number) - 2, data, cell), columns: [name] }
  }
  const wanted = (input['column'] as string[] | undefined) ?? undefined
  for (const name of wanted ?? []) {
    if (!names.includes(name)) throw new HotpassError('E_UNKNOWN_NAME', `the dataset has no column ${name}`, { hint: didYouMean(name, names, `it has ${names.join(', ')}`) })
  }
  if (row === undefined && rowId === undefined) throw new HotpassError('E_USAGE', 'which cell? give --row and --column, or --cell', { hint: 'hotpass explain latest --row 1' })
  const text = (row ?? rowId)!
  const at = /^\d+$/.test(text) ? within(Number(text) - (row === undefined ? 0 : 1), data, text) : rowOfKey(text, data)
  return { row: at, columns: wanted ?? names.filter(name => textAt(columnOf(data, name)!, at) !== null) }
}

function within(row: number, data: Table, said: string): number {
  if (row < 0 || row >= data.rows) throw new HotpassError('E_UNKNOWN_NAME', `the dataset has no row ${said}: it has ${data.rows} ${data.rows === 1 ? 'row' : 'rows'}`, { hint: '--row counts from 1, --row-id from 0' })
  return row
}

/** The row whose first field, or else any one field, has this value. */
function rowOfKey(text: string, data: Table): number {
  for (const column of data.columns) {
    const code = column.values.indexOf(text) + 1
    if (code > 0) return column.codes.indexOf(code)
  }
  throw new HotpassError('E_UNKNOWN_NAME', 'no row of the dataset has this value', { hint: 'give the number of the row, or the whole value of its first column' })
}
