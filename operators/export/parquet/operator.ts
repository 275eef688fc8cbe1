/**
 * The dataset as Parquet, one file per table. Numbers are DOUBLE, dates DATE (days since 1970-01-01), truth values
 * BOOLEAN, all others UTF8 strings, every column optional; a column of which one value does not fit its type is UTF8.
 * The key-value metadata name the run (`hotpass.run_id`) and the form (`hotpass.schema`).
 */
import { parquetWriteBuffer } from 'hyparquet-writer/src/write.js'
import { RUN_ID_TOKEN, type OutputFile } from '../../../kernel/artifact/files.ts'
import { tokenPositions } from '../../../kernel/artifact/stamp.ts'
import { ITEM_SEPARATOR, type Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { DatasetMeta } from '../../model/stages.ts'
import { dateOf, numberOf } from '../cell.ts'
import { exportTables, infixOf, type ExportColumn, type ExportTable } from '../dataset.ts'

const ROWS_PER_GROUP = 100_000
/** Cells below which a file stays uncompressed: it is small as it is, and compressing costs more than all the rest. */
const COMPRESSED_FROM_CELLS = 200_000
/** Length field and magic at the end of the file, behind the metadata. */
const TRAILER = 8

type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number]
type Value = string | number | boolean

function typedValue(type: ExportColumn['type'], text: string): Value | null {
  switch (type) {
    case 'number':
      return numberOf(text)
    case 'date': {
      const date = dateOf(text)
      return date === null || date.second !== null ? null : date.day
    }
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : null
    default:
      return null
  }
}

const PHYSICAL = {
  number: { type: 'DOUBLE' },
  date: { type: 'INT32', converted_type: 'DATE' },
  boolean: { type: 'BOOLEAN' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
} as const

interface ParquetColumn {
  readonly element: SchemaElement
  readonly data: (Value | null)[]
}

function parquetColumn({ name, type, multiple, column }: ExportColumn, listSeparator: string): ParquetColumn {
  const typed = type === 'text' || multiple ? null : column.values.map(text => typedValue(type, text))
  const fits = typed !== null && !typed.includes(null)
  const values: readonly (Value | null)[] = fits
    ? typed
    : column.values.map(text => (text.includes(ITEM_SEPARATOR) ? text.replaceAll(ITEM_SEPARATOR, listSeparator) : text))
  const data: (Value | null)[] = new Array(column.codes.length)
  for (let row = 0; row < data.length; row++) {
    const code = column.codes[row]!
    data[row] = code === 0 ? null : values[code - 1]!
  }
  return { element: { name, repetition_type: 'OPTIONAL', ...PHYSICAL[fits ? type : 'text'] }, data }
}

/** One table as Parquet, with the places for the run's id. */
export function writeParquet(table: ExportTable, listSeparator: string): OutputFile {
  const columns = table.columns.map(column => parquetColumn(column, listSeparator))
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ element, data }) => ({ name: element.name, data })),
      schema: [{ name: 'root', num_children: columns.length }, ...columns.map(({ element }) => element)],
      codec: table.rows * columns.length < COMPRESSED_FROM_CELLS ? 'UNCOMPRESSED' : 'SNAPPY',
      rowGroupSize: ROWS_PER_GROUP,
      kvMetadata: [
        { key: 'hotpass.run_id', value: RUN_ID_TOKEN },
        { key: 'hotpass.schema', value: `urn:hotpass:dataset-parquet:1#${table.role}` }
      ],
      createdBy: 'hotpass'
    })
  )
  const footer = bytes.length - TRAILER - new DataView(bytes.buffer).getUint32(bytes.length - TRAILER, true)
  // The metadata stand behind the schema, whose names come from the data, and the bounds of the columns: the last token is ours.
  const at = tokenPositions(bytes.subarray(footer)).slice(-1).map(position => footer + position)
  return { suffix: `${infixOf(table)}.parquet`, media_type: 'application/vnd.apache.parquet', bytes, stamp: { at, entries: [] } }
}

export const operator: Operator = {
  id: 'export.parquet',
  version: '1.0.0',
  summary: 'Writes the dataset, its groups, the conflicts and the quarantine as Parquet files',
  inputs: { dataset: { kind: 'dataset' } },
  outputs: { files: { kind: 'files' } },
  config: ['export.list_separator'],
  entropy: ['none'],
  run(inputs, config, context) {
    const tables = exportTables(inputs['dataset']![0]!.value as Frame<DatasetMeta>)
    const files = tables.map((table, index) => {
      const file = writeParquet(table, config.export.list_separator)
      context.progress((index + 1) / tables.length)
      return file
    })
    return { files }
  }
}
