/** The tables of one sheet, with every row accounted for. */
import type { Sheet } from '../../schemas/generated/profile.ts'
import { integersOf, type Table } from '../../kernel/artifact/table.ts'
import { plural } from '../model/plural.ts'
import type { Loss, SheetFacts, SheetShape } from '../model/stages.ts'
import { cutByDeclared, declaredHeader, declaredOf } from './declared.ts'
import { detectHeader, type Block } from './detect.ts'
import { finishTable, type FinishedTable, type Place } from './finish.ts'
import { fillOf, gridOf, shownPositions, type Grid } from './grid.ts'
import { Ledger, type WrongTotal } from './ledger.ts'
import { pinnedHeader, pinnedTables, positionsNamed, remarksIn, withoutRows, type Found } from './pins.ts'
import { parseRange, rowRanges } from './range.ts'
import { bands, stacks } from './split.ts'
import { isTransposed, upright } from './transpose.ts'

export interface ShapedSheet {
  readonly shape: SheetShape
  readonly tables: readonly FinishedTable[]
  readonly wrongTotals: readonly WrongTotal[]
  /** Rows left out that may be records all the same. */
  readonly doubtful: readonly number[]
  /** Rows from which on, in their columns, no more tables were looked for. */
  readonly unlooked: readonly number[]
}

/** Finds the tables of a sheet. `pins` is what the profile says of it; `comment`, for delimited text, what remarks begin with. */
export function shapeSheet(file: string, facts: SheetFacts, whole: Table, pins: Sheet | undefined, hidden: 'include' | 'exclude', comment = '', loss: readonly Loss[] = []): ShapedSheet {
  const ledger = new Ledger()
  const isLeftOut = facts.state !== 'visible' && hidden === 'exclude'
  let present = 0
  const gone = new Set<number>()
  const takeOut = (reason: string, what: string, rows: ReadonlySet<number> | null, why: string): void => {
    if (rows === null || rows.size === 0) return
    const all = gridOf(whole, [])
    const fill = fillOf(all.columns, all.rows.length)
    const shown = [...rows].filter(at => fill[at]! > 0 && !gone.has(at))
    present += shown.length
    for (const at of rows) gone.add(at)
    ledger.exclude(all, reason, shown)
    ledger.decide(all, what, shown, why)
  }
  if (!isLeftOut) {
    takeOut('skipped', 'SKIPPED', positionsNamed(integersOf(whole, 'row'), pins?.skip_rows), 'the profile says that they are no data')
    takeOut('comment', 'COMMENT', remarksIn(whole, comment, pins?.keep_rows), `a line that begins with ${comment} is a remark`)
  }
  const table = withoutRows(whole, gone)
  const grid = gridOf(table, facts.merges)
  const fill = fillOf(grid.columns, grid.rows.length)
  const shown = shownPositions(fill)
  const found: Found[] = []
  const unlooked: number[] = []
  const declared = declaredOf(facts)
  if (isLeftOut) {
    present = shown.length
    ledger.exclude(grid, 'hidden-sheet', shown)
    ledger.decide(grid, 'HIDDEN_SHEET', shown, 'the sheet is hidden, and the profile leaves hidden sheets out')
  } else if (pins?.tables !== undefined) {
    const pinned = pinnedTables(grid, pins.tables, shown)
    found.push(...pinned.found)
    present += pinned.outside.length
    ledger.exclude(grid, 'outside', pinned.outside)
    ledger.decide(grid, 'OUTSIDE', pinned.outside, 'stands outside of the tables that the profile names')
  } else if (pins !== undefined && (pins.header_rows !== undefined || pins.first_row !== undefined || pins.last_row !== undefined)) {
    const block: Block = { columns: grid.columns, fill, positions: shown.filter(at => grid.rows[at]! <= (pins.last_row ?? Infinity)) }
    const outside = shown.filter(at => grid.rows[at]! > (pins.last_row ?? Infinity))
    ledger.exclude(grid, 'outside', outside)
    ledger.decide(grid, 'OUTSIDE', outside, 'stands below the last row that the profile names')
    present += outside.length
    found.push({ block, header: pinnedHeader(grid, block, pins) })
  } else {
    const blocks = bands(grid).flatMap(band => stacks(grid, band, at => unlooked.push(grid.rows[at]!))).flatMap(block => cutByDeclared(grid, block, declared))
    for (const block of blocks) found.push({ block, header: declaredHeader(grid, block, declared) ?? detectHeader(grid, block) })
    if (found.length > 1) ledger.decisions.push({ what: 'SEVERAL_TABLES', where: '', reason: `${found.length} tables, told apart by blank rows or columns and by headers of their own` })
  }
  const uncomputed = uncomputedRows(loss, facts.name)
  const tables: FinishedTable[] = []
  for (const each of found) {
    if (each.block.positions.length === 0) continue
    const place: Place = { id: `${file}#${facts.name}#${tables.length + 1}`, sheet: facts.name, pins, declared, uncomputed }
    const isUpright = each.transposed ?? pins?.transposed
    const onItsSide = isUpright ?? (each.header.figures === undefined && isTransposed(each.block))
    const one = onItsSide ? finishTransposed(place, grid, each.block, ledger, isUpright === true) : finishTable(place, grid, each.block, each.header, ledger)
    present += onItsSide ? each.block.columns.filter(column => each.block.positions.some(at => column.visible[column.column.codes[at]!] === 1)).length : each.block.positions.length
    if (one !== null) tables.push(one)
  }
  noteBlankRows(ledger, table, fill)
  return { shape: { sheet: facts.name, state: facts.state, rows_present: present, excluded: ledger.excluded(), decisions: ledger.decisions }, tables, wrongTotals: ledger.wrongTotals, doubtful: ledger.doubtful, unlooked }
}

