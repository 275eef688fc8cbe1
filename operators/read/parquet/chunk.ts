/** The values of one column of one row group: its pages are checked against the limits, then decoded by hyparquet. */
import { parquetHeader, readColumn } from 'hyparquet/src/column.js'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { getTreePath, isFlatColumn } from 'hyparquet/src/schema.js'
import type { ColumnDecoder, ColumnMetaData, DecodedArray } from 'hyparquet/src/types.js'
import type { Limits } from '../config.ts'
import { refusal } from '../refusal.ts'
import { COMPRESSORS } from './codecs.ts'
import { damaged, type Node } from './file.ts'

/** What has been inflated so far, over all pages of the file. */
export interface Budget {
  inflated: number
}

const PARSERS = { ...DEFAULT_PARSERS, timestampFromNanoseconds: (nanoseconds: bigint) => nanoseconds }

/** Where the chunk lies; some writers leave out where its dictionary is, or give 0. */
function viewOf(file: string, bytes: Uint8Array, chunk: ColumnMetaData): DataView {
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset)
  const length = Number(chunk.total_compressed_size)
  if (!(start >= 4) || !(length >= 0) || start + length > bytes.length) throw damaged(file)
  return new DataView(bytes.buffer, bytes.byteOffset + start, length)
}

/** Walks the headers of the pages without decoding one. `rows` is Infinity for what is nested, where a row may have any number of values. */
function checkPages(file: string, view: DataView, rows: number, limits: Limits, budget: Budget): void {
  const reader = { view, offset: 0 }
  let values = 0
  while (reader.offset < view.byteLength - 1 && values < rows) {
    const header = parquetHeader(reader)
    const { compressed_page_size: stored, uncompressed_page_size: inflated } = header
    const held = header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values ?? 0
    const entries = header.dictionary_page_header?.num_values ?? 0
    if (!(stored >= 0) || !(inflated >= 0) || !(held >= 0) || !(entries >= 0) || reader.offset + stored > view.byteLength) throw damaged(file)
    budget.inflated += inflated
    values += held
    if (budget.inflated > limits.inflated_bytes) throw refusal(file, 'E_INPUT_LIMIT', `it inflates to more than ${limits.inflated_bytes} bytes (ingest.limits.inflated_bytes)`)
    if (values > limits.cells || entries > limits.cells) throw refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.cells} cells (ingest.limits.cells)`)
    // A dictionary takes a byte for eight entries at the least.
    if (entries > inflated * 8) throw damaged(file)
    reader.offset += stored
  }
  if (Number.isFinite(rows) && values !== rows) throw damaged(file)
}

/** The values as stored, page after page: null where there is none, lists within lists for what is nested. Throws HotpassError, or whatever damage makes the parser throw. */
export function chunkValues(file: string, bytes: Uint8Array, tree: Node, chunk: ColumnMetaData, rows: number, limits: Limits, budget: Budget): readonly DecodedArray[] {
  const schemaPath = getTreePath(tree, chunk.path_in_schema)
  const leaf = schemaPath[schemaPath.length - 1]!.element
  if (leaf.type !== chunk.type) throw damaged(file)
  const view = viewOf(file, bytes, chunk)
  checkPages(file, view, isFlatColumn(schemaPath) ? rows : Infinity, limits, budget)
  // Without its annotations a column is handed over as it is stored.
  const { converted_type: _converted, logical_type: _logical, ...element } = leaf
  const decoder: ColumnDecoder = { pathInSchema: chunk.path_in_schema, type: chunk.type, codec: chunk.codec, compressors: COMPRESSORS, element, schemaPath, parsers: PARSERS as unknown as typeof DEFAULT_PARSERS, utf8: false }
  return readColumn({ view, offset: 0 }, { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows } as Parameters<typeof readColumn>[1], decoder).data
}
