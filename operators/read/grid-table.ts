/** What all workbook readers do with a grid: finish it, and look for what was lost. */
import { KIND, type Table } from '../../kernel/artifact/table.ts'
import { PLAIN, paddedText, type NumberStyle } from './cells/number-format.ts'
import { plainDecimal } from './cells/number-text.ts'
import { serialText, type DateSystem } from './cells/serial-date.ts'
import type { Overflow, Rendered, SheetGrid } from './column/sheet-grid.ts'
import type { Limits } from './config.ts'
import { findColumnLosses } from './loss/columns.ts'
import type { LossLedger } from './loss/ledger.ts'
import { findCharacter } from './loss/texts.ts'
import { refusal } from './refusal.ts'

/** Text and kind of a number under a style. A number that is no date is kept as the number. */
export function renderNumber(value: number, style: NumberStyle, system: DateSystem): Rendered {
  if (style.what === 'number') return { text: plainDecimal(value), kind: KIND.number }
  if (style.what === 'padded') {
    const text = paddedText(value, style.pattern)
    return text === null ? { text: plainDecimal(value), kind: KIND.number } : { text, kind: KIND.text }
  }
  return serialText(value, style, system) ?? { text: plainDecimal(value), kind: KIND.number, fault: true }
}

/** A renderer over numbered styles. */
export function rendererOf(styles: readonly NumberStyle[], system: DateSystem): (value: number, style: number) => Rendered {
  return (value, style) => renderNumber(value, styles[style] ?? PLAIN, system)
}

/** The error for a grid that outgrows its limits. */
export function overflowOf(file: string, sheet: string, limits: Limits): Overflow {
  return what => {
    if (what === 'columns') return refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.columns} columns (ingest.limits.columns)`, { sheet })
    if (what === 'cells') return refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.cells} cells (ingest.limits.cells)`, { sheet })
    return refusal(file, 'E_INPUT_LIMIT', `its cells lie so far apart that its rows times its columns are far more than its cells, or than ${limits.cells} (ingest.limits.cells)`, { sheet }, 'take away the cells that stand far from the table')
  }
}

/** Characters of all cells: a text that many cells share is kept once, but whatever writes the cells writes it each time. */
function charactersOf(table: Table): number {
  let total = 0
  for (const { values, codes } of table.columns) {
    const lengths = new Uint32Array(values.length + 1)
    for (let at = 0; at < values.length; at++) lengths[at + 1] = values[at]!.length
    for (let row = 0; row < codes.length; row++) total += lengths[codes[row]!]!
  }
  return total
}

/** UTF-8 of U+FFFD and of U+0000. */
const REPLACEMENT = Uint8Array.of(0xef, 0xbf, 0xbd)
const NUL = Uint8Array.of(0)

/** Finishes a grid under a table name. Throws E_INPUT_LIMIT for a cell whose text is too long. `typed`: the format tells numbers from text; `exact`: with all their digits. */
export function finishGrid(grid: SheetGrid, name: string, file: string, sheet: string, limits: Limits, typed: boolean, ledger: LossLedger, exact = false): Table {
  const indexes: number[] = []
  for (let index = 0; index < grid.columns.length; index++) if (grid.columns[index] !== undefined) indexes.push(index)
  const invalid = grid.mayHold(REPLACEMENT)
  const nul = grid.mayHold(NUL)
  const table = grid.finish(
    name,
    (column, row) => ledger.add('DATE_INVALID', column, row),
    (values, firstCell) => {
      for (let at = 0; at < values.length; at++) {
        if (values[at]!.length > limits.cell_characters) throw refusal(file, 'E_INPUT_LIMIT', `the text is longer than ${limits.cell_characters} characters (ingest.limits.cell_characters)`, { sheet, cell: firstCell(at + 1) })
      }
    }
  )
  const characters = charactersOf(table)
  if (characters > limits.characters) throw refusal(file, 'E_INPUT_LIMIT', `the texts of its cells, each written out, come to ${characters} characters, more than ${limits.characters} (ingest.limits.characters)`, { sheet })
  findColumnLosses(table, indexes, typed, ledger, exact)
  if (invalid) findCharacter(table, indexes, '\ufffd', 'TEXT_INVALID', ledger)
  if (nul) findCharacter(table, indexes, '\u0000', 'NUL_CHARACTERS', ledger)
  return table
}
