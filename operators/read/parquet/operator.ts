/** `read.parquet`: an Apache Parquet file into one table. Types are those of the file; the bytes are decoded by hyparquet, in a process of its own. */
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { WorkbookMeta } from '../../model/stages.ts'
import { columnLetters } from '../address.ts'
import { PLAIN } from '../cells/number-format.ts'
import { gridSources } from '../cells/rendered.ts'
import { SheetGrid } from '../column/sheet-grid.ts'
import type { Limits, WorkbookReadConfig } from '../config.ts'
import { stemOf } from '../csv/operator.ts'
import { returnEngine } from '../engine/idle.ts'
import { engineFor, finishGrid, overflowOf } from '../grid-table.ts'
import { findEmptyRecords } from '../loss/empty-records.ts'
import { LossLedger } from '../loss/ledger.ts'
import { setsAside } from '../refused.ts'
import { refusal } from '../refusal.ts'
import { BARE } from '../sheet-facts.ts'
import { checkSize } from '../workbook-type.ts'
import { decoding, openParquet } from './file.ts'
import { readRows } from './rows.ts'
import { isExact } from './value.ts'

const READER = 'read.parquet@1.2.0'

const ROUNDED = 'a whole number of 16 or more digits in binary floating point, which does not hold the last ones'

/** Reads a Parquet file. Throws HotpassError, naming the file. */
export function readParquet(file: string, bytes: Uint8Array, limits: Limits): Frame<WorkbookMeta> {
  checkSize(file, bytes, limits)
  const opened = openParquet(file, bytes, limits)
  const { names, fields } = opened
  if (names.length === 0) throw refusal(file, 'E_INPUT_EMPTY', 'the file holds no column')
  const sheet = stemOf(file)
  const ledger = new LossLedger(file)
  ledger.startSheet(sheet)
  const engine = engineFor(file)
  const grid = new SheetGrid(gridSources(engine, [PLAIN], 1900), limits.columns, limits.cells, overflowOf(file, sheet, limits), (column, row) => ledger.add('CELL_REPEATED', column, row))
  decoding(file, () => readRows({ file, sheet, limits, grid, ledger }, bytes, opened))
  const table = finishGrid(grid, sheet, file, sheet, limits, true, ledger)
  findEmptyRecords(table, opened.rows + 1, () => true, ledger)
  returnEngine(engine)
  const exact = new Set(fields.flatMap(({ targets }) => targets).filter(({ node }) => isExact(node.element)).map(({ index }) => columnLetters(index)))
  return {
    meta: {
      file,
      format: 'parquet',
      reader: READER,
      date_system: 1900,
      dialect: null,
      properties: opened.properties,
      // The file names its columns: the table is declared, so that nobody has to find it.
      sheets: [{ ...BARE, name: sheet, list_objects: [{ name: sheet, range: `A1:${columnLetters(names.length - 1)}${opened.rows + 1}`, header_rows: 1, totals_rows: 0 }] }],
      // No spreadsheet has seen the integers and decimals of this file: however long, they are whole.
      loss: ledger
        .entries()
        .filter(({ code, column }) => code !== 'NUMBER_ROUNDED' || !exact.has(column))
        .map(loss => (loss.code === 'NUMBER_ROUNDED' ? { ...loss, note: ROUNDED } : loss))
    },
    tables: [table]
  }
}

export const operator: Operator = {
  id: 'read.parquet',
  version: '1.2.0',
  summary: 'Reads an Apache Parquet file (.parquet)',
  inputs: { file: { kind: 'bytes' } },
  outputs: { workbook: { kind: 'workbook' } },
  config: ['ingest.limits'],
  entropy: ['none'],
  isolation: 'process',
  run(inputs, config: WorkbookReadConfig) {
    const { id, value } = inputs['file']![0]!
    return { workbook: readParquet(id, value, config.ingest.limits) }
  },
  refused: setsAside(READER)
}
