/** Takes the data rows of a column, with cells that show nothing emptied. */
import { columnOver, dictionaryOf, distinctOf } from '../../kernel/artifact/dictionary.ts'
import { KIND, type Column } from '../../kernel/artifact/table.ts'
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
      order[used++] = code
      translated = used
      fresh[code] = translated
    }
    codes[at] = translated
  }
  let kinds: Uint8Array | null = null
  if (column.kinds !== null) {
    kinds = new Uint8Array(used)
    let onlyText = true
    for (let index = 0; index < used; index++) {
      kinds[index] = column.kinds[order[index]! - 1]!
      if (kinds[index] !== KIND.text) onlyText = false
    }
    if (onlyText) kinds = null
  }
  const first = order[0]! - 1
  let isRun = used > 0
  for (let index = 0; index < used && isRun; index++) isRun = order[index] === first + index + 1
  // Nearly always what stood above the data is all that is left out.
  if (isRun) return columnOver(letter, dictionaryOf(column).slice(first, first + used), kinds, codes)
  const values: string[] = new Array(used)
  for (let index = 0; index < used; index++) values[index] = column.values[order[index]! - 1]!
  return { name: letter, values, kinds, codes }
}
