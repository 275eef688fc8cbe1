/** Two readings of one sheet, cell by cell. */
import { KIND, kindAt, textAt, type Column, type Table } from '../../kernel/artifact/table.ts'

/** How two readings of a cell differ: in what it shows, in its type alone, or in that one reader sees nothing. */
export type Difference = 'value' | 'kind' | 'first-only' | 'second-only'

/** Tells a difference. Column from 0 by the letters, row as shown. */
export type Tell = (difference: Difference, letter: string, row: number) => void

function byLetter(table: Table): Map<string, Column> {
  return new Map(table.columns.map(column => [column.name, column]))
}

/** A text with nothing in it and no cell are the same to a reader of the sheet. */
function seen(column: Column | undefined, at: number): string | null {
  if (column === undefined || at === -1) return null
  const text = textAt(column, at)
  return text === '' ? null : text
}

function sameText(a: string, b: string, number: boolean): boolean {
  // One keeps the digits that the file wrote, the other those of the double: the number is the same.
  return a === b || (number && Number(a) === Number(b))
}

/** Compares every cell that one of the two sees, row by row. */
export function compareTables(first: Table, second: Table, tell: Tell): void {
  const [columns, others] = [byLetter(first), byLetter(second)]
  const letters = [...new Set([...columns.keys(), ...others.keys()])].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  const rowsOf = (table: Table): Map<number, number> => new Map([...table.integers[0]!.data].map((row, at) => [row, at]))
  const [rows, otherRows] = [rowsOf(first), rowsOf(second)]
  const numbers = [...new Set([...rows.keys(), ...otherRows.keys()])].sort((a, b) => a - b)
  for (const row of numbers) {
    const at = rows.get(row) ?? -1
    const otherAt = otherRows.get(row) ?? -1
    for (const letter of letters) {
      const column = columns.get(letter)
      const other = others.get(letter)
      const a = seen(column, at)
      const b = seen(other, otherAt)
      if (a === null && b === null) continue
      if (b === null) tell('first-only', letter, row)
      else if (a === null) tell('second-only', letter, row)
      else {
        const [kind, otherKind] = [kindAt(column!, at), kindAt(other!, otherAt)]
        if (!sameText(a, b, kind === KIND.number && otherKind === KIND.number)) tell('value', letter, row)
        else if (kind !== otherKind) tell('kind', letter, row)
      }
    }
  }
}
