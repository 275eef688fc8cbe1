/** The records of a linkage, one row per cluster, in the form that is asked for, by the writers of the exports. */
import { NO_STAMP, type OutputFile } from '../../../kernel/artifact/files.ts'
import { tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import type { Context } from '../../../kernel/types.ts'
import { writeCsv } from '../../export/csv/operator.ts'
import type { ExportTable } from '../../export/dataset.ts'
import { writeJsonl } from '../../export/jsonl/operator.ts'
import { writeParquet } from '../../export/parquet/operator.ts'
import { tellCut, writeWorkbook } from '../../export/xlsx/operator.ts'
import type { DatasetMeta } from '../../model/stages.ts'

export const CSV = 'text/csv; charset=utf-8; header=present'
export type RecordsFormat = 'csv' | 'xlsx' | 'jsonl' | 'parquet'

/** One file. Columns in `numbers` are numbers where the form knows them; every other value is text, as it was written. */
export function writeRecords(dataset: Frame<DatasetMeta>, numbers: ReadonlySet<string>, format: RecordsFormat, listSeparator: string, diagnose: Context['diagnose']): OutputFile {
  const { rows, columns } = tableOf(dataset, 'data')
  const table: ExportTable = { name: 'data', role: 'data', rows, entity: new Uint32Array(0), columns: columns.map(column => ({ name: column.name, type: numbers.has(column.name) ? 'number' : 'text', multiple: false, quality: false, column })) }
  switch (format) {
    case 'csv':
      return { suffix: '.csv', media_type: CSV, bytes: writeCsv(table, listSeparator), stamp: NO_STAMP }
    case 'jsonl':
      return { suffix: '.jsonl', media_type: 'application/jsonl', bytes: writeJsonl(table, []), stamp: NO_STAMP }
    case 'parquet':
      return writeParquet(table, listSeparator)
    case 'xlsx': {
      const { file, cut } = writeWorkbook(dataset, listSeparator, undefined, [table])
      tellCut(cut, diagnose)
      return file
    }
  }
}
