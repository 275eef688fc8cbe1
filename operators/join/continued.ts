/** Rows that go on with the entity above them: it is named once, and its further members stand in the rows below. */
import { integersOf, type Column } from '../../kernel/artifact/table.ts'
import type { Parts } from './parts.ts'

/** Fewer rows than this, or a smaller share, are oversights rather than a layout. */
const FEWEST = 3
const SMALLEST_SHARE = 0.1

/**
 * The parts of an entity table with names given to such rows, and how many those are. A row goes on with the one right
 * above when it has members of a group and nothing else: no name, no key, no field of the entity.
 */
export function nameContinued(parts: Parts, identity: string): { readonly parts: Parts; readonly rows: number } {
  const name = parts.fields.get(identity)
  if (name === undefined || parts.members.length === 0) return { parts, rows: 0 }
  const { table } = parts
  const numbers = integersOf(table, 'row')
  const own = [...parts.fields.values()]
  const telling = parts.members.flatMap(member => member.telling)
  const filled = (columns: readonly Column[], row: number): boolean => columns.some(column => column.codes[row] !== 0)
  const codes = name.codes.slice()
  let rows = 0
  for (let row = 1; row < table.rows; row++) {
    if (codes[row] !== 0 || codes[row - 1] === 0 || numbers[row] !== numbers[row - 1]! + 1) continue
    if (filled(own, row) || !filled(telling, row)) continue
    codes[row] = codes[row - 1]!
    rows++
  }
  if (rows < FEWEST || rows < table.rows * SMALLEST_SHARE) return { parts, rows: 0 }
  return { parts: { ...parts, fields: new Map([...parts.fields, [identity, { ...name, codes }]]) }, rows }
}
