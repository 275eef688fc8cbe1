/** What a grid of cells is to those who finish it. */
import type { Dictionary } from '../../../kernel/artifact/dictionary.ts'
import type { Table } from '../../../kernel/artifact/table.ts'

/** Called when a grid would need more room than is allowed or there is, or when its values were made to cost too much. */
export type Overflow = (what: 'columns' | 'cells' | 'space' | 'collisions' | 'memory') => Error

/** Cell by cell findings when a grid is finished. Column from 0, row as shown. */
export type Report = (column: number, row: number) => void

/** Sees the texts of a column, the bytes of the longest, and how to name the first cell with the text of a code. May throw. */
export type ColumnCheck = (texts: Dictionary, longest: number, firstCell: (code: number) => string) => void

/** Characters whose presence is a finding: U+0000, and U+FFFD, which stands for what could not be decoded. */
export type OddCharacter = 'nul' | 'replacement'

export interface FinishedGrid {
  /** Columns with a cell, from 0. */
  readonly indexes: readonly number[]
  /** Whether the character may be in a text of the grid; to be asked before it is finished. */
  mayHold(character: OddCharacter): boolean
  /** The finished table. `onFault` is told every cell whose number does not fit its style; `check` sees every column once. */
  finish(name: string, onFault: Report, check: ColumnCheck): Table
}
