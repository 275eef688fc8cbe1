/** What all workbook readers do with a grid: finish it, and look for what was lost. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import type { Table } from '../../kernel/artifact/table.ts'
import { unitsOf } from '../../kernel/artifact/utf8.ts'
import type { FinishedGrid, Overflow } from './column/grid.ts'
import type { Limits } from './config.ts'
import type { Engine } from './engine/engine.ts'
import { borrowEngine } from './engine/idle.ts'
import { findColumnLosses } from './loss/columns.ts'
import type { LossLedger } from './loss/ledger.ts'
import { findCharacter } from './loss/texts.ts'
import { refusal } from './refusal.ts'

/** An engine for the sheets of a file, to be returned when all are read. */
export function engineFor(file: string): Engine {
  const engine = borrowEngine(() => refusal(file, 'E_INPUT_LIMIT', TOO_MUCH, {}, SPLIT))
  engine.calls.openBook()
  return engine
}

const TOO_MUCH = 'reading it takes more memory than there is, or than 4 GiB'
const SPLIT = 'split it into several files'
const CRAFTED = 'its values are made so that looking them up takes forever'

/** The error for a grid that outgrows its limits. */
export function overflowOf(file: string, sheet: string, limits: Limits): Overflow {
  return what => {
    if (what === 'columns') return refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.columns} columns (ingest.limits.columns)`, { sheet })
    if (what === 'cells') return refusal(file, 'E_INPUT_LIMIT', `it has more than ${limits.cells} cells (ingest.limits.cells)`, { sheet })
    if (what === 'collisions') return refusal(file, 'E_INPUT_LIMIT', CRAFTED, { sheet })
    if (what === 'memory') return refusal(file, 'E_INPUT_LIMIT', TOO_MUCH, { sheet }, SPLIT)
    return refusal(file, 'E_INPUT_LIMIT', `its cells lie so far apart that its rows times its columns are far more than its cells, or than ${limits.cells} (ingest.limits.cells)`, { sheet }, 'take away the cells that stand far from the table')
  }
}

/** Characters of all cells: a text that many cells share is kept once, but whatever writes the cells writes it each time. */
function charactersOf(table: Table): number {
  let total = 0
  for (const column of table.columns) {
    const { codes } = column
    const lengths = dictionaryOf(column).lengths
    for (let row = 0; row < codes.length; row++) if (codes[row] !== 0) total += lengths[codes[row]! - 1]!
  }
  return total
}

/** Finishes a grid under a table name. Throws E_INPUT_LIMIT for a cell whose text is too long. `typed`: the format tells numbers from text; `exact`: with all their digits. */
export function finishGrid(grid: FinishedGrid, name: string, file: string, sheet: string, limits: Limits, typed: boolean, ledger: LossLedger, exact = false): Table {
  const { indexes } = grid
  const invalid = grid.mayHold('replacement')
  const nul = grid.mayHold('nul')
  /** Of each column, in bytes: no text of it has more characters. */
  const longest: number[] = []
  const table = grid.finish(
    name,
    (column, row) => ledger.add('DATE_INVALID', column, row),
    ({ size, text: bytes, starts: bounds }, most, firstCell) => {
      longest.push(most)
      if (most <= limits.cell_characters) return
      for (let at = 0; at < size; at++) {
        if (bounds[at + 1]! - bounds[at]! > limits.cell_characters && unitsOf(bytes, bounds[at]!, bounds[at + 1]!) > limits.cell_characters) throw refusal(file, 'E_INPUT_LIMIT', `the text is longer than ${limits.cell_characters} characters (ingest.limits.cell_characters)`, { sheet, cell: firstCell(at + 1) })
      }
    }
  )
  const characters = longest.reduce((sum, most) => sum + most, 0) * table.rows <= limits.characters ? 0 : charactersOf(table)
  if (characters > limits.characters) throw refusal(file, 'E_INPUT_LIMIT', `the texts of its cells, each written out, come to ${characters} characters, more than ${limits.characters} (ingest.limits.characters)`, { sheet })
  findColumnLosses(table, indexes, typed, ledger, exact)
  if (invalid) findCharacter(table, indexes, '\ufffd', 'TEXT_INVALID', ledger)
  if (nul) findCharacter(table, indexes, '\u0000', 'NUL_CHARACTERS', ledger)
  return table
}
