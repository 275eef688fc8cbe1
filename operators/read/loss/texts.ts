/** Losses inside of texts: characters that had to be replaced, and NULs. */
import { dictionaryOf } from '../../../kernel/artifact/dictionary.ts'
import { hasByte } from '../../../kernel/artifact/utf8.ts'
import type { Table } from '../../../kernel/artifact/table.ts'
import type { LossCode, LossLedger } from './ledger.ts'

const encoder = new TextEncoder()

/** Adds to the ledger every cell of the table whose text holds the character. */
export function findCharacter(table: Table, columnIndexes: readonly number[], character: string, code: LossCode, ledger: LossLedger): void {
  const rows = table.integers[0]!.data
  table.columns.forEach((column, position) => {
    if (!hasByte(dictionaryOf(column).text, encoder.encode(character)[0]!)) return
    const marked = new Uint8Array(column.values.length + 1)
    let any = false
    column.values.forEach((value, at) => {
      if (!value.includes(character)) return
      marked[at + 1] = 1
      any = true
    })
    if (!any) return
    for (let row = 0; row < column.codes.length; row++) if (marked[column.codes[row]!] === 1) ledger.add(code, columnIndexes[position]!, rows[row]!)
  })
}
