/** The doctor's check of the installed package. */
import { EXIT } from '../../kernel/error.ts'
import { alteredCode } from '../../kernel/host/implementation.ts'
import { asHotpassError } from '../render/error.ts'
import type { Finding } from './checks.ts'

/** Whether the code of the operators is what was built. */
export function checkPackage(): Finding {
  let altered: readonly string[] | undefined
  try {
    altered = alteredCode()
  } catch (error) {
    const told = asHotpassError(error)
    return { status: 'error', message: told.message, hint: told.hint, details: { code: told.code }, exit: EXIT.integrity }
  }
  return findingOf(altered)
}

/** `undefined`: this is the source tree. */
export function findingOf(altered: readonly string[] | undefined): Finding {
  if (altered === undefined) return { status: 'skipped', message: 'this is the source tree; only a built package can be compared with its build' }
  if (altered.length === 0) return { status: 'ok', message: 'the code of every operator is as built' }
  const more = altered.length === 1 ? '' : ` (and ${altered.length - 1} more)`
  return { status: 'error', message: `${altered[0]}${more} is not as built: what a run gives now is not what this version of hotpass gives`, hint: 'install hotpass again; then run again what was run meanwhile', details: { files: altered }, exit: EXIT.integrity }
}
