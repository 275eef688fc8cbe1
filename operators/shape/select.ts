/** Takes the data rows of a column, with cells that show nothing emptied. */
import { chosen } from '../../kernel/artifact/builder.ts'
import { distinctOf } from '../../kernel/artifact/dictionary.ts'
import type { Column } from '../../kernel/artifact/table.ts'
import type { GridColumn } from './grid.ts'

/** The cells at these positions, unused values dropped from the dictionary, order of first appearance kept. */
export function selectPositions({ column, visible, letter }: GridColumn, positions: readonly number[]): Column {
  const size = distinctOf(column)
  const fresh = new Uint32Array(size + 1)
  const order = new Uint32Array(size)
  const codes = new Uint32Array(positions.length)
  const source = column.codes
  let used = 0
  for (let at = 0; at < positions.length; at++) {
    const code = source[positions[at]!]!
    if (visible[code] !== 1) continue
    let translated = fresh[code]!
    if (translated === 0) {
      order[used++] = code - 1
      translated = used
      fresh[code] = translated
    }
    codes[at] = translated
  }
  return chosen(column, letter, order.subarray(0, used), codes)
}
