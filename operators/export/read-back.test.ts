/** What the exports write, the readers read as it was. */
import fc from 'fast-check'
import t from 'tap'
import { columnFrom } from '../../kernel/artifact/builder.ts'
import { textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { DatasetMeta } from '../model/stages.ts'
import { readCsv } from '../read/csv/operator.ts'
import { LIMITS } from '../read/testing/cells-of.ts'
import { readXlsx } from '../read/xlsx/operator.ts'
import { writeCsv } from './csv/operator.ts'
import { datasetOf, tableFrom } from './dataset.case.ts'
import { exportTables } from './dataset.ts'
import { writeWorkbook } from './xlsx/operator.ts'

/** Cells row by row, empty ones as null. */
function rowsOf({ rows, columns }: Pick<Table, 'rows' | 'columns'>): (string | null)[][] {
  return Array.from({ length: rows }, (_, row) => columns.map(column => textAt(column, row)))
}

const CSV = { encoding: 'utf-8', delimiter: ',', quote: '"', escape: 'none', comment: 'none' }
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.array(fc.constantFrom('"', '""', ',', '\r\n', '\n', '\r', ' ', "'", '=', '-', '+1', 'a', '\t', ';', '#', '\\', '\\"', 'é', '\u{1f600}', '\ufeff', '\u0000', '007', '1e5'), { maxLength: 8 }).map(list => list.join(''))
)

t.test('CSV: write, then read, is the identity', async t => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }).chain(width => fc.array(fc.array(fc.option(text.map(one => one.toWellFormed()), { nil: null, freq: 4 }), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 })), rows => {
      const cells = rows.map(row => row.map(cell => (cell === '' ? null : cell)))
      const columns = cells[0]!.map((_, at) => ({ name: `c${at}`, column: columnFrom(`c${at}`, cells.map(row => row[at]!)) }))
      const bytes = writeCsv({ rows: cells.length, columns } as never, '; ')
      const table = readCsv('a.csv', bytes, CSV, LIMITS).tables[0]!
      const numbers = [...table.integers[0]!.data]
      const read = new Map(numbers.map((number, row) => [number, row]))
      const back = cells.map((_, row) => columns.map((_, at) => {
        const found = table.columns.find(({ name }) => name === String.fromCharCode(65 + at))
        const ordinal = read.get(row + 2)
        return found === undefined || ordinal === undefined ? null : textAt(found, ordinal)
      }))
      if (JSON.stringify(back) !== JSON.stringify(cells)) throw new Error(`${JSON.stringify(cells)} became ${JSON.stringify(back)}`)
    }),
    { seed: 20_260_101, numRuns: 400 }
  )
  t.pass('400 tables')
})

t.test('a workbook that goes on in further sheets reads back whole', async t => {
  const data = tableFrom('data', { organization_name: Array.from({ length: 25 }, (_, at) => `Karoo Wings ${at}`), fleet: Array.from({ length: 25 }, (_, at) => (at % 3 === 0 ? null : String(at))) }, { base: Array.from({ length: 25 }, (_, at) => at + 1) })
  const dataset = datasetOf()
  const frame: Frame<DatasetMeta> = { ...dataset, tables: dataset.tables.map(table => (table.name === 'data' ? data : table)) }
  const { tables } = readXlsx('refined.xlsx', writeWorkbook(frame, '; ', 8).file.bytes, LIMITS)
  const parts = tables.filter(({ columns, name }) => name !== 'Summary' && columns[0] !== undefined && textAt(columns[0], 0) === 'organization_name')
  t.equal(parts.length, 4, 'seven rows and a header each')
  const wanted = exportTables(frame).find(({ columns }) => columns[0]!.name === 'organization_name')!
  const whole = rowsOf({ rows: wanted.rows, columns: wanted.columns.map(({ column }) => column) })
  const back = parts.flatMap(part => rowsOf(part).slice(1))
  t.same(back.map(row => row.slice(0, 2)), whole.map(row => row.slice(0, 2)), 'no row lost, doubled or out of order')
  for (const part of parts) t.same(rowsOf(part)[0], rowsOf(parts[0]!)[0], 'each sheet has the header')
})
