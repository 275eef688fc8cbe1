/** JSON Lines (jsonlines.org, ndjson) into a grid: a record per line, a column per key. */
import { KIND } from '../../../kernel/artifact/table.ts'
import type { SheetGrid } from '../column/sheet-grid.ts'
import type { Limits } from '../config.ts'
import type { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'
import { jsonText, parseExactly, type RecordValue, type Value } from './exact.ts'
import { ExactNumber, MAY_BE_INEXACT } from './number.ts'
import { mayRepeatKeys, repeatedKeys } from './repeated.ts'

const LF = 0x0a
/** Objects within objects that become columns of their own; deeper ones, and lists of records, are kept as JSON text. */
export const DEEPEST = 4
/** Bytes of one line: a string of the runtime is not much longer. */
const LONGEST_LINE = 1 << 27
/** Between the items of a list of plain values. */
const LIST = '; '

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const isObject = (value: Value): value is RecordValue => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
const deepest = (file: string, line: number): Error => refusal(file, 'E_INPUT_LIMIT', `the line is nested deeper than ${MOST_LEVELS} levels`, { line }, 'repair the line, or leave the file out with ingest.exclude')

export interface RecordContext {
  readonly file: string
  readonly sheet: string
  readonly limits: Limits
  readonly grid: SheetGrid
  readonly ledger: LossLedger
}

/** Of what was read: the names of the columns, the last row, and the rows of lines that are blank. */
export interface ReadRecords {
  readonly names: readonly string[]
  readonly last: number
  readonly blank: ReadonlySet<number>
}

/** Reads records. Line n becomes row n + 1: row 1 holds the keys. Throws HotpassError, naming the line. */
export function readRecords(bytes: Uint8Array, context: RecordContext): ReadRecords {
  const { file, limits, grid } = context
  const columns: Columns = { byPath: new Map(), names: new Set(), groups: new Map() }
  const blank = new Set<number>()
  let line = 0
  for (let from = 0; from < bytes.length; ) {
    line++
    const found = bytes.indexOf(LF, from)
    const end = found === -1 ? bytes.length : found
    if (end - from > LONGEST_LINE) throw refusal(file, 'E_INPUT_LIMIT', `the line is longer than ${LONGEST_LINE} bytes`, { line }, 'split the file, or leave it out with ingest.exclude')
    const text = decoder.decode(bytes.subarray(from, end))
    from = end + 1
    if (text.trim() === '') {
      blank.add(line + 1)
      continue
    }
    const record = parsed(text, file, line)
    if (record === undefined) throw refusal(file, 'E_INPUT_UNREADABLE', 'the line is no JSON object', { line }, 'every line of a .jsonl file holds one object; repair the line, or leave the file out with ingest.exclude')
    grid.startRow(line + 1)
    put(context, columns, '', '', record, line + 1, 1)
    if (mayRepeatKeys(text, record, MOST_LEVELS)) for (const path of repeatedKeys(text)) context.ledger.add('CELL_REPEATED', columnOf(columns, path), line + 1)
    if (columns.names.size > limits.columns) throw refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.columns} keys (ingest.limits.columns)`, { line })
  }
  const names = [...columns.names]
  grid.startRow(1)
  names.forEach((name, index) => grid.putText(index, name))
  return { names, last: line + 1, blank }
}

function parsed(text: string, file: string, line: number): RecordValue | undefined {
  try {
    const value = JSON.parse(text) as Value
    if (!isObject(value)) return undefined
    if (!MAY_BE_INEXACT.test(text)) return value
  } catch {
    // What the engine says of it differs between versions.
    return undefined
  }
  const exact = parseExactly(text, MOST_LEVELS)
  if (exact === undefined) throw deepest(file, line)
  return exact as RecordValue
}

/** The columns so far: by the path of their keys, and their names. */
interface Columns {
  readonly byPath: Map<string, number>
  readonly names: Set<string>
  /** The first column of an object within the record, by its path. */
  readonly groups: Map<string, number>
}

/** A column for a path. `a.b` is the key `b` in `a`, or a key with a point: two columns, of which the later has a number in its name. */
function columnFor({ byPath, names }: Columns, path: string, name: string): number {
  let index = byPath.get(path)
  if (index !== undefined) return index
  byPath.set(path, (index = names.size))
  let free = name
  for (let number = 2; names.has(free); number++) free = `${name} (${number})`
  names.add(free)
  return index
}

const escaped = (key: string): string => (key.includes('.') || key.includes('\\') ? key.replace(/[.\\]/g, '\\$&') : key)

/** The column that holds what stands at a path, or the first of those within it; -1 when there is none. */
function columnOf({ byPath, groups }: Columns, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const wanted = path.slice(0, length).map(escaped).join('.')
    const index = byPath.get(wanted) ?? groups.get(wanted)
    if (index !== undefined) return index
  }
  return -1
}

function put(context: RecordContext, columns: Columns, prefix: string, parents: string, record: RecordValue, row: number, depth: number): void {
  for (const key of Object.keys(record)) {
    const value = record[key]!
    const name = (prefix + key).toWellFormed()
    const path = parents + escaped(key)
    if (isObject(value) && depth < DEEPEST && Object.keys(value).length > 0) {
      if (!columns.groups.has(path)) columns.groups.set(path, columns.names.size)
      put(context, columns, `${name}.`, `${path}.`, value, row, depth + 1)
      continue
    }
    const index = columnFor(columns, path, name)
    if (value !== null) putValue(context, index, value, row)
  }
}

/** Levels of lists and objects; more than this and nothing wrote it but to do harm. */
const MOST_LEVELS = 128

function deeperThan(value: Value, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(within => deeperThan(within, levels - 1))
}

/** Puts a value that is no column of its own: as it is, a list joined, or as JSON text; what was done is in the ledger. */
export function putValue({ file, grid, ledger }: RecordContext, index: number, value: Exclude<Value, null>, row: number): void {
  // A character that is replaced is found when the table is finished.
  if (typeof value === 'string') grid.putText(index, value.toWellFormed())
  else if (typeof value === 'number') grid.putNumber(index, value, 0)
  else if (value instanceof ExactNumber) {
    if (!value.inRange) ledger.add('NUMBER_OUT_OF_RANGE', index, row)
    grid.putLiteral(index, value.text, value.inRange ? KIND.number : KIND.text)
  }
  else if (typeof value === 'boolean') grid.putLiteral(index, String(value), KIND.boolean)
  else if (Array.isArray(value) && value.every(item => typeof item !== 'object' || item instanceof ExactNumber)) {
    if (value.length === 0) return
    if (value.length > 1) ledger.add('LIST_JOINED', index, row)
    grid.putText(index, value.map(String).join(LIST).toWellFormed())
  } else if (!Array.isArray(value) || value.length > 0) {
    if (deeperThan(value, MOST_LEVELS)) throw deepest(file, row - 1)
    ledger.add('VALUE_NESTED', index, row)
    grid.putText(index, jsonText(value))
  }
}
