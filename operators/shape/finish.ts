/** One table from a block and its header: rows that are no data left out, each with its reason. */
import type { Table } from '../../kernel/artifact/table.ts'
import type { Sheet } from '../../schemas/generated/profile.ts'
import type { TableShape } from '../model/stages.ts'
import { declaredTotals, type Declared } from './declared.ts'
import { widthOf, type Block, type FoundHeader } from './detect.ts'
import { repeatedHeaders, sections, titlesAbove, trailingNotes } from './exclude.ts'
import { shownAt, type Grid } from './grid.ts'
import { isUnitsRow } from './header-row.ts'
import type { Ledger } from './ledger.ts'
import { headsOfParts } from './parts.ts'
import { positionsNamed } from './pins.ts'
import { remarksBelow, type LeftOut } from './remarks.ts'
import { tableColumns } from './table-columns.ts'
import { describeMismatches, findTotals } from './totals.ts'

export interface FinishedTable {
  readonly shape: TableShape
  readonly table: Table
}

/** Where a table stands, and what the profile and the workbook say of its rows. */
export interface Place {
  readonly id: string
  readonly sheet: string
  readonly pins: Sheet | undefined
  readonly declared: readonly Declared[]
  /** Whether a row holds formulas that nobody has computed: what it shows is not all that it says. */
  readonly uncomputed: (row: number) => boolean
}

const NAMED_UNITS = 12

