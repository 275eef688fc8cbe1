/** Row groups of a Parquet file into a grid, field by field of the schema. */
import { assembleNested } from 'hyparquet/src/assemble.js'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { getPhysicalColumns } from 'hyparquet/src/schema.js'
import type { DecodedArray } from 'hyparquet/src/types.js'
import { KIND } from '../../../kernel/artifact/table.ts'
import type { Json } from '../../../kernel/types.ts'
import { putValue, type RecordContext } from '../jsonl/records.ts'
import { chunkValues, type Budget } from './chunk.ts'
import { damaged, type Field, type Group, type Node, type ParquetFile } from './file.ts'
import { jsonOf, putCell, rendererOf, type Cell, type Raw } from './value.ts'

/** Row n of the file becomes row n + 1 of the table: row 1 holds the names. */
const FIRST_ROW = 2

type Values = (path: string) => readonly DecodedArray[]

/** Puts one field's cells of one row, given the row within its group. */
type FieldWriter = (at: number, row: number) => void

function flatWriter({ file, grid, ledger }: RecordContext, { node, targets }: Field, values: Values): FieldWriter {
  const { index } = targets[0]!
  const render = rendererOf(node.element)
  const pages = values(node.path.join('.'))
  let page = 0
  let from = 0
  let last: unknown
  /** Values of a dictionary are the same objects in every cell. */
  const known = new Map<Uint8Array, Cell>()
  return (at, row) => {
    while (page < pages.length && at - from >= pages[page]!.length) from += pages[page++]!.length
    const raw = (pages[page] as readonly (Raw | null)[] | undefined)?.[at - from]
    if (raw === null) return
    if (raw === undefined) throw damaged(file)
    if (raw instanceof Uint8Array && raw === last) return grid.putAgain(index)
    let cell = raw instanceof Uint8Array ? known.get(raw) : undefined
    if (cell === undefined) {
      cell = render(raw)
      if (raw instanceof Uint8Array && known.size < MOST_KNOWN) known.set(raw, cell)
    }
    last = cell.kind === KIND.text ? raw : undefined
    if (cell.fault) ledger.add('DATE_INVALID', index, row)
    if (cell.kind === KIND.error) ledger.add('CELL_ERROR', index, row)
    putCell(grid, index, cell)
  }
}

/** Texts of a dictionary that are kept decoded; a column without one has as many objects as cells. */
const MOST_KNOWN = 65_536

/** Lists of lists of stored values as JSON, each value by its own type. */
function leavesOf(file: string, node: Node, pages: readonly DecodedArray[]): Json[] {
  const render = rendererOf(node.element)
  const convert = (value: unknown): Json => {
    if (value === null) return null
    if (value === undefined) throw damaged(file)
    return Array.isArray(value) ? value.map(convert) : jsonOf(render(value as Raw))
  }
  const out: Json[] = []
  for (const page of pages) for (const value of page as ArrayLike<unknown> & Iterable<unknown>) out.push(convert(value))
  return out
}

function leafOf(node: Node, path: readonly string[]): Node {
  return path.reduce((within, name) => within.children.find(({ element }) => element.name === name)!, node)
}

function nestedWriter(context: RecordContext, { node, targets }: Field, values: Values, rows: number): FieldWriter {
  const columns = new Map<string, DecodedArray>()
  for (const path of getPhysicalColumns(node)) columns.set(path, leavesOf(context.file, leafOf(node, path.split('.').slice(1)), values(path)) as DecodedArray)
  assembleNested(columns, node, DEFAULT_PARSERS)
  const assembled = columns.get(node.path.join('.')) as readonly unknown[] | undefined
  if (assembled?.length !== rows) throw damaged(context.file)
  return (at, row) => {
    for (const { index, path } of targets) {
      let value = assembled[at]
      for (const name of path) value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : null
      const json = plain(value)
      if (json !== null) putValue(context, index, json, row)
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is missing is null, everywhere. */
function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain)
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, within]) => [name, plain(within)]))
  return (value ?? null) as Json
}

function readGroup(context: RecordContext, bytes: Uint8Array, { fields, tree }: ParquetFile, { rows, chunks }: Group, first: number, budget: Budget): void {
  const values: Values = path => {
    const chunk = chunks.get(path)
    if (chunk === undefined) throw damaged(context.file)
    return chunkValues(context.file, bytes, tree, chunk, rows, context.limits, budget)
  }
  const writers = fields.map(field => (field.node.children.length === 0 && field.node.element.repetition_type !== 'REPEATED' ? flatWriter(context, field, values) : nestedWriter(context, field, values, rows)))
  for (let at = 0; at < rows; at++) {
    context.grid.startRow(first + at)
    for (const write of writers) write(at, first + at)
  }
}

/** Reads all rows. Throws HotpassError, or whatever damage makes the parser throw. */
export function readRows(context: RecordContext, bytes: Uint8Array, opened: ParquetFile): void {
  const budget: Budget = { inflated: 0 }
  context.grid.startRow(1)
  opened.names.forEach((name, index) => context.grid.putText(index, name))
  let first = FIRST_ROW
  for (const group of opened.groups) {
    // Writers of an empty table may leave a group behind, whose chunks begin nowhere.
    if (group.rows === 0) continue
    readGroup(context, bytes, opened, group, first, budget)
    first += group.rows
  }
}