/** A table that lies on its side: its columns count in the place of rows. */
function finishTransposed(place: Place, grid: Grid, block: Block, ledger: Ledger, pinned: boolean): FinishedTable | null {
  const { grid: turned, block: stood } = upright(grid, block)
  const where = `${block.columns[0]!.letter}:${block.columns.at(-1)!.letter}`
  const reason = pinned ? 'the profile says so' : 'the first column reads like column names, and the kinds of values agree along the rows'
  ledger.decisions.push({ what: 'TRANSPOSED', where, reason: `each column is a record: ${reason}; cells are named by row and column, as R3C2` })
  const header = { dataFrom: 1, header: [stood.positions[0]!], titles: [], reason: 'the first column of a table that lies on its side' }
  const one = finishTable({ ...place, pins: undefined, declared: [] }, turned, stood, header, ledger)
  if (one === null) return null
  const rows = block.positions.map(at => grid.rows[at]!)
  return { ...one, shape: { ...one.shape, range: `${block.columns[0]!.letter}${rows[0]!}:${block.columns.at(-1)!.letter}${rows.at(-1)!}`, header_rows: [] } }
}

function noteBlankRows(ledger: Ledger, table: Table, fill: Uint16Array): void {
  const blank: number[] = []
  const rows = integersOf(table, 'row')
  for (let at = 0; at < table.rows; at++) if (fill[at] === 0) blank.push(rows[at]!)
  if (blank.length > 0) ledger.decisions.push({ what: 'BLANK', where: rowRanges(blank), reason: `${plural(blank.length, 'row has', 'rows have')} cells that show nothing, such as formulas that give an empty text; left out` })
}

/** Which rows hold formulas without a value. Where a column has more than are cited, the rows after the last cited one may. */
function uncomputedRows(loss: readonly Loss[], sheet: string): (row: number) => boolean {
  const rows = new Set<number>()
  let from = Infinity
  for (const { code, sheet: where, cells, count } of loss) {
    if (code !== 'FORMULA_NO_VALUE' || where !== sheet) continue
    const cited = cells.map(cell => parseRange(cell)?.top ?? 0)
    for (const row of cited) rows.add(row)
    if (count > cells.length) from = Math.min(from, cited.at(-1) ?? 0)
  }
  return row => row >= from || rows.has(row)
}