/** Makes the table; null when it has no column. */
export function finishTable({ id, sheet, pins, declared, uncomputed }: Place, grid: Grid, block: Block, header: FoundHeader, ledger: Ledger): FinishedTable | null {
  const width = widthOf(block)
  const keep = positionsNamed(grid.rows, pins?.keep_rows) ?? new Set<number>()
  const units = positionsNamed(grid.rows, pins?.units_rows)
  const isKept = (at: number): boolean => keep.has(at)
  const top = (positions: readonly number[]): number[] => positions.filter(at => !keep.has(at) && units?.has(at) !== true)
  // Where the profile says that no row holds units, those that were taken for them are part of the header.
  const heads = units === null || header.units === undefined ? header.header : [...header.header, ...header.units.filter(at => !units.has(at) && !keep.has(at))]
  let data = block.positions.slice(header.dataFrom)
  // Header rows that the profile names may stand anywhere.
  if (heads.some(at => at >= (data[0] ?? Infinity))) data = data.filter(at => !heads.includes(at))
  const early = block.positions.slice(0, header.dataFrom).filter(at => !heads.includes(at))
  if (early.some(isKept)) data = [...early.filter(isKept), ...data]
  ledger.exclude(grid, 'title', top(header.titles))
  ledger.decide(grid, 'TITLE', top(header.titles), 'stands above the table')
  ledger.exclude(grid, 'header', heads)
  if (heads.length > 0) ledger.decide(grid, 'HEADER', heads, header.reason)
  else if (data.length > 0) ledger.decide(grid, 'NO_HEADER', [data[0]!], header.reason)
  const breaks = new Set<number>()
  const drop = (reason: string, what: string, found: ReadonlySet<number>, why: string): void => {
    if (found.size === 0) return
    const dropped = data.filter(at => found.has(at) && !keep.has(at))
    if (dropped.length === 0) return
    ledger.exclude(grid, reason, dropped)
    if (what !== '') ledger.decide(grid, what, dropped, why)
    if (reason === 'section' || reason === 'repeated-header') for (const at of dropped) breaks.add(at)
    const gone = new Set(dropped)
    data = data.filter(at => !gone.has(at))
  }
  const holdsUnits = (positions: readonly number[]): string => `holds units or formats under the header: ${unitsIn(block, positions)}`
  if (units !== null) {
    const named = early.filter(at => units.has(at) && !keep.has(at))
    ledger.exclude(grid, 'units', named)
    ledger.decide(grid, 'UNITS', named, 'the profile says that it holds units')
    drop('units', 'UNITS', units, 'the profile says that it holds units')
  } else if (header.units !== undefined) {
    ledger.exclude(grid, 'units', top(header.units))
    ledger.decide(grid, 'UNITS', top(header.units), holdsUnits(header.units))
  }
  if (heads.length > 0) {
    const repeated = repeatedHeaders(block, heads, data)
    drop('section', 'SECTION', titlesAbove(grid, block, repeated, data, width), 'one cell right above the header again: the title of what follows')
    drop('repeated-header', 'REPEATED_HEADER', repeated, 'shows the header again')
    const first = data[0]
    if (units === null && first !== undefined && data.length > 1 && isUnitsRow(block.columns, first, data.slice(1))) drop('units', 'UNITS', new Set([first]), holdsUnits([first]))
  }
  const named = positionsNamed(grid.rows, pins?.total_rows)
  const isNamed = (at: number): boolean => named?.has(at) === true
  const others = (found: ReadonlySet<number>): ReadonlySet<number> => new Set([...found].filter(at => !isNamed(at) && !uncomputed(grid.rows[at]!)))
  const dropLine = (reason: string, { rows, doubtful }: LeftOut, why: string): void => {
    const lines = others(rows)
    drop(reason, reason.toUpperCase(), lines, why)
    for (const at of doubtful) if (lines.has(at) && !keep.has(at)) ledger.doubtful.push(grid.rows[at]!)
  }
  if (header.figures !== undefined) {
    dropLine('note', remarksBelow(grid, block, header.figures.stub, data), 'words below the last row of figures')
    dropLine('section', headsOfParts(block, header.figures.stub, data), 'a name without figures in a table of figures: it heads the rows below')
  }
  drop('section', 'SECTION', others(sections(grid, block, data, width)), 'one cell merged over the table: a heading between rows')
  dropLine('note', trailingNotes(grid, block, data, width), 'a remark below the table')
  const total = named === null ? 'a label for a total and figures, nothing else' : 'the profile says that it holds totals'
  const totals = findTotals(grid, block, data, breaks, width, named, declaredTotals(grid, block, declared)).filter(({ at }) => !keep.has(at))
  for (const { at, verdict, mismatches, doubtful } of totals) {
    ledger.decide(grid, mismatches.length === 0 ? 'TOTAL' : 'TOTAL_MISMATCH', [at], `${total}; ${verdict}${describeMismatches(mismatches)}`)
    if (mismatches.length > 0) ledger.wrongTotals.push({ sheet, mismatches, doubtful })
  }
  drop('total', '', new Set(totals.map(({ at }) => at)), '')
  // Notes may stand below the total, and a total below the notes.
  dropLine('note', trailingNotes(grid, block, data, width), 'a remark below the table')
  const columns = tableColumns(grid, block, heads, data, ledger, pins?.columns)
  if (columns.length === 0) return null
  const rows = Uint32Array.from(data, at => grid.rows[at]!)
  const headerRows = heads.map(at => grid.rows[at]!)
  return {
    shape: { id, sheet, range: rangeOf(columns.map(({ letter }) => letter), [...headerRows, ...rows]), header_rows: headerRows, columns: columns.map(({ letter, header: text }) => ({ letter, header: text })) },
    table: { name: id, rows: data.length, columns: columns.map(each => each.selected), integers: [{ name: 'row', data: rows }] }
  }
}

function unitsIn(block: Block, positions: readonly number[]): string {
  const texts = positions.flatMap(at => block.columns.map(column => shownAt(column, at)).filter(text => text !== ''))
  return `${[...new Set(texts)].slice(0, NAMED_UNITS).join(', ')}${new Set(texts).size > NAMED_UNITS ? ', …' : ''}`
}

function rangeOf(letters: readonly string[], rows: readonly number[]): string {
  const first = rows.reduce((least, row) => (row < least ? row : least), rows[0]!)
  const last = rows.reduce((most, row) => (row > most ? row : most), rows[0]!)
  return `${letters[0]!}${first}:${letters.at(-1)!}${last}`
}
