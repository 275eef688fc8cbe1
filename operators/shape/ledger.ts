/** What becomes of the rows of one sheet while its tables are found. */
import type { Decision } from '../model/stages.ts'
import type { Grid } from './grid.ts'
import { rowRanges } from './range.ts'
import type { Mismatch } from './totals.ts'

/** A printed total that the rows do not add up to. `doubtful`: the rows below it may overlap, or rounding may explain it. */
export interface WrongTotal {
  readonly sheet: string
  readonly mismatches: readonly Mismatch[]
  readonly doubtful: boolean
}

export class Ledger {
  private readonly rows = new Map<string, number[]>()
  readonly decisions: Decision[] = []
  readonly wrongTotals: WrongTotal[] = []
  /** Rows left out that may be records all the same. */
  readonly doubtful: number[] = []

  /** Counts rows as no data. */
  exclude(grid: Grid, reason: string, positions: Iterable<number>): void {
    const rows = this.rows.get(reason) ?? []
    for (const at of positions) rows.push(grid.rows[at]!)
    if (rows.length > 0) this.rows.set(reason, rows)
  }

  /** Notes why, unless there are no rows. */
  decide(grid: Grid, what: string, positions: Iterable<number>, reason: string): void {
    const rows = [...positions].map(at => grid.rows[at]!)
    if (rows.length > 0) this.decisions.push({ what, where: rowRanges(rows), reason })
  }

  /** Rows that are no data, by reason. */
  excluded(): { reason: string; rows: number; where: string }[] {
    return [...this.rows].map(([reason, rows]) => ({ reason, rows: rows.length, where: rowRanges([...rows].sort((a, b) => a - b)) }))
  }
}
