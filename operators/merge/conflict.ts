/** Every value that lost, what it lost against, and by which rule. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import type { Table } from '../../kernel/artifact/table.ts'

/** Collects losing values. Entities count from 0; `source` from 1. */
export interface Conflicts {
  add(entity: number, source: number, row: number, field: string, kept: string, lost: string, rule: string): void
  /** The table, by final position of the entity (from 0), then in the order in which they were added. */
  table(position: Uint32Array): Table
}

export function createConflicts(): Conflicts {
  const entities: number[] = []
  const sources: number[] = []
  const rows: number[] = []
  const texts: string[][] = [[], [], [], []]
  return {
    add(entity, source, row, field, kept, lost, rule) {
      entities.push(entity)
      sources.push(source)
      rows.push(row)
      texts[0]!.push(field)
      texts[1]!.push(kept)
      texts[2]!.push(lost)
      texts[3]!.push(rule)
    },
    table(position) {
      const size = entities.length
      const order = Uint32Array.from({ length: size }, (_, at) => at).sort((a, b) => position[entities[a]!]! - position[entities[b]!]! || a - b)
      const columns = ['field', 'kept', 'lost', 'rule'].map((name, column) => {
        const builder = createColumnBuilder(name, size)
        for (const at of order) builder.push(texts[column]![at]!)
        return builder.finish()
      })
      const integers = [
        { name: 'entity', data: Uint32Array.from(order, at => position[entities[at]!]! + 1) },
        { name: 'source', data: Uint32Array.from(order, at => sources[at]!) },
        { name: 'row', data: Uint32Array.from(order, at => rows[at]!) }
      ]
      return { name: 'conflicts', rows: size, columns, integers }
    }
  }
}
