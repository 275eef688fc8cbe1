/** JSON Lines (jsonlines.org, ndjson) into a grid: a record per line, a column per key. */
import { KIND } from '../../../kernel/artifact/table.ts'
import { canonicalJson } from '../../../kernel/json.ts'
import type { Json } from '../../../kernel/types.ts'
import type { SheetGrid } from '../column/sheet-grid.ts'
import type { Limits } from '../config.ts'
import type { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'

const LF = 0x0a
/** Objects within objects that become columns of their own; deeper ones, and lists of records, are kept as JSON text. */
const DEEPEST = 4
/** Bytes of one line: a string of the runtime is not much longer. */
const LONGEST_LINE = 1 << 27
/** Between the items of a list of plain values. */
const LIST = '; '

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const isObject = (value: Json): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value)

export interface RecordContext {
  readonly file: string
  readonly sheet: string
  readonly limits: Limits
  readonly grid: SheetGrid
  readonly ledger: LossLedger
}

/** Reads records and gives the names of the columns. Line n becomes row n + 1: row 1 holds the keys. Throws HotpassError, naming the line. */
export function readRecords(bytes: Uint8Array, context: RecordContext): readonly string[] {
  const { file, limits, grid } = context
  const columns = new Map<string, number>()
  let line = 0
  for (let from = 0; from < bytes.length; ) {
    line++
    const found = bytes.indexOf(LF, from)
    const end = found === -1 ? bytes.length : found
    if (end - from > LONGEST_LINE) throw refusal(file, 'E_INPUT_LIMIT', `the line is longer than ${LONGEST_LINE} bytes`, { line }, 'split the file, or leave it out with ingest.exclude')
    const text = decoder.decode(bytes.subarray(from, end))
    from = end + 1
    if (text.trim() === '') continue
    const record = parsed(text)
    if (record === undefined) throw refusal(file, 'E_INPUT_UNREADABLE', 'the line is no JSON object', { line }, 'every line of a .jsonl file holds one object; repair the line, or leave the file out with ingest.exclude')
    grid.startRow(line + 1)
    put(context, columns, '', record, line + 1, 1)
    if (columns.size > limits.columns) throw refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.columns} keys (ingest.limits.columns)`, { line })
  }
  const names = [...columns.keys()]
  grid.startRow(1)
  names.forEach((name, index) => grid.putText(index, name))
  return names
}

function parsed(text: string): { readonly [key: string]: Json } | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isObject(value) ? value : undefined
  } catch {
    // What the engine says of it differs between versions.
    return undefined
  }
}

function put(context: RecordContext, columns: Map<string, number>, prefix: string, record: { readonly [key: string]: Json }, row: number, depth: number): void {
  for (const key of Object.keys(record)) {
    const value = record[key]!
    const name = (prefix + key).toWellFormed()
    if (isObject(value) && depth < DEEPEST && Object.keys(value).length > 0) {
      put(context, columns, `${name}.`, value, row, depth + 1)
      continue
    }
    let index = columns.get(name)
    if (index === undefined) columns.set(name, (index = columns.size))
    if (value !== null) putValue(context, index, value, row)
  }
}

/** Levels of lists and objects; more than this and nothing wrote it but to do harm. */
const MOST_LEVELS = 128

function deeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(within => deeperThan(within, levels - 1))
}

function putValue({ file, grid, ledger }: RecordContext, index: number, value: Exclude<Json, null>, row: number): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) ledger.add('TEXT_INVALID', index, row)
    grid.putText(index, value.toWellFormed())
  } else if (typeof value === 'number') grid.putNumber(index, value, 0)
  else if (typeof value === 'boolean') grid.putLiteral(index, String(value), KIND.boolean)
  else if (Array.isArray(value) && value.every(item => typeof item !== 'object')) {
    if (value.length === 0) return
    if (value.length > 1) ledger.add('LIST_JOINED', index, row)
    grid.putText(index, value.map(String).join(LIST).toWellFormed())
  } else if (!Array.isArray(value) || value.length > 0) {
    if (deeperThan(value, MOST_LEVELS)) throw refusal(file, 'E_INPUT_LIMIT', `the line is nested deeper than ${MOST_LEVELS} levels`, { line: row - 1 }, 'repair the line, or leave the file out with ingest.exclude')
    ledger.add('VALUE_NESTED', index, row)
    grid.putText(index, jsonText(value))
  }
}

/** Canonical JSON; a value that it has no form for keeps that of the engine. */
function jsonText(value: Json): string {
  try {
    return canonicalJson(value)
  } catch {
    return JSON.stringify(value).toWellFormed()
  }
}
