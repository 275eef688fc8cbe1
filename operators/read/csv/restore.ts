/** Takes back the apostrophe that spreadsheet-safe writers put before text that would run as a formula. */
import { mapColumn } from '../../../kernel/artifact/builder.ts'
import { dictionaryOf } from '../../../kernel/artifact/dictionary.ts'
import { integersOf, type Column, type Table } from '../../../kernel/artifact/table.ts'
import { restoreFormula } from '../../model/formula.ts'
import { columnIndex } from '../address.ts'
import type { LossLedger } from '../loss/ledger.ts'

const MARK = 0x27

/** Whether any value begins with an apostrophe. */
function hasMark(column: Column): boolean {
  const { size, text, starts } = dictionaryOf(column)
  for (let at = 0; at < size; at++) if (text[starts[at]!] === MARK) return true
  return false
}

/** The table with such apostrophes removed, each cell counted in the ledger. Values are looked at once each. */
export function restoreFormulas(table: Table, ledger: LossLedger): Table {
  const rows = integersOf(table, 'row')
  const columns = table.columns.map(column => {
    if (!hasMark(column)) return column
    const marked = column.values.map(value => value.charCodeAt(0) === MARK && restoreFormula(value) !== value)
    if (!marked.includes(true)) return column
    for (let row = 0; row < column.codes.length; row++) {
      if (marked[column.codes[row]! - 1] === true) ledger.add('APOSTROPHE_REMOVED', columnIndex(column.name), rows[row]!)
    }
    return mapColumn(column, column.name, restoreFormula)
  })
  return { ...table, columns }
}
