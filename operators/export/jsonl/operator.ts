/**
 * The dataset as JSON Lines: one object per entity, lines ended by LF, UTF-8. Keys stand in the order of the dataset's
 * columns, then one array per group with its members in order; every key is there in every line, null when empty.
 * A list is an array of strings, a number a number, a truth value true or false; each of them in the form of RFC 8785.
 */
import { itemsOf, type Frame } from '../../../kernel/artifact/table.ts'
import { NO_STAMP, type OutputFile } from '../../../kernel/artifact/files.ts'
import { canonicalJson } from '../../../kernel/json.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { DatasetMeta } from '../../model/stages.ts'
import { numberOf } from '../cell.ts'
import { exportTables, infixOf, type ExportColumn, type ExportTable } from '../dataset.ts'
import { copyFragment, fragmentsOf, sizeOf, type FragmentColumn } from '../fragments.ts'

const encoder = new TextEncoder()

const ESCAPED = /["\\\u0000-\u001f]/

/** Canonical JSON of a text; most need no escape, and a column is well-formed Unicode by its codec. */
function jsonText(text: string): string {
  return ESCAPED.test(text) ? canonicalJson(text) : `"${text}"`
}

function jsonOf({ type, multiple }: ExportColumn, text: string): string {
  if (multiple) return canonicalJson([...itemsOf(text)])
  if (type === 'number') {
    const value = numberOf(text)
    if (value !== null) return canonicalJson(value)
  }
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text
  return jsonText(text)
}

/** Each fragment holds its key, so that a row is its fragments end to end. */
function members(columns: readonly ExportColumn[], open: string, close: string): FragmentColumn[] {
  return columns.map((column, index) => {
    const before = `${index === 0 ? open : ','}${canonicalJson(column.name)}:`
    const after = index === columns.length - 1 ? close : ''
    const empty = column.multiple ? '[]' : 'null'
    const texts = [before + empty + after]
    for (const value of column.column.values) texts.push(before + jsonOf(column, value) + after)
    return { codes: column.column.codes, fragments: fragmentsOf(texts) }
  })
}

interface Nested {
  readonly open: Uint8Array
  readonly columns: readonly FragmentColumn[]
  /** Rows of the group by entity: `rows` from `starts[entity]` to `starts[entity + 1]`. */
  readonly starts: Uint32Array
  readonly rows: Uint32Array
  /** Bytes that all members take at most, with the commas between them. */
  readonly size: number
}

function nest(group: ExportTable, key: string, entities: number): Nested {
  const starts = new Uint32Array(entities + 1)
  for (let row = 0; row < group.rows; row++) if (group.entity[row]! > 0) starts[group.entity[row]!]!++
  for (let entity = 0; entity < entities; entity++) starts[entity + 1]! += starts[entity]!
  const next = starts.slice()
  const rows = new Uint32Array(starts[entities]!)
  for (let row = 0; row < group.rows; row++) if (group.entity[row]! > 0) rows[next[group.entity[row]! - 1]!++] = row
  // The key in front repeats the entity that the member stands in; yes and no at the end become true and false.
  const own = group.columns.slice(1, -1)
  const primary = group.columns.at(-1)!
  const columns = members([...own, { ...primary, type: 'boolean', column: { ...primary.column, values: ['true', 'false'] } }], '{', '}')
  return { open: encoder.encode(`,${canonicalJson(key)}:[`), columns, starts, rows, size: sizeOf(columns, group.rows) + group.rows }
}

const COMMA = 0x2c
const BRACKET = 0x5d
const BRACE = 0x7d
const LINE_FEED = 0x0a

/** One table as JSON Lines, with the rows of each group inside their entity. */
export function writeJsonl(table: ExportTable, groups: readonly ExportTable[]): Uint8Array {
  if (table.columns.length === 0) return new Uint8Array(0)
  const columns = members(table.columns, '{', '')
  const taken = new Set(table.columns.map(({ name }) => name))
  const nested = groups.map(group => {
    let key = group.name
    while (taken.has(key)) key = `${key}_members`
    taken.add(key)
    return nest(group, key, table.rows)
  })
  let size = sizeOf(columns, table.rows) + 2 * table.rows
  for (const group of nested) size += (group.open.length + 1) * table.rows + group.size
  const out = new Uint8Array(size)
  const view = new DataView(out.buffer)
  let at = 0
  for (let row = 0; row < table.rows; row++) {
    for (let index = 0; index < columns.length; index++) at = copyFragment(view, at, columns[index]!.fragments, columns[index]!.codes[row]!)
    for (const { open, columns, starts, rows } of nested) {
      out.set(open, at)
      at += open.length
      for (let member = starts[row]!; member < starts[row + 1]!; member++) {
        if (member > starts[row]!) out[at++] = COMMA
        for (const { fragments, codes } of columns) at = copyFragment(view, at, fragments, codes[rows[member]!]!)
      }
      out[at++] = BRACKET
    }
    out[at++] = BRACE
    out[at++] = LINE_FEED
  }
  return out.subarray(0, at)
}

export const operator: Operator = {
  id: 'export.jsonl',
  version: '1.0.0',
  summary: 'Writes the dataset as JSON Lines, one object per entity, and the conflicts and the quarantine beside it',
  inputs: { dataset: { kind: 'dataset' } },
  outputs: { files: { kind: 'files' } },
  config: [],
  entropy: ['none'],
  run(inputs, _config, context) {
    const tables = exportTables(inputs['dataset']![0]!.value as Frame<DatasetMeta>)
    const groups = tables.filter(table => table.role === 'group')
    const files = tables
      .filter(table => table.role !== 'group')
      .map((table): OutputFile => {
        const bytes = writeJsonl(table, table.role === 'data' ? groups : [])
        return { suffix: `${infixOf(table)}.jsonl`, media_type: 'application/jsonl', bytes, stamp: NO_STAMP }
      })
    context.progress(1)
    return { files }
  }
}
