/** `read.xlsx`: an Office Open XML workbook into tables, by a reader of our own that works on bytes and is bounded. */
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../../kernel/types.ts'
import type { WorkbookMeta } from '../../model/stages.ts'
import type { Limits, WorkbookReadConfig } from '../config.ts'
import { refusedWorkbook } from '../refused.ts'
import { checkSize, checkZipped } from '../workbook-type.ts'
import { openPackage } from './package.ts'
import { salvageXlsx } from './salvage.ts'
import { readSheets } from './sheets.ts'
import { tellTraits } from './traits.ts'
import { readWorkbook } from './workbook.ts'

const VERSION = '1.4.2'
const READER = `read.xlsx@${VERSION}`

type Told = Pick<Context, 'diagnose' | 'progress'>

/** Reads a workbook. Throws HotpassError, naming the file and, where known, sheet and cell. `window`: bytes of a part that are looked at together. */
export function readXlsx(file: string, bytes: Uint8Array, limits: Limits, context: Told = { diagnose: () => {}, progress: () => {} }, window?: number): Frame<WorkbookMeta> {
  checkSize(file, bytes, limits)
  checkZipped(file, bytes)
  const parts = openPackage(file, bytes, limits, window)
  const workbook = readWorkbook(parts, limits.sheets)
  const { tables, sheets, ledger } = readSheets(parts, workbook, limits, context)
  tellTraits(parts, workbook, sheets.reduce((sum, { formulas }) => sum + formulas, 0), context)
  return {
    meta: {
      file,
      format: 'xlsx',
      reader: READER,
      date_system: workbook.dateSystem,
      dialect: null,
      properties: workbook.properties,
      sheets,
      loss: ledger.entries()
    },
    tables
  }
}

export const operator: Operator = {
  id: 'read.xlsx',
  version: VERSION,
  summary: 'Reads an Excel workbook (.xlsx, .xlsm)',
  inputs: { file: { kind: 'bytes' } },
  outputs: { workbook: { kind: 'workbook' } },
  config: ['ingest.limits'],
  entropy: ['none'],
  isolation: 'inline',
  run(inputs, config: WorkbookReadConfig, context) {
    const { id, value } = inputs['file']![0]!
    return { workbook: readXlsx(id, value, config.ingest.limits, context) }
  },
  refused: {
    when: 'best-effort',
    instead: (file, why, inputs, config: WorkbookReadConfig) => ({ workbook: salvageXlsx(READER, file, inputs['file']![0]!.value, why, config.ingest.limits) ?? refusedWorkbook(READER, file, why) })
  }
}
