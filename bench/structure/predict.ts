/** What the product says of the lines of a sheet: which are headers, where the data starts and ends, and what the rest is. */
import { integersOf } from '../../kernel/artifact/table.ts'
import { DEFAULTS } from '../../operators/model/defaults.ts'
import { readCsv } from '../../operators/read/csv/operator.ts'
import { shapeWorkbook } from '../../operators/shape/operator.ts'

/** Rows are counted from 0; a label per line of the sheet. */
export interface Prediction {
  readonly file: string
  readonly header_rows: readonly number[]
  readonly first_data_row: number | null
  readonly last_data_row: number | null
  readonly line_labels: readonly string[]
}

const quiet = { diagnose: () => {} }
const SETTINGS = { ...DEFAULTS.ingest.csv, delimiter: ',', quote: '"', encoding: 'utf-8' }
const LABEL_OF: Readonly<Record<string, string>> = { title: 'metadata', header: 'header', 'repeated-header': 'header', units: 'header', section: 'group', total: 'derived', note: 'notes' }

/** Rows named by ranges such as `1:3, 7`. */
function rowsIn(ranges: string): number[] {
  return ranges.split(', ').filter(part => /^\d/.test(part)).flatMap(part => {
    const [from, to = from] = part.split(':').map(Number) as [number, number?]
    return Array.from({ length: to! - from! + 1 }, (_, index) => from! + index)
  })
}

/** Reads and shapes a sheet that is kept as comma-separated cells. A total counts as data of the table that it stands in. */
export function predict(file: string, bytes: Uint8Array, lines: number): Prediction {
  const { meta, tables } = shapeWorkbook(readCsv(file, bytes, SETTINGS, DEFAULTS.ingest.limits, quiet), { ingest: { sources: [], hidden_sheets: 'include' } }, quiet)
  const labels: string[] = Array.from({ length: lines }, () => 'empty')
  for (const { reason, where } of meta.sheets[0]!.excluded) for (const row of rowsIn(where)) labels[row - 1] = LABEL_OF[reason] ?? 'notes'
  for (const table of tables) for (const row of integersOf(table, 'row')) labels[row - 1] = 'data'
  const body = labels.flatMap((label, index) => (label === 'data' || label === 'derived' ? [index] : []))
  const header = meta.tables.find((_, index) => tables[index]!.rows > 0)?.header_rows ?? meta.tables[0]?.header_rows ?? []
  const units = rowsIn(meta.sheets[0]!.excluded.find(({ reason }) => reason === 'units')?.where ?? '').filter(row => row - 1 < (body[0] ?? 0))
  return { file, header_rows: [...header, ...units].map(row => row - 1).sort((a, b) => a - b), first_data_row: body[0] ?? null, last_data_row: body.at(-1) ?? null, line_labels: labels }
}
