/** What comes of holding a dataset to its contract. Reports for people and for other programs are made from this alone. */

/** A cell, in the file that people look into. */
export interface CheckPlace {
  /** '' where the value stands in no file, because it was computed. */
  readonly file: string
  /** '' for a file without sheets. */
  readonly sheet: string
  /** A1 form, or '' when a whole row or file is meant. */
  readonly cell: string
  /** Row number that the file shows, from 1; in a dataset, the row of the table. */
  readonly row: number
}

export interface CheckExample extends CheckPlace {
  /** As it may be shown: masked where it is personal. Null for an empty cell. */
  readonly value: string | null
}

export interface Check {
  /** Stable from run to run: `email.not-null`, or what the profile calls it. */
  readonly id: string
  /** Kind of expectation: `not-null`, `row-count`. */
  readonly kind: string
  /** Diagnostic code of a failure: `NOT_NULL_BREACHED`. */
  readonly code: string
  /** `email`, `contact.email`; several are joined by `, `; '' for a whole table. */
  readonly field: string
  /** `error` fails a strict run, `warning` does not. */
  readonly severity: 'error' | 'warning'
  /** `skipped`: there was nothing to check it by; `message` says why. */
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** For people, whatever the outcome. Holds no value of the data. */
  readonly message: string
  /** What the contract says of it; '' when nothing. */
  readonly description: string
  /** Values, or rows, that were looked at. */
  readonly checked: number
  readonly failed: number
  /** A measure where there is one, to six decimals: share of failures, rows, days, PSI. Null when skipped. */
  readonly observed: number | null
  /** The first cells that fail, in the order of rows; at most as many as were asked for. */
  readonly examples: readonly CheckExample[]
}

/** Kind `checks` (JSON): the outcome of one step, in the order of the contract. */
export interface Checks {
  readonly contract: { readonly name: string; readonly version: string }
  readonly checks: readonly Check[]
}

/** `failed` counts errors, `warned` failures of severity `warning`. */
export interface CheckCounts {
  readonly passed: number
  readonly failed: number
  readonly warned: number
  readonly skipped: number
}

export function countChecks(checks: readonly Check[]): CheckCounts {
  let [passed, failed, warned, skipped] = [0, 0, 0, 0]
  for (const { outcome, severity } of checks) {
    if (outcome === 'passed') passed++
    else if (outcome === 'skipped') skipped++
    else if (severity === 'error') failed++
    else warned++
  }
  return { passed, failed, warned, skipped }
}

/** The code of a failure: `not-null` is `NOT_NULL_BREACHED`. */
export function codeOfKind(kind: string): string {
  return `${kind.replaceAll('-', '_').toUpperCase()}_BREACHED`
}

/** A place for people: `Members.xlsx › Sheet1 › B8`. */
export function tellPlace({ file, sheet, cell, row }: CheckPlace): string {
  return [file, sheet, cell === '' ? (row === 0 ? '' : `row ${row}`) : cell].filter(part => part !== '').join(' › ')
}
