/** Failure budgets: how much of the data may break a rule before a strict run fails. */
import type { Diagnostic } from '../../kernel/types.ts'
import type { ValidMeta } from '../model/stages.ts'

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
