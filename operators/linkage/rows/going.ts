import { integersOf, tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import type { ValidMeta } from '../../model/stages.ts'

/** The rows (from 0) that validation lets go on: record n of a linkage within a run is the n-th of them. */
export function rowsThatGoOn(valid: Frame<ValidMeta>): Uint32Array {
  const ok = integersOf(tableOf(valid, 'records'), 'ok')
  return Uint32Array.from(ok.keys()).filter(row => ok[row] === 1)
}
