/**
 * One writer writes the table of one CSV file as a workbook, in a process of its own, and says what that cost. Wall time and
 * CPU are those of the writing; memory is that of the whole process, the table in it included. Usage: node subject.mjs NAME FILE
 */
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'

const [name, file] = process.argv.slice(2)
const LIMITS = { file_bytes: 4e9, inflated_bytes: 8e9, ratio: 1000, cells: 2e8, columns: 16_384, sheets: 1000, cell_characters: 1e6, characters: 1e10, seconds: 600, memory_mb: 8192 }
const NUMBERS = new Set(['orders', 'turnover'])
const built = path => import(new URL(`../../build/operators/${path}`, import.meta.url).href)

/** The table as columns: names, codes, and values of which the first row of the file is no part. */
async function columnsOf() {
  const { readCsv } = await built('read/csv/operator.js')
  const { tables: [{ rows, columns }] } = readCsv(basename(file), readFileSync(file), { encoding: 'auto', delimiter: 'auto', quote: 'auto' }, LIMITS)
  const { selectRows } = await import(new URL('../../build/kernel/artifact/builder.js', import.meta.url).href)
  const data = Uint32Array.from({ length: rows - 1 }, (_, row) => row + 1)
  return columns.map(column => ({ ...selectRows(column, data), name: column.values[column.codes[0] - 1] }))
}

/** The same as rows of cells, null for an empty one. */
async function rowsOf() {
  const columns = await columnsOf()
  const rows = []
  for (let row = 0; row < columns[0].codes.length; row++) {
    rows.push(columns.map(({ name, codes, values }) => (codes[row] === 0 ? null : NUMBERS.has(name) ? Number(values[codes[row] - 1]) : values[codes[row] - 1])))
  }
  return [columns.map(column => column.name), ...rows]
}

/** Each prepares its table, and gives the writing of it, which gives the file's size. */
const SUBJECTS = {
  async hotpass() {
    const { writeWorkbook } = await built('export/xlsx/operator.js')
    const columns = await columnsOf()
    const fields = columns.map(column => ({ name: column.name, type: NUMBERS.has(column.name) ? 'number' : 'text' }))
    const empty = tableName => ({ name: tableName, rows: 0, columns: [], integers: [{ name: 'source', data: new Uint32Array(0) }, { name: 'row', data: new Uint32Array(0) }] })
    const meta = { schema: { entity: 'customer', inferred: true, fields, groups: {}, extras: [], merge_keys: [] }, sources: [], reconciliation: [], score: { mean: 0, bands: [], flags: {} }, filled: {} }
    const frame = { meta, tables: [{ name: 'data', rows: columns[0].codes.length, columns, integers: [] }, empty('conflicts'), empty('quarantine')] }
    return () => writeWorkbook(frame, '; ').file.bytes.length
  },
  async sheetjs() {
    const { default: XLSX } = await import('xlsx')
    const rows = await rowsOf()
    return () => {
      const book = XLSX.utils.book_new()
      XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows, { dense: true }), 'Data')
      return XLSX.write(book, { type: 'buffer', compression: true }).length
    }
  },
  async 'exceljs, streaming'() {
    const { default: ExcelJS } = await import('exceljs')
    const rows = await rowsOf()
    return async () => {
      const out = `${file}.exceljs.xlsx`
      const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: out, useStyles: false, useSharedStrings: false })
      const sheet = book.addWorksheet('Data')
      for (const row of rows) sheet.addRow(row).commit()
      sheet.commit()
      await book.commit()
      return statSync(out).size
    }
  }
}

const write = await SUBJECTS[name]()
const before = process.cpuUsage()
const started = process.hrtime.bigint()
const size = await write()
const wall = Number(process.hrtime.bigint() - started) / 1e9
const { user, system } = process.cpuUsage(before)
process.stdout.write(JSON.stringify({ size, wall, cpu: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1e3 }))
