/** What stands in for a workbook that was refused, so that the run can go on and name it. */
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Refusal } from '../../kernel/types.ts'
import type { WorkbookMeta } from '../model/stages.ts'
import { endingOf } from './workbook-type.ts'

const FORMATS: ReadonlyMap<string, WorkbookMeta['format']> = new Map([['xlsm', 'xlsx'], ['xls', 'xls'], ['xlsb', 'xlsb'], ['ods', 'ods'], ['csv', 'csv'], ['txt', 'csv'], ['tsv', 'tsv'], ['jsonl', 'jsonl'], ['ndjson', 'jsonl'], ['parquet', 'parquet']])

/** A workbook without sheets that says why. */
export function refusedWorkbook(reader: string, file: string, refusal: Refusal): Frame<WorkbookMeta> {
  return {
    meta: {
      file,
      format: FORMATS.get(endingOf(file)) ?? 'xlsx',
      reader,
      date_system: 1900,
      dialect: null,
      properties: {},
      sheets: [],
      loss: [{ code: 'FILE_SET_ASIDE', file, sheet: '', column: '', count: 1, cells: [], note: `the file was not read: ${messageWithoutFile(refusal.message, file)}` }],
      refused: { code: refusal.code, message: refusal.message }
    },
    tables: []
  }
}

/** The message without the file that it begins with, which stands beside it. */
export function messageWithoutFile(message: string, file: string): string {
  return message.startsWith(file) ? message.slice(file.length).replace(/^[:,]? +/, '') : message
}

/** For the operators that read: in best-effort a file that is refused is set aside. */
export function setsAside(reader: string): { readonly when: 'best-effort'; instead(file: string, refusal: Refusal): { readonly workbook: Frame<WorkbookMeta> } } {
  return { when: 'best-effort', instead: (file, refusal) => ({ workbook: refusedWorkbook(reader, file, refusal) }) }
}
