/** What can be trusted of a workbook that is cut short or damaged: the sheets whose parts are whole. */
import type { Frame } from '../../../kernel/artifact/table.ts'
import { HotpassError } from '../../../kernel/error.ts'
import type { Refusal } from '../../../kernel/types.ts'
import type { Loss, WorkbookMeta } from '../../model/stages.ts'
import type { Limits } from '../config.ts'
import { salvageZip } from '../container/salvage.ts'
import { messageWithoutFile } from '../refused.ts'
import { packageOf } from './package.ts'
import { readSheets } from './sheets.ts'
import { readWorkbook } from './workbook.ts'

/** Refusals that say that a part of the file is damaged, not that the file is another or costs too much. */
const DAMAGED = new Set(['E_INPUT_TRUNCATED', 'E_INPUT_UNREADABLE'])

/**
 * The workbook with the sheets that bear out their checksums, the others empty and told as lost; null when there is no such
 * sheet, or when what all cells depend on is lost. Never throws on data.
 */
export function salvageXlsx(reader: string, file: string, bytes: Uint8Array, refusal: Refusal, limits: Limits): Frame<WorkbookMeta> | null {
  if (!DAMAGED.has(refusal.code) || bytes.length > limits.file_bytes) return null
  try {
    const parts = packageOf(file, salvageZip(file, bytes, limits), limits)
    const workbook = readWorkbook(parts, limits.sheets, true)
    const { tables, sheets, ledger } = readSheets(parts, workbook, limits, { progress: () => {} }, true)
    const loss = ledger.entries()
    if (loss.filter(({ code }) => code === 'SHEET_LOST').length === sheets.length) return null
    const damage: Loss = { code: 'FILE_DAMAGED', file, sheet: '', column: '', count: 1, cells: [], note: `the file is damaged, and only its whole sheets were read: ${messageWithoutFile(refusal.message, file)}` }
    return {
      meta: { file, format: 'xlsx', reader, date_system: workbook.dateSystem, dialect: null, properties: workbook.properties, sheets, loss: [damage, ...loss] },
      tables
    }
  } catch (error) {
    if (error instanceof HotpassError) return null
    throw error
  }
}
