/** Tables that lie on their side: the fields stand below one another, and each column is a record. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { KIND, type Kind } from '../../kernel/artifact/table.ts'
import type { ValueClass } from '../model/evidence.ts'
import { labelLikeness } from '../model/header.ts'
import type { Block } from './detect.ts'
import { classAt, fillOf, shownAt, type Grid, type GridColumn } from './grid.ts'

/** A list of fields is short: longer blocks are lists of records. */
const MOST_FIELDS = 200
const FEWEST_FIELDS = 3
/** Columns that are looked at. */
const SAMPLE = 64
const LABELLED = 0.7
/** Share of a field's values that are of one kind, and of a column's values when columns are no fields. */
const ALIKE = 0.8
const MIXED = 0.6

/** Whether a block clearly lies on its side: labels in the first column, kinds of values that agree along the rows and differ along the columns. */
export function isTransposed(block: Block): boolean {
  const { columns, positions } = block
  if (columns.length < 3 || positions.length < FEWEST_FIELDS || positions.length > MOST_FIELDS) return false
  const [names, ...records] = columns.slice(0, SAMPLE) as [GridColumn, ...GridColumn[]]
  const texts = positions.map(at => shownAt(names, at))
  const labelled = texts.filter(text => labelLikeness(text) >= 0.8).length
  if (texts.includes('') || new Set(texts).size < texts.length || labelled < texts.length * LABELLED) return false
  const kinds = new Set<ValueClass>()
  let alike = 0
  for (const at of positions) {
    const { kind, share } = prevailing(records.map(column => classAt(column, at)))
    if (share >= ALIKE) alike++
    if (kind !== 'text' && kind !== 'blank' && share >= ALIKE) kinds.add(kind)
  }
  const mixed = records.filter(column => prevailing(positions.map(at => classAt(column, at))).share <= MIXED).length
  return kinds.size >= 2 && alike >= positions.length * ALIKE && mixed * 2 > records.length
}

function prevailing(kinds: readonly ValueClass[]): { kind: ValueClass; share: number } {
  const counts = new Map<ValueClass, number>()
  let shown = 0
  for (const kind of kinds) {
    if (kind === 'blank') continue
    shown++
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  let kind: ValueClass = 'blank'
  for (const [each, count] of counts) if (count > (counts.get(kind) ?? 0)) kind = each
  return { kind, share: shown === 0 ? 1 : counts.get(kind)! / shown }
}

/**
 * The block stood upright: a row per column of the sheet, numbered from 1 for A, and a column per row of the sheet,
 * named `R3C` for the third, so that name and number together are the cell in R1C1 form.
 */
export function upright(grid: Grid, block: Block): { readonly grid: Grid; readonly block: Block } {
  const rows = Uint32Array.from(block.columns, ({ index }) => index + 1)
  const columns = block.positions.map((at, place): GridColumn => {
    const letter = `R${grid.rows[at]!}C`
    const builder = createColumnBuilder(letter, block.columns.length)
    for (const { column, visible } of block.columns) {
      const code = column.codes[at]!
      if (visible[code] === 1) builder.push(column.values[code - 1]!, column.kinds === null ? KIND.text : (column.kinds[code - 1]! as Kind))
      else builder.push(null)
    }
    const column = builder.finish()
    const visible = new Uint8Array(column.values.length + 1).fill(1)
    visible[0] = 0
    return { column, letter, index: place, visible }
  })
  const fill = fillOf(columns, rows.length)
  const positions = [...rows.keys()].filter(at => fill[at]! > 0)
  return { grid: { columns, rows, merges: [] }, block: { columns, positions, fill } }
}
