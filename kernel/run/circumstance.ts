/**
 * Findings about the machine that a step ran on, not about the data. They stand in the record, but what is promised is
 * bytes: a replay does not compare them, as it does not compare the implementation.
 */
import type { StepRecord } from '../record/types.ts'
import type { ActionEntry } from '../store.ts'
import type { Diagnostic, Json } from '../types.ts'
import { canonicalJson } from '../json.ts'
import type { Implementation } from './types.ts'

const PACKAGE_MODIFIED = 'PACKAGE_MODIFIED'
const CACHE_DIFFERED = 'CACHE_DIFFERED'

/** The code that ran is not that of the package. */
export function packageModified(altered: readonly string[]): Diagnostic {
  return { code: PACKAGE_MODIFIED, severity: 'warning', message: `${altered.join(', ')} of the installed package ${altered.length === 1 ? 'is' : 'are'} not as built: what it gives is not what this version of hotpass gives`, details: { files: altered } }
}

/** The same code made something else of the same inputs before. */
export function cacheDiffered(): Diagnostic {
  return { code: CACHE_DIFFERED, severity: 'warning', message: 'the cache held another result for the same code, inputs and settings; it was not used', details: {} }
}

/** Whether a finding is one of these. */
export function isCircumstance({ code }: Diagnostic): boolean {
  return code === PACKAGE_MODIFIED || code === CACHE_DIFFERED
}

/** Files that were altered when the step ran. */
export function alteredIn(record: StepRecord): Implementation['altered'] {
  return record.identity.warnings.filter(({ code }) => code === PACKAGE_MODIFIED).flatMap(({ details }) => details['files'] as readonly string[])
}

/** Whether two results of one action are the same. */
export function sameResult(a: ActionEntry, b: ActionEntry): boolean {
  return canonicalJson(a.outputs as Json) === canonicalJson(b.outputs as Json)
}
