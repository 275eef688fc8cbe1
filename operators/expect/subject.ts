/** What a contract is held against: one table, its columns by name, and where each cell stands. */
import type { Column } from '../../kernel/artifact/table.ts'
import type { CheckPlace } from '../model/checks.ts'

export interface Subject {
  readonly rows: number
  /** Headings of all columns in order, those that no contract names included. */
  readonly names: readonly string[]
  /** The column of a field of the contract; lists are joined by ITEM_SEPARATOR. Undefined when the table has none. */
  column(field: string): Column | undefined
  /** The letters of the columns that share a field's heading; none where it has one column or no column. */
  repeats(field: string): readonly string[]
  /** Where a cell stands; with '' for the field, the row. Rows count from 0. */
  place(row: number, field: string): CheckPlace
  /** Whether a cell is empty only because nobody consented to its value. Undefined: nothing was withheld. */
  isWithheld?(row: number, field: string): boolean
  /** A value of a field as it may be shown. */
  shown(text: string, field: string): string
}
