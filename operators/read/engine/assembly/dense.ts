/**
 * Whole numbers of a column that lie close together, as numbers that count do: their values stand in a list, by how much they
 * are larger than the first, which takes less memory than a table and is searched in the order in which they come.
 */
import { DENSE, DENSE_FIRST, DENSE_ROOM, DENSE_SOURCE, KEYS, SIZE, addValue } from './column'
import { wordAt } from './lists'

/** What `denseValue` gives for a number that does not belong here. */
export const NOT_DENSE: u32 = 0xffff_ffff
/** Places of the list for each value of the column, and for the first. */
const PLACES: u32 = 4, FIRST_PLACES: u32 = 256
const MOST_VALUES: u32 = 1 << 28

/** Number of the value that is this whole number under a style, of which the bits are `ref`; it may be new. */
export function denseValue(column: usize, source: u32, whole: i32, ref: u64): u32 {
  // Once a number stands in the table, new ones have to be searched there.
  const open = load<u32>(column, KEYS) === 0
  if (load<u32>(column, DENSE_SOURCE) !== source) {
    if (!open || load<u32>(column, DENSE_SOURCE) !== 0) return NOT_DENSE
    store<u32>(column, source, DENSE_SOURCE)
    store<i32>(column, whole, DENSE_FIRST)
  }
  const offset = (whole - load<i32>(column, DENSE_FIRST)) as u32
  const room = load<u32>(column, DENSE_ROOM)
  if (offset < room) {
    const known = load<u32>(wordAt(column + DENSE, offset))
    if (known !== 0) return known - 1
  }
  const size = load<u32>(column, SIZE)
  if (!open || size > MOST_VALUES || offset >= size * PLACES + FIRST_PLACES) return NOT_DENSE
  const number = addValue(column, source, ref)
  store<u32>(wordAt(column + DENSE, offset), number + 1)
  if (offset >= room) store<u32>(column, offset + 1, DENSE_ROOM)
  return number
}
