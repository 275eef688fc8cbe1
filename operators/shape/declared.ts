/** Tables that the workbook itself declares (ListObject): where they stand, which rows are their header and their totals. */
import type { SheetFacts } from '../model/stages.ts'
import type { Block, FoundHeader } from './detect.ts'
import { fillOf, type Grid } from './grid.ts'
import { parseRange, type Range } from './range.ts'

export interface Declared {
  readonly name: string
  readonly range: Range
  readonly headerRows: number
  readonly totalsRows: number
}

/** The declared tables of a sheet that show something, in reading order. */
export function declaredOf(facts: SheetFacts): readonly Declared[] {
  const found: Declared[] = []
  for (const { name, range, header_rows, totals_rows } of facts.list_objects) {
    const parsed = parseRange(range)
    if (parsed !== null && parsed.left >= 0) found.push({ name, range: parsed, headerRows: header_rows, totalsRows: totals_rows })
  }
  return found.sort((a, b) => a.range.top - b.range.top || a.range.left - b.range.left)
}

const meets = (block: Block, grid: Grid, { range }: Declared): boolean =>
  block.columns.some(({ index }) => index >= range.left && index <= range.right) && block.positions.some(at => grid.rows[at]! >= range.top && grid.rows[at]! <= range.bottom)

/** A block cut so that no two declared tables share a part: side by side by their columns, one above the other by their rows. */
export function cutByDeclared(grid: Grid, block: Block, declared: readonly Declared[]): readonly Block[] {
  const inside = declared.filter(each => meets(block, grid, each))
  if (inside.length < 2) return [block]
  const second = inside.find(each => each.range.left > inside[0]!.range.right) ?? inside.find(each => each.range.right < inside[0]!.range.left)
  if (second !== undefined) {
    const edge = Math.max(second.range.left, inside[0]!.range.left)
    return [block.columns.filter(({ index }) => index < edge), block.columns.filter(({ index }) => index >= edge)].flatMap(columns => {
      const fill = fillOf(columns, grid.rows.length)
      return columns.length === 0 ? [] : cutByDeclared(grid, { columns, positions: block.positions.filter(at => fill[at]! > 0), fill }, declared)
    })
  }
  const below = inside.find(each => each.range.top > inside[0]!.range.bottom)
  if (below === undefined) return [block]
  // Lines of one cell above a table are its title.
  let cut = block.positions.findIndex(at => grid.rows[at]! >= below.range.top)
  while (cut > 0 && block.fill[block.positions[cut - 1]!] === 1 && grid.rows[block.positions[cut - 1]!]! > inside[0]!.range.bottom) cut--
  if (cut <= 0) return [block]
  return [{ ...block, positions: block.positions.slice(0, cut) }, ...cutByDeclared(grid, { ...block, positions: block.positions.slice(cut) }, declared)]
}

/** The header of the declared table in a block; null when there is none, or it has no header row there. */
export function declaredHeader(grid: Grid, block: Block, declared: readonly Declared[]): FoundHeader | null {
  const table = declared.find(each => meets(block, grid, each))
  if (table === undefined || table.headerRows === 0) return null
  const { top } = table.range
  const header = block.positions.filter(at => grid.rows[at]! >= top && grid.rows[at]! < top + table.headerRows)
  if (header.length === 0) return null
  const dataFrom = block.positions.indexOf(header.at(-1)!) + 1
  return { dataFrom, header, titles: block.positions.slice(0, dataFrom).filter(at => !header.includes(at)), reason: 'the file itself names the columns there' }
}

/** Positions of the totals row of declared tables. */
export function declaredTotals(grid: Grid, block: Block, declared: readonly Declared[]): ReadonlySet<number> {
  const found = new Set<number>()
  for (const each of declared) {
    if (each.totalsRows === 0 || !meets(block, grid, each)) continue
    for (const at of block.positions) if (grid.rows[at]! > each.range.bottom - each.totalsRows && grid.rows[at]! <= each.range.bottom) found.add(at)
  }
  return found
}
