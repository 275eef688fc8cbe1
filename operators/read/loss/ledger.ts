/** What could not be read faithfully, counted per sheet and column, with the first cells cited. */
import type { Loss } from '../../model/stages.ts'
import { cellName, columnLetters } from '../address.ts'

const NOTES = {
  CELL_ERROR: 'the cell holds an error value; #N/A counts as no value, the others go to quarantine',
  CELL_REPEATED: 'the file stores the cell more than once; the last value is kept',
  FORMULA_NO_VALUE: 'the formula has no stored value; open and save the file in a spreadsheet program to compute it',
  FORMULA_VALUE: 'the cell holds a formula; the value is the one that the spreadsheet program stored when it last computed it',
  CELLS_MERGED: 'the cell is merged with its neighbours; only the first cell holds the value',
  SHEET_LOST: 'the sheet could not be recovered from the damaged file; none of its rows is read',
  SHEET_HIDDEN: 'the sheet is hidden',
  ROWS_HIDDEN: 'the row is hidden',
  ROWS_FILTERED: 'the row is hidden by a filter; it is read all the same',
  COLUMNS_HIDDEN: 'the column is hidden',
  CELL_COMMENTED: 'the cell bears a comment; comments are no part of the dataset',
  NUMBER_AS_TEXT: 'the column is mostly numbers; this number is stored as text',
  TEXT_AS_NUMBER: 'the column is mostly digits stored as text; this one is stored as a number',
  NUMBER_INVALID: 'the stored number is none; its text is kept',
  NUMBER_OUT_OF_RANGE: 'the number is larger, or closer to zero, than programs can hold; it is kept as text, as it is written',
  DATE_INVALID: 'the cell is formatted as a date, but its number is none; the number is kept',
  LEADING_ZEROS_LOST: 'shorter than the values with a leading zero in this column; a leading zero may be lost',
  NUMBER_ROUNDED: 'a whole number of 16 or more digits; the spreadsheet has rounded the last ones',
  SCIENTIFIC_IDENTIFIER: 'digits written in scientific notation; the last ones are lost',
  TEXT_INVALID: 'the text holds bytes or characters that are invalid; they were replaced',
  NUL_CHARACTERS: 'the text holds NUL characters',
  APOSTROPHE_REMOVED: 'an apostrophe that kept the text from running as a formula was taken away',
  QUOTE_STRAY: 'a quotation mark that opens or closes nothing was kept as text',
  QUOTE_UNCLOSED: 'a quotation mark opens the field and none closes it: all that follows was taken for its text, and the file may be cut short',
  ROWS_RAGGED: 'the row has another number of fields than most',
  RECORDS_EMPTY: 'the record holds no value; it is no row of the table',
  LIST_JOINED: 'the value is a list; its items are joined with a semicolon',
  VALUE_NESTED: 'the value is nested deeper than a table can hold; it is kept as JSON text',
  LINE_ENDINGS_MIXED: 'the lines end in different ways'
} as const

export type LossCode = keyof typeof NOTES
const ORDER = Object.keys(NOTES) as LossCode[]
const CITED = 20

interface Entry {
  count: number
  readonly cells: string[]
}

/** Collects losses of one file, sheet by sheet. */
export class LossLedger {
  private readonly file: string
  private readonly sheets: { name: string; codes: Map<LossCode, Map<number, Entry>> }[] = []

  constructor(file: string) {
    this.file = file
  }

  /** What follows belongs to this sheet. */
  startSheet(name: string): void {
    this.sheets.push({ name, codes: new Map() })
  }

  /** Takes back what was added to the sheet that was started last. */
  forgetSheet(): void {
    this.sheets[this.sheets.length - 1]!.codes.clear()
  }

  /** Counts one cell. Column from 0, or -1 for the whole sheet; row as shown, or 0 to cite no cell. */
  add(code: LossCode, column: number, row: number, count = 1): void {
    const { codes } = this.sheets[this.sheets.length - 1]!
    let columns = codes.get(code)
    if (columns === undefined) codes.set(code, (columns = new Map()))
    let entry = columns.get(column)
    if (entry === undefined) columns.set(column, (entry = { count: 0, cells: [] }))
    entry.count += count
    if (row > 0 && entry.cells.length < CITED) entry.cells.push(cellName(column < 0 ? 0 : column, row))
  }

  /** All entries: by sheet, then kind of loss, then column. */
  entries(): Loss[] {
    const out: Loss[] = []
    for (const { name, codes } of this.sheets) {
      for (const code of ORDER) {
        const columns = codes.get(code)
        if (columns === undefined) continue
        for (const column of [...columns.keys()].sort((a, b) => a - b)) {
          const { count, cells } = columns.get(column)!
          out.push({ code, file: this.file, sheet: name, column: column < 0 ? '' : columnLetters(column), count, cells, note: NOTES[code] })
        }
      }
    }
    return out
  }
}
