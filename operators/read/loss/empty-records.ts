/** Records that hold no value at all. Where each row of a file is a record, they are told; what shows nothing is no row of a table. */
import { dictionaryOf } from '../../../kernel/artifact/dictionary.ts'
import type { Table } from '../../../kernel/artifact/table.ts'
import { isBlank } from '../../model/evidence.ts'
import type { LossLedger } from './ledger.ts'

/** Positions of the table's rows that show nothing. Most are out after the first column. */
function blankPositions(table: Table): readonly number[] {
  let blank = Array.from({ length: table.rows }, (_, at) => at)
  for (const column of table.columns) {
    const dictionary = dictionaryOf(column)
    const { codes } = column
    const shows = new Uint8Array(dictionary.size + 1)
    dictionary.each((text, value) => {
      if (!isBlank(text)) shows[value + 1] = 1
    })
    blank = blank.filter(at => shows[codes[at]!] === 0)
    if (blank.length === 0) break
  }
  return blank
}

/** Adds to the ledger each record without a value, among rows 2 to `last` of the table; `isRecord` says which of them are records. */
export function findEmptyRecords(table: Table, last: number, isRecord: (row: number) => boolean, ledger: LossLedger): void {
  const rows = table.integers[0]!.data
  const blank = new Set(blankPositions(table))
  let at = 0
  for (let row = 2; row <= last; row++) {
    while (at < rows.length && rows[at]! < row) at++
    const holds = at < rows.length && rows[at] === row && !blank.has(at)
    if (!holds && isRecord(row)) ledger.add('RECORDS_EMPTY', -1, row)
  }
}
