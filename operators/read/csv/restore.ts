/** Takes back the apostrophe that spreadsheet-safe writers put before text that would run as a formula. */
import { mapColumn } from '../../../kernel/artifact/builder.ts'
import { integersOf, type Table } from '../../../kernel/artifact/table.ts'
import { restoreFormula } from '../../model/formula.ts'
import { columnIndex } from '../address.ts'
import type { LossLedger } from '../loss/ledger.ts'

/** The table with such apostrophes removed, each cell counted in the ledger. Values are looked at once each. */
export function restoreFormulas(table: Table, ledger: LossLedger): Table {
  const rows = integersOf(table, 'row')
  const columns = table.columns.map(column => {
    const marked = column.values.map(value => value.charCodeAt(0) === 0x27 && restoreFormula(value) !== value)
    if (!marked.includes(true)) return column
    for (let row = 0; row < column.codes.length; row++) {
      if (marked[column.codes[row]! - 1] === true) ledger.add('APOSTROPHE_REMOVED', columnIndex(column.name), rows[row]!)
    }
    return mapColumn(column, column.name, restoreFormula)
  })
  return { ...table, columns }
}
