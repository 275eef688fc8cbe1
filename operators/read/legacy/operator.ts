/** `read.legacy`: the older and the other workbook formats, `.xls`, `.xlsb` and `.ods`. */
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { WorkbookMeta } from '../../model/stages.ts'
import type { Limits, WorkbookReadConfig } from '../config.ts'
import { openZip } from '../container/zip.ts'
import { setsAside } from '../refused.ts'
import { checkBinary, checkSize, checkZipped, endingOf } from '../workbook-type.ts'
import { readOpenDocument } from './open-document.ts'
import { readWithSheetJs } from './sheetjs.ts'

const VERSION = '1.3.2'
const READER = `read.legacy@${VERSION}`

/** Reads a workbook by its ending. Throws HotpassError, naming the file and, where known, the sheet. */
export function readLegacy(file: string, bytes: Uint8Array, limits: Limits): Frame<WorkbookMeta> {
  checkSize(file, bytes, limits)
  const ending = endingOf(file)
  if (ending === 'ods') {
    checkZipped(file, bytes)
    return readOpenDocument(file, bytes, READER, limits)
  }
  if (ending === 'xlsb') {
    checkZipped(file, bytes)
    // The parser inflates by itself, so every part is checked here first.
    const zip = openZip(file, bytes, limits)
    for (const entry of zip.entries.values()) zip.read(entry)
    return readWithSheetJs(file, bytes, 'xlsb', READER, limits)
  }
  checkBinary(file, bytes)
  return readWithSheetJs(file, bytes, 'xls', READER, limits)
}

export const operator: Operator = {
  id: 'read.legacy',
  version: VERSION,
  summary: 'Reads an older Excel workbook (.xls, .xlsb) or an OpenDocument one (.ods)',
  inputs: { file: { kind: 'bytes' } },
  outputs: { workbook: { kind: 'workbook' } },
  config: ['ingest.limits'],
  entropy: ['none'],
  isolation: 'process',
  run(inputs, config: WorkbookReadConfig) {
    const { id, value } = inputs['file']![0]!
    return { workbook: readLegacy(id, value, config.ingest.limits) }
  },
  refused: setsAside(READER)
}
