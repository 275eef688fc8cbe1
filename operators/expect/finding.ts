/** What one expectation found, before it is told. */
import type { Expectation } from '../../schemas/generated/profile.ts'

export interface Finding {
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** For people. Holds no value of the data. */
  readonly message: string
  readonly checked: number
  readonly failed: number
  readonly observed: number | null
  /** Rows from 0 that show the fault, with the field in which it stands ('' for the whole row). */
  readonly rows: readonly number[]
  readonly field: string
}

/** What there is to look at besides the table. */
export interface Limits {
  /** Most examples of a failure. */
  readonly examples: number
}

export type ExpectationOf<K extends Expectation['expect']> = Extract<Expectation, { readonly expect: K }>

/** To six decimals. */
export function rounded(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000
}

export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : rounded(part / whole)
}

export function skipped(message: string): Finding {
  return { outcome: 'skipped', message, checked: 0, failed: 0, observed: null, rows: [], field: '' }
}

/** Room for shares that no binary fraction holds exactly, such as 0.9 of 10. */
const SLACK = 1e-9

/** Whether enough passed. `mostly` is a share from 0 to 1. */
export function isEnough(checked: number, failed: number, mostly: number | undefined): boolean {
  return mostly === undefined ? failed === 0 : checked - failed >= mostly * checked - SLACK
}

/** `3 of 40 values of email`. */
export function ofAll(failed: number, checked: number, noun: string): string {
  return `${failed} of ${checked} ${noun}${checked === 1 ? '' : 's'}`
}
