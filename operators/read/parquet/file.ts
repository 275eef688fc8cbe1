/** What a Parquet file says of itself: its columns and row groups, checked before anything is decoded (apache/parquet-format). */
import { parquetMetadata, parquetSchema } from 'hyparquet/src/metadata.js'
import { isListLike, isMapLike } from 'hyparquet/src/schema.js'
import type { ColumnMetaData, FileMetaData, SchemaElement, SchemaTree } from 'hyparquet/src/types.js'
import { HotpassError } from '../../../kernel/error.ts'
import type { Limits } from '../config.ts'
import { describe, likenessOf } from '../container/sniff.ts'
import { DEEPEST } from '../jsonl/records.ts'
import { refusal } from '../refusal.ts'
import { CODECS } from './codecs.ts'

export type Element = SchemaElement
export type Node = SchemaTree

/** A column of the table: where it stands in the rows, and, within a group of fields, which field it is. */
export interface Target {
  readonly name: string
  readonly index: number
  readonly path: readonly string[]
  readonly node: Node
}

/** A top-level field of the file, with the columns that it becomes. */
export interface Field {
  readonly node: Node
  readonly targets: readonly Target[]
}

export interface Group {
  readonly rows: number
  /** By the dotted path of the column. */
  readonly chunks: ReadonlyMap<string, ColumnMetaData>
}

export interface ParquetFile {
  readonly fields: readonly Field[]
  readonly names: readonly string[]
  readonly tree: Node
  readonly groups: readonly Group[]
  readonly rows: number
  readonly properties: Readonly<Record<string, string>>
}

const MAGIC = 0x31524150
const MAGIC_ENCRYPTED = 0x45524150
/** A header, the length of the footer, and the magic number again. */
const SHORTEST = 12
/** Groups within groups; more than this and nothing wrote it but to do harm. */
const MOST_LEVELS = 64

export function damaged(file: string): HotpassError {
  return refusal(file, 'E_INPUT_UNREADABLE', 'the Parquet file is damaged: what it says of itself does not fit what it holds', {}, 'export the file again, or leave it out with ingest.exclude')
}

/** Runs what decodes; whatever the parser trips over is damage. */
export function decoding<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof HotpassError) throw error
    throw damaged(file)
  }
}

function checkMagic(file: string, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const first = bytes.length < 4 ? 0 : view.getUint32(0, true)
  if (first === MAGIC_ENCRYPTED) throw refusal(file, 'E_INPUT_ENCRYPTED', 'the Parquet file is encrypted', {}, 'export it without encryption, and read that')
  if (first !== MAGIC) throw refusal(file, 'E_INPUT_TYPE', `it is no Parquet file: it looks like ${describe(likenessOf(bytes))}`)
  const whole = bytes.length >= SHORTEST && view.getUint32(bytes.length - 4, true) === MAGIC
  if (!whole || view.getUint32(bytes.length - 8, true) > bytes.length - SHORTEST) throw refusal(file, 'E_INPUT_TRUNCATED', 'the Parquet file is cut short: its footer, which says what it holds, is missing')
}

const isStruct = (node: Node): boolean => node.children.length > 0 && node.element.repetition_type !== 'REPEATED' && !isListLike(node) && !isMapLike(node)

function fieldsOf(file: string, tree: Node, limits: Limits): { fields: Field[]; names: string[] } {
  const columns = new Map<string, number>()
  const targetsOf = (node: Node, path: readonly string[], depth: number): Target[] => {
    if (depth > MOST_LEVELS) throw refusal(file, 'E_INPUT_LIMIT', `its fields are nested deeper than ${MOST_LEVELS} levels`, {}, 'flatten the table before it is exported, or leave the file out with ingest.exclude')
    if (node.element.logical_type?.type === 'VARIANT') throw refusal(file, 'E_INPUT_UNREADABLE', 'it holds a column of type VARIANT, which is not read', {}, 'export the column as text')
    const below = node.children.map(child => targetsOf(child, [...path, child.element.name], depth + 1)).flat()
    if (isStruct(node) && depth < DEEPEST) return below
    const name = node.path.join('.').toWellFormed()
    return [{ name, index: 0, path, node }]
  }
  const fields = tree.children.map(node => ({
    node,
    targets: targetsOf(node, [], 1).map(target => {
      let index = columns.get(target.name)
      if (index === undefined) columns.set(target.name, (index = columns.size))
      return { ...target, index }
    })
  }))
  if (new Set(tree.children.map(({ element }) => element.name)).size !== fields.length) throw refusal(file, 'E_INPUT_UNREADABLE', 'two of its columns have the same name', {}, 'give every column a name of its own, and export the file again')
  if (columns.size > limits.columns) throw refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.columns} columns (ingest.limits.columns)`)
  return { fields, names: [...columns.keys()] }
}

function groupsOf(file: string, { row_groups, num_rows }: FileMetaData, leaves: number, limits: Limits): Group[] {
  let rows = 0
  const groups = row_groups.map(group => {
    const held = Number(group.num_rows)
    if (!(held >= 0) || group.columns.length !== leaves) throw damaged(file)
    rows += held
    const chunks = new Map<string, ColumnMetaData>()
    for (const { meta_data: chunk, file_path: elsewhere, crypto_metadata: secret } of group.columns) {
      if (secret !== undefined || chunk === undefined) throw refusal(file, 'E_INPUT_ENCRYPTED', 'a column of the Parquet file is encrypted', {}, 'export it without encryption, and read that')
      if (elsewhere) throw refusal(file, 'E_INPUT_UNREADABLE', 'its data stand in another file', {}, 'export the table as one file')
      if (!CODECS.has(chunk.codec)) throw refusal(file, 'E_INPUT_UNREADABLE', `it is compressed with ${chunk.codec ?? 'a method that is not known'}; Snappy, gzip, Zstandard, Brotli, LZ4_RAW and no compression are read`, {}, 'export it with compression="snappy" or "zstd"')
      chunks.set(chunk.path_in_schema.join('.'), chunk)
    }
    return { rows: held, chunks }
  })
  if (rows !== Number(num_rows)) throw damaged(file)
  if (rows * leaves > limits.cells) throw refusal(file, 'E_INPUT_LIMIT', `its rows times its columns are more than ${limits.cells} cells (ingest.limits.cells)`)
  return groups
}

/** Reads the footer. Throws HotpassError for what is no Parquet file, is damaged, is beyond a limit, or uses what is not read. */
export function openParquet(file: string, bytes: Uint8Array, limits: Limits): ParquetFile {
  checkMagic(file, bytes)
  return decoding(file, () => {
    const metadata = parquetMetadata(bytes, { geoparquet: false })
    // Every column has a leaf and, within groups, at most as many levels again.
    if (metadata.schema.length > limits.columns * MOST_LEVELS) throw refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.columns} columns (ingest.limits.columns)`)
    const tree = parquetSchema(metadata)
    const { fields, names } = fieldsOf(file, tree, limits)
    const leaves = metadata.schema.filter(element => !element.num_children).length
    const groups = groupsOf(file, metadata, leaves, limits)
    const properties = Object.fromEntries((metadata.key_value_metadata ?? []).flatMap(({ key, value }) => (key === 'hotpass.schema' && value !== undefined ? [[key, value] as const] : [])))
    return { fields, names, tree, groups, rows: Number(metadata.num_rows), properties }
  })
}
