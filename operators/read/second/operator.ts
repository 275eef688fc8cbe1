/**
 * `read.second`: a workbook of the newer formats by SheetJS, as a second opinion on what our own reader saw. The file is
 * untrusted and the parser is somebody else's, so it runs in a child process; when it fails, that is a finding.
 */
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { WorkbookMeta } from '../../model/stages.ts'
import type { Limits, WorkbookReadConfig } from '../config.ts'
import { openZip } from '../container/zip.ts'
import { readWithSheetJs } from '../legacy/sheetjs.ts'
import { refusedWorkbook } from '../refused.ts'
import { checkSize, checkZipped, endingOf } from '../workbook-type.ts'

const VERSION = '1.1.0'
const READER = `read.second@${VERSION}`

/** Reads `.xlsx`, `.xlsm` or `.ods`. Throws HotpassError. */
export function readSecond(file: string, bytes: Uint8Array, limits: Limits): Frame<WorkbookMeta> {
  checkSize(file, bytes, limits)
  checkZipped(file, bytes)
  // The parser inflates by itself, so every part is checked here first.
  const zip = openZip(file, bytes, limits)
  for (const entry of zip.entries.values()) zip.read(entry)
  return readWithSheetJs(file, bytes, endingOf(file) === 'ods' ? 'ods' : 'xlsx', READER, limits)
}

export const operator: Operator = {
  id: 'read.second',
  version: VERSION,
  summary: 'Reads a workbook with another reader, for a second opinion',
  inputs: { file: { kind: 'bytes' } },
  outputs: { workbook: { kind: 'workbook' } },
  config: ['ingest.limits'],
  entropy: ['none'],
  isolation: 'process',
  run(inputs, config: WorkbookReadConfig) {
    const { id, value } = inputs['file']![0]!
    return { workbook: readSecond(id, value, config.ingest.limits) }
  },
  refused: { when: 'always', instead: (file, refusal) => ({ workbook: refusedWorkbook(READER, file, refusal) }) }
}
