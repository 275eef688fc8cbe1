/** The columns of a table: their headers, and their cells in the rows of data. */
import { dictionaryOf, distinctOf } from '../../kernel/artifact/dictionary.ts'
import type { Table } from '../../kernel/artifact/table.ts'
import type { Sheet } from '../../schemas/generated/profile.ts'
import { plural } from '../model/plural.ts'
import type { Block } from './detect.ts'
import { shownAt, type Grid, type GridColumn } from './grid.ts'
import { headerTexts } from './header-row.ts'
import type { Ledger } from './ledger.ts'
import { fillMerged } from './merged.ts'
import { columnIndex } from './range.ts'
import { selectPositions } from './select.ts'

export interface TableColumn {
  readonly letter: string
  readonly header: string
  readonly selected: Table['columns'][number]
}

/** Columns with a name or a value, in sheet order. What is odd about them is noted in the ledger. `pinned`: what the profile says of columns. */
export function tableColumns(grid: Grid, block: Block, header: readonly number[], data: readonly number[], ledger: Ledger, pinned: Sheet['columns']): readonly TableColumn[] {
  const byIndex = new Map(block.columns.map(column => [column.index, column]))
  const position = new Map<number, number>()
  for (const range of grid.merges) {
    const at = header.find(each => grid.rows[each] === range.top)
    if (at !== undefined) position.set(range.top, at)
  }
  const textAt = (index: number, row: number): string => {
    const column: GridColumn | undefined = byIndex.get(index)
    const at = position.get(row)
    return column === undefined || at === undefined ? '' : shownAt(column, at)
  }
  const texts = headerTexts(grid, block.columns, header, textAt)
  const lastNamed = block.columns.reduce((last, column, index) => (texts[index] === '' ? last : column.index), -1)
  const out: TableColumn[] = []
  block.columns.forEach((column, index) => {
    const merged = fillMerged(grid, column, data)
    if (merged.filled > 0) ledger.decisions.push({ what: 'MERGED_DOWN', where: `${column.letter}:${column.letter}`, reason: `${plural(merged.filled, 'row has', 'rows have')} the value of the cell that ${merged.filled === 1 ? 'its own' : 'theirs'} is merged with` })
    const selected = selectPositions(merged.column, data)
    const text = texts[index]!
    if (distinctOf(selected) === 0 && text === '') return
    if (index === 0 && header.length > 0 && text === '' && pinned?.[`[${column.letter}]`] === undefined && countsRows(selected)) {
      ledger.decisions.push({ what: 'INDEX_COLUMN', where: `${column.letter}:${column.letter}`, reason: 'has no name and only counts the rows; left out' })
      return
    }
    out.push({ letter: column.letter, header: text, selected })
    if (header.length === 0 || text !== '') return
    const stray = column.index > lastNamed
    ledger.decisions.push({
      what: stray ? 'STRAY_COLUMN' : 'BLANK_HEADER',
      where: `${column.letter}:${column.letter}`,
      reason: stray ? 'holds values right of the last named column; kept' : 'has values but no name; kept'
    })
  })
  return out.sort((a, b) => columnIndex(a.letter) - columnIndex(b.letter))
}

const FEWEST_ROWS = 3

/** Whether the cells are 0, 1, 2, … or 1, 2, 3, …, one in each row. */
function countsRows(column: Table['columns'][number]): boolean {
  const { codes } = column
  const dictionary = dictionaryOf(column)
  if (codes.length < FEWEST_ROWS || dictionary.size !== codes.length) return false
  const from = dictionary.at(0) === '0' ? 0 : 1
  for (let index = 0; index < codes.length; index++) if (codes[index] !== index + 1 || dictionary.at(index) !== String(from + index)) return false
  return true
}
