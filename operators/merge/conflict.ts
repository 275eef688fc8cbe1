/** Every value that lost, what it lost against, and by which rule. */
import { createColumnBuilder, selectRows } from '../../kernel/artifact/builder.ts'
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
  const [field, kept, lost, rule] = ['field', 'kept', 'lost', 'rule'].map(name => createColumnBuilder(name))

  /** Counting sort by the entity's position; it keeps the order within an entity. */
  function orderBy(position: Uint32Array): Uint32Array {
    const next = new Uint32Array(position.length + 1)
    for (const entity of entities) next[position[entity]! + 1]!++
    for (let at = 1; at < next.length; at++) next[at]! += next[at - 1]!
    const order = new Uint32Array(entities.length)
    for (let at = 0; at < entities.length; at++) order[next[position[entities[at]!]!]!++] = at
    return order
  }
  return {
    add(entity, source, row, fieldName, keptText, lostText, ruleName) {
      entities.push(entity)
      sources.push(source)
      rows.push(row)
      field!.push(fieldName)
      kept!.push(keptText)
      lost!.push(lostText)
      rule!.push(ruleName)
    },
    table(position) {
      const order = orderBy(position)
      const integers = [
        { name: 'entity', data: order.map(at => position[entities[at]!]! + 1) },
        { name: 'source', data: order.map(at => sources[at]!) },
        { name: 'row', data: order.map(at => rows[at]!) }
      ]
      return { name: 'conflicts', rows: order.length, integers, columns: [field!, kept!, lost!, rule!].map(builder => selectRows(builder.finish(), order)) }
    }
  }
}
