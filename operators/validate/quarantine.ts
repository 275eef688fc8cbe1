/** Collects what goes to quarantine, and the findings about it. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import type { Table } from '../../kernel/artifact/table.ts'
import { integersOf, textAt } from '../../kernel/artifact/table.ts'
import type { Diagnostic } from '../../kernel/types.ts'
import { QUARANTINE_COLUMNS, type Source } from '../model/stages.ts'

export type QuarantineSeverity = 'error' | 'info'

/** One line of the quarantine table. `source` counts from 1. */
export interface QuarantineLine {
  readonly source: number
  readonly row: number
  readonly level: 'row' | 'cell'
  readonly column: string
  readonly header: string
  readonly field: string
  readonly value: string
  readonly reason: string
  readonly detail: string
  readonly severity: QuarantineSeverity
}

/** Cells cited per finding. */
const CITED = 20

/** What each reason means, for the finding's message. */
const MEANING = new Map([
  ['REQUIRED_MISSING', 'rows without a required field'],
  ['REQUIRED_INVALID', 'rows whose required field holds no valid value'],
  ['ROW_WITHOUT_NAME', 'rows with an identifier and nothing else'],
  ['ENTITY_QUARANTINED', 'rows that belong to a quarantined row'],
  ['DUPLICATE_VALUE', 'rows that repeat a value that must be unique'],
  ['PATTERN_MISMATCH', 'values that do not match the pattern of their field'],
  ['VALUE_NOT_ALLOWED', 'values that are not in the list of their field'],
  ['BELOW_MINIMUM', 'values below the minimum of their field'],
  ['ABOVE_MAXIMUM', 'values above the maximum of their field'],
  ['ORPHAN', 'rows whose entity was not found']
])

/** Gathers lines; `table` gives them sorted by source and row, a row before its cells. */
export interface Quarantine {
  /** Lines so far, those of earlier steps included. */
  readonly lines: readonly QuarantineLine[]
  add(line: QuarantineLine): void
  table(): Table
  /** One diagnostic per (reason, file, sheet, column), counts and first cells, for the lines added here. */
  findings(sources: readonly Source[]): readonly Diagnostic[]
}

/** Starts from the quarantine table of the step before. */
export function createQuarantine(before: Table | undefined): Quarantine {
  const lines: QuarantineLine[] = []
  if (before !== undefined) {
    const sources = integersOf(before, 'source')
    const rows = integersOf(before, 'row')
    const columns = QUARANTINE_COLUMNS.map(name => before.columns.find(column => column.name === name))
    for (let at = 0; at < before.rows; at++) {
      const [level, column, header, field, value, reason, detail, severity] = columns.map(each => (each === undefined ? '' : textAt(each, at) ?? ''))
      lines.push({ source: sources[at]!, row: rows[at]!, level: level === 'cell' ? 'cell' : 'row', column: column!, header: header!, field: field!, value: value!, reason: reason!, detail: detail!, severity: severity === 'info' ? 'info' : 'error' })
    }
  }
  const inherited = lines.length

  return {
    lines,
    add: line => void lines.push(line),
    table() {
      const order = lines
        .map((line, at) => ({ line, at }))
        .sort((a, b) => a.line.source - b.line.source || a.line.row - b.line.row || Number(a.line.level === 'cell') - Number(b.line.level === 'cell') || a.at - b.at)
      const builders = QUARANTINE_COLUMNS.map(name => createColumnBuilder(name, lines.length))
      const sources = new Uint32Array(lines.length)
      const rows = new Uint32Array(lines.length)
      order.forEach(({ line }, at) => {
        sources[at] = line.source
        rows[at] = line.row
        for (let column = 0; column < builders.length; column++) {
          const text = line[QUARANTINE_COLUMNS[column]!]
          builders[column]!.push(text === '' ? null : text)
        }
      })
      return { name: 'quarantine', rows: lines.length, integers: [{ name: 'source', data: sources }, { name: 'row', data: rows }], columns: builders.map(builder => builder.finish()) }
    },
    findings(sources) {
      interface Finding { readonly line: QuarantineLine; count: number; readonly cells: string[] }
      const found = new Map<string, Finding>()
      for (let at = inherited; at < lines.length; at++) {
        const line = lines[at]!
        const key = `${line.reason}\u0000${line.source}\u0000${line.column}\u0000${line.field}`
        let finding = found.get(key)
        if (finding === undefined) found.set(key, (finding = { line, count: 0, cells: [] }))
        finding.count++
        if (finding.cells.length < CITED) finding.cells.push(`${line.column}${line.row}`)
      }
      return [...found.values()].map(({ line, count, cells }) => {
        const source = sources[line.source - 1]
        const what = MEANING.get(line.reason) ?? (line.level === 'row' ? 'rows were set aside' : 'values could not be used')
        return {
          code: line.reason,
          severity: line.severity === 'error' ? 'warning' : 'info',
          message: `${what}: ${count} in ${source?.file ?? '?'}, sheet ${source?.sheet ?? '?'}${line.field === '' ? '' : `, field ${line.field}`}`,
          details: { file: source?.file ?? '', sheet: source?.sheet ?? '', column: line.column, field: line.field, level: line.level, count, cells }
        } as const
      })
    }
  }
}
