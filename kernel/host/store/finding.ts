/** What a check of the store has to say. */
import { HotpassError } from '../../error.ts'
import type { Severity } from '../../types.ts'

export type FindingCode =
  | 'STORE_MISSING' | 'STORE_UNFINISHED' | 'STORE_LINK' | 'STORE_FORMAT_DAMAGED' | 'STORE_FORMAT_NEWER' | 'STORE_UNREADABLE'
  | 'STORE_LEDGER_DAMAGED' | 'STORE_HEAD_UNKNOWN' | 'STORE_LEDGER_LEFTOVER'
  | 'STORE_RECORD_MISSING' | 'STORE_RECORD_DAMAGED' | 'STORE_RECORD_FOREIGN' | 'STORE_ATTEMPT_LEFTOVER'
  | 'STORE_OBJECT_MISSING' | 'STORE_OBJECT_DAMAGED' | 'STORE_OBJECT_UNUSED'
  | 'STORE_ACTION_MISSING' | 'STORE_ACTION_DAMAGED'
  | 'STORE_DAMAGE_REPLACED' | 'STORE_TEMPORARY_LEFTOVER' | 'STORE_LOCK_STALE' | 'STORE_FOREIGN_FILE'

/** An `error` is damage. Leftovers of killed processes and files that are not ours are `info`. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  readonly message: string
  /** Relative to the store. */
  readonly path: string
  /** Runs that can no longer be proved because of it. */
  readonly runs: readonly string[]
  /** The file is a result: a run over the same inputs, with the same configuration and version, makes it again. */
  readonly recomputable: boolean
}

/** Takes findings while a check goes on. */
export type Report = (code: FindingCode, severity: Severity, path: string, message: string, runs?: readonly string[], recomputable?: boolean) => void

/** Runs one part of the check; a file that the system cannot read is a finding of its own kind, not damage. */
export function readable(report: Report, path: string, runs: readonly string[], part: () => void): void {
  try {
    part()
  } catch (error) {
    if (!(error instanceof HotpassError)) throw error
    if (error.code === 'E_PATH_ESCAPE') report('STORE_LINK', 'error', path, error.message, runs)
    else report('STORE_UNREADABLE', 'error', path, error.message, runs)
  }
}
