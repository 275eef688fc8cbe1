/**
 * Delimited text through the product's own reading and shaping, for a scorer of polluted CSV files: bytes in, the rows
 * of the first table out, header first. The dialect is found by the product; nothing is told.
 *
 *   node SCORE.mjs bench/pollution/adapter.mjs
 */
import { register } from 'tsx/esm/api'

const unregister = register()
const { readCsv } = await import('../../operators/read/csv/operator.ts')
const { shapeWorkbook } = await import('../../operators/shape/operator.ts')
const { DEFAULTS } = await import('../../operators/model/defaults.ts')
const { HotpassError } = await import('../../kernel/error.ts')
await unregister()

const quiet = { diagnose() {} }
const textAt = (column, at) => (column.codes[at] === 0 ? '' : column.values[column.codes[at] - 1])

/**
 * The rows of the first table of a file: its header, joined by a space when it has several rows, and its data. Two things
 * are as such scorers count them: the header again ends the table, where the product goes on with the rows below it; and
 * rows have the fields that most records of the file have, where the product drops columns without a name and a value.
 */
export default async function rowsOf(bytes, file) {
  let workbook
  try {
    workbook = readCsv(file, bytes, DEFAULTS.ingest.csv, DEFAULTS.ingest.limits, quiet)
  } catch (error) {
    // A file without a byte of text is refused by name; as rows it is none.
    if (error instanceof HotpassError && error.code === 'E_INPUT_EMPTY') return []
    throw error
  }
  const { meta, tables } = shapeWorkbook(workbook, { ingest: { sources: [], hidden_sheets: 'include' } }, quiet)
  const table = tables[0]
  if (table === undefined) return []
  const { header_rows, columns } = meta.tables[0]
  const sheet = workbook.tables[0]
  const numbers = [...sheet.integers[0].data]
  const raw = new Map(sheet.columns.map(column => [column.name, column]))
  const headerAt = header_rows.map(row => numbers.indexOf(row))
  const rows = headerAt.length === 0 ? [] : [columns.map(({ letter }) => headerAt.map(at => textAt(raw.get(letter), at)).filter(text => text !== '').join(' '))]
  const again = meta.sheets[0].decisions.find(({ what }) => what === 'REPEATED_HEADER')
  const end = again === undefined ? Infinity : Number.parseInt(again.where, 10)
  const missing = Array.from({ length: Math.max(0, workbook.meta.dialect.fields - columns.length) }, () => '')
  for (let at = 0; at < table.rows && table.integers[0].data[at] < end; at++) rows.push([...table.columns.map(column => textAt(column, at)), ...missing])
  return rows
}
