/** `read.jsonl`: JSON Lines into one table, a column per key. Types are those of the file. */
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { WorkbookMeta } from '../../model/stages.ts'
import { columnLetters } from '../address.ts'
import { gridSources } from '../cells/rendered.ts'
import { SheetGrid } from '../column/sheet-grid.ts'
import type { Limits, WorkbookReadConfig } from '../config.ts'
import { describe, likenessOf } from '../container/sniff.ts'
import { decodeText } from '../csv/encoding.ts'
import { stemOf } from '../csv/operator.ts'
import { returnEngine } from '../engine/idle.ts'
import { engineFor, finishGrid, overflowOf } from '../grid-table.ts'
import { findEmptyRecords } from '../loss/empty-records.ts'
import { LossLedger } from '../loss/ledger.ts'
import { setsAside } from '../refused.ts'
import { refusal } from '../refusal.ts'
import { BARE } from '../sheet-facts.ts'
import { PLAIN } from '../cells/number-format.ts'
import { checkSize } from '../workbook-type.ts'
import { readRecords } from './records.ts'

const VERSION = '1.2.0'
const NEVER_TEXT = new Set(['zip', 'compound', 'pdf', 'gzip', 'image', 'binary', 'html', 'xml'])

/** Reads JSON Lines. Throws HotpassError, naming the file and the line. */
export function readJsonl(file: string, bytes: Uint8Array, limits: Limits): Frame<WorkbookMeta> {
  checkSize(file, bytes, limits)
  const likeness = likenessOf(bytes)
  if (NEVER_TEXT.has(likeness)) throw refusal(file, 'E_INPUT_TYPE', `it is not JSON Lines: it looks like ${describe(likeness)}`)
  const text = decodeText(file, bytes, 'auto')
  const sheet = stemOf(file)
  const ledger = new LossLedger(file)
  ledger.startSheet(sheet)
  const engine = engineFor(file)
  const grid = new SheetGrid(gridSources(engine, [PLAIN], 1900), limits.columns, limits.cells, overflowOf(file, sheet, limits), (column, row) => ledger.add('CELL_REPEATED', column, row))
  const { names, last: lastLine, blank } = readRecords(text.bytes, { file, sheet, limits, grid, ledger })
  if (names.length === 0) throw refusal(file, 'E_INPUT_EMPTY', 'the file holds no record')
  const table = finishGrid(grid, sheet, file, sheet, limits, true, ledger, true)
  findEmptyRecords(table, lastLine, row => !blank.has(row), ledger)
  returnEngine(engine)
  const last = table.integers[0]!.data.at(-1)!
  return {
    meta: {
      file,
      format: 'jsonl',
      reader: `read.jsonl@${VERSION}`,
      date_system: 1900,
      dialect: null,
      properties: {},
      // The keys are the header, and nothing else is: the table is declared, so that nobody has to find it.
      sheets: [{ ...BARE, name: sheet, list_objects: [{ name: sheet, range: `A1:${columnLetters(names.length - 1)}${last}`, header_rows: 1, totals_rows: 0 }] }],
      loss: ledger.entries()
    },
    tables: [table]
  }
}

export const operator: Operator = {
  id: 'read.jsonl',
  version: VERSION,
  summary: 'Reads JSON Lines (.jsonl, .ndjson)',
  inputs: { file: { kind: 'bytes' } },
  outputs: { workbook: { kind: 'workbook' } },
  config: ['ingest.limits'],
  entropy: ['none'],
  isolation: 'inline',
  run(inputs, config: WorkbookReadConfig) {
    const { id, value } = inputs['file']![0]!
    return { workbook: readJsonl(id, value, config.ingest.limits) }
  },
  refused: setsAside(`read.jsonl@${VERSION}`)
}
