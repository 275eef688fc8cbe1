/** Looks at a frame the way that a test states what it expects. */
import { KIND, kindAt, textAt, type Frame, type Table } from '../../../kernel/artifact/table.ts'
import type { Limits } from '../config.ts'
import { DEFAULTS } from '../../model/defaults.ts'

const NAMES = new Map<number, string>(Object.entries(KIND).map(([name, kind]) => [kind, name]))

/** The default limits. */
export const LIMITS: Limits = DEFAULTS.ingest.limits

/** Cells of a table as `A1 kind text`, row by row. */
export function cellsOf(table: Table): string[] {
  const rows = table.integers[0]!.data
  const out: string[] = []
  for (let row = 0; row < table.rows; row++) {
    for (const column of table.columns) {
      const text = textAt(column, row)
      if (text !== null) out.push(`${column.name}${rows[row]} ${NAMES.get(kindAt(column, row))} ${text}`)
    }
  }
  return out
}

/** What the loss ledger says, as `CODE sheet!column count cells`. */
export function lossOf(frame: Frame<{ readonly loss: readonly { code: string; sheet: string; column: string; count: number; cells: readonly string[] }[] }>): string[] {
  return frame.meta.loss.map(loss => `${loss.code} ${loss.sheet}!${loss.column} ${loss.count} ${loss.cells.join(',')}`.trimEnd())
}

/** Throws unless every column keeps its promises: distinct values, all used, in order of first appearance. */
export function assertTable(table: Table): void {
  for (const column of table.columns) {
    let seen = 0
    for (const code of column.codes) {
      if (code > seen + 1) throw new Error(`column ${column.name} uses value ${code} before ${seen + 1}`)
      if (code === seen + 1) seen++
    }
    if (seen !== column.values.length) throw new Error(`column ${column.name} has ${column.values.length} values and uses ${seen}`)
    const distinct = new Set(column.values.map((value, index) => `${column.kinds === null ? 0 : column.kinds[index]}${value}`))
    if (distinct.size !== column.values.length) throw new Error(`column ${column.name} has a value twice`)
    if (column.codes.length !== table.rows) throw new Error(`column ${column.name} has ${column.codes.length} rows`)
  }
}
