/** Failure budgets: how much of the data may break a rule before a strict run fails. */
import type { Diagnostic } from '../../kernel/types.ts'
import type { Refine } from '../../schemas/generated/profile.ts'
import type { NormalisedMeta, ValidMeta } from '../model/stages.ts'
import { declaredTargets } from './place.ts'
import type { QuarantineLine } from './quarantine.ts'
import { placeOf } from './sheet-row.ts'

/** One budget, measured. `failed` and `total` count rows or cells. */
export interface Measure {
  readonly name: string
  /** Share from 0 to 1. */
  readonly limit: number
  readonly failed: number
  readonly total: number
}

/** The share to six decimals; 0 when there is nothing to share. */
function shareOf({ failed, total }: Measure): number {
  return total === 0 ? 0 : Math.round((failed * 1_000_000) / total) / 1_000_000
}

/** Measured budgets for the meta of `valid`. A budget is breached when more than its share failed; meeting it is fine. */
export function judgeBudgets(measures: readonly Measure[]): ValidMeta['budgets'] {
  return measures.map(measure => ({ name: measure.name, limit: measure.limit, actual: shareOf(measure), breached: measure.failed > measure.limit * measure.total }))
}

/** One `BUDGET_BREACHED` of severity error per breach. */
export function breachesOf(measures: readonly Measure[]): readonly Diagnostic[] {
  return judgeBudgets(measures).flatMap(({ name, limit, actual, breached }, at) =>
    breached
      ? [{ code: 'BUDGET_BREACHED', severity: 'error' as const, message: `the budget ${name} allows ${limit}, but ${measures[at]!.failed} of ${measures[at]!.total} failed`, details: { name, limit, actual, failed: measures[at]!.failed, total: measures[at]!.total } }]
      : []
  )
}

/**
 * Measures the budgets of `refine.budgets`. The first `inherited` lines come from the step before: its orphans have a
 * budget of their own, and so have rows set aside as no entity (severity info). Tables recognised as something else,
 * and rows that only repeat a name that is known, count in neither; nor do rows that were numbered ahead in a table
 * that has others: they are rows to come, however many.
 */
export function measureBudgets(lines: readonly QuarantineLine[], inherited: number, meta: NormalisedMeta, limits: Required<NonNullable<Refine['budgets']>>): readonly Measure[] {
  const targets = declaredTargets(meta.schema)
  const rowsAside = new Set<number>()
  const rowsFailed = new Set<number>()
  const rowsNone = new Set<number>()
  const rowsAhead = meta.sources.map(() => 0)
  for (const { level, source, reason } of lines) if (level === 'row' && reason === 'ROW_WITHOUT_NAME') rowsAhead[source - 1]!++
  const numberedAhead = (source: number): boolean => rowsAhead[source - 1]! < (meta.sources[source - 1]?.rows ?? 0)
  let cells = 0
  lines.forEach(({ level, severity, source, row, reason }, at) => {
    if (level === 'cell') cells += severity === 'error' ? 1 : 0
    else if (severity === 'error') {
      // Orphans, which the step before found, have a budget of their own.
      if (at >= inherited) rowsFailed.add(placeOf(source, row))
    } else {
      const from = meta.sources[source - 1]
      if (from?.role !== 'set-aside') rowsAside.add(placeOf(source, row))
      if (from?.recognised !== true && reason !== 'NOTHING_TO_ADD' && !(reason === 'ROW_WITHOUT_NAME' && numberedAhead(source))) rowsNone.add(placeOf(source, row))
    }
  })
  const rowsIn = meta.sources.reduce((sum, { role, rows }) => sum + (role === 'set-aside' ? 0 : rows), 0)
  const rowsAsked = meta.sources.reduce((sum, { recognised, rows }) => sum + (recognised === true ? 0 : rows), 0)
  const filled = Object.keys(meta.filled).reduce((sum, target) => sum + (targets.has(target) ? meta.filled[target]! : 0), 0)
  const orphans = meta.joins.reduce((sum, join) => sum + join.orphans, 0)
  const satellites = meta.joins.reduce((sum, join) => sum + join.by_key + join.by_name + join.orphans, 0)
  return [
    { name: 'quarantined_rows', limit: limits.quarantined_rows, failed: rowsFailed.size, total: Math.max(rowsIn - rowsAside.size, rowsFailed.size) },
    { name: 'quarantined_cells', limit: limits.quarantined_cells, failed: cells, total: Math.max(filled, cells) },
    { name: 'orphans', limit: limits.orphans, failed: orphans, total: satellites },
    { name: 'set_aside_rows', limit: limits.set_aside_rows, failed: rowsNone.size, total: Math.max(rowsAsked, rowsNone.size) }
  ]
}
