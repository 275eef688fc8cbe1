/** Identifying values of records as digests, by which an entity is known again when all of its records were edited. */
import { itemsOf, type Column } from '../../kernel/artifact/table.ts'
import { digestBytes } from '../../kernel/hash.ts'

/** Types of fields whose values identify. */
export const IDENTIFYING: ReadonlySet<string> = new Set(['identifier', 'email', 'phone', 'url', 'organisation-name', 'person-name'])

/** Gives the anchors of a record by its position. Each distinct value is hashed once. */
export function anchorReader(columns: readonly { readonly type: string; readonly column: Column }[]): (row: number) => readonly string[] {
  const held = columns.map(({ type, column }) => ({ type, column, digests: new Array<readonly string[] | undefined>(column.values.length + 1) }))
  return row => {
    const found: string[] = []
    for (const { type, column, digests } of held) {
      const code = column.codes[row]!
      if (code === 0) continue
      found.push(...(digests[code] ??= itemsOf(column.values[code - 1]!).map(item => digestBytes(`${type}\u0000${item.toLowerCase()}`).slice(0, 12))))
    }
    return found
  }
}
