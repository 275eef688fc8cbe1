/** What the operator keeps account of: issues by cell, rules by field, values that no lookup knows. */
import { KIND, type Table } from '../../kernel/artifact/table.ts'
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import type { RuleCode } from './rules.ts'
import type { NormalisedMeta } from '../model/stages.ts'
import type { ValueIssue } from './normaliser.ts'

interface Entry extends ValueIssue {
  readonly table: number
  readonly row: number
  /** Position of the field in its table, for the order. */
  readonly column: number
  readonly field: string
}

/** Collects; `finish` orders and encodes. */
export class Ledger {
  readonly #entries: Entry[] = []
  readonly #changed = new Map<string, Map<RuleCode, number>>()
  readonly #unknown = new Map<string, Map<string, number>>()

  issue(table: number, row: number, column: number, field: string, issue: ValueIssue): void {
    this.#entries.push({ table, row, column, field, reason: issue.reason, severity: issue.severity, value: issue.value, detail: issue.detail })
  }

  changed(target: string, rule: RuleCode, cells: number): void {
    if (cells === 0) return
    let rules = this.#changed.get(target)
    if (rules === undefined) this.#changed.set(target, (rules = new Map()))
    rules.set(rule, (rules.get(rule) ?? 0) + cells)
  }

  unknown(target: string, value: string, cells: number): void {
    let values = this.#unknown.get(target)
    if (values === undefined) this.#unknown.set(target, (values = new Map()))
    values.set(value, (values.get(value) ?? 0) + cells)
  }

  /** Number of issues with this reason, by field. */
  countsOf(reason: ValueIssue['reason']): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const entry of this.#entries) if (entry.reason === reason) counts.set(entry.field, (counts.get(entry.field) ?? 0) + 1)
    return counts
  }

  /** The `issues` table, ordered by table, row, field. */
  issues(): Table {
    const entries = this.#entries
    const order = Uint32Array.from(entries.keys()).sort((x, y) => {
      const a = entries[x]!
      const b = entries[y]!
      return a.table - b.table || a.row - b.row || a.column - b.column || x - y
    })
    const rows = entries.length
    const tables = new Uint32Array(rows)
    const indexes = new Uint32Array(rows)
    const builders = (['field', 'value', 'reason', 'detail', 'severity'] as const).map(name => createColumnBuilder(name, rows))
    for (let at = 0; at < rows; at++) {
      const entry = entries[order[at]!]!
      tables[at] = entry.table
      indexes[at] = entry.row
      builders[0]!.push(entry.field, KIND.text)
      builders[1]!.push(entry.value, KIND.text)
      builders[2]!.push(entry.reason, KIND.text)
      builders[3]!.push(entry.detail, KIND.text)
      builders[4]!.push(entry.severity, KIND.text)
    }
    return { name: 'issues', rows, columns: builders.map(builder => builder.finish()), integers: [{ name: 'table', data: tables }, { name: 'index', data: indexes }] }
  }

  /** The parts of the frame's meta that are counted here. */
  counts(): Pick<NormalisedMeta, 'changed' | 'unknown'> {
    // Object.fromEntries makes own properties even of names such as __proto__.
    return {
      changed: Object.fromEntries([...this.#changed].map(([target, rules]) => [target, Object.fromEntries(rules)])),
      unknown: Object.fromEntries([...this.#unknown].map(([target, values]) => [target, [...values].map(([value, count]) => ({ value, count })).sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))]))
    }
  }
}
