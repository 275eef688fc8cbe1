/** Who is known from the run that wrote a file, although the file itself may no longer name them. */
import { existsSync } from 'node:fs'
import { HotpassError } from '../../kernel/error.ts'
import { openStore } from '../../kernel/host/store/store.ts'
import type { Digest } from '../../kernel/types.ts'
import { maskerOfRun } from '../pipeline/artifacts.ts'
import { findAttempt, readRun } from '../pipeline/store.ts'

/**
 * Keys of persons of the run that wrote the file with this digest, else of the latest run in the store: a file from which consent
 * withheld a name may mention it all the same. Empty where there is no store, or no run in it that can be read.
 */
export function knownPeople(hash: Digest, storeFolder: string): ReadonlySet<string> {
  if (!existsSync(storeFolder)) return new Set()
  try {
    const store = openStore(storeFolder, { readOnly: true })
    try {
      const attempts = [...store.attempts()].reverse()
      const wrote = attempts.find(entry => readRun(store, entry).run.identity.published.some(published => published.hash === hash))
      return maskerOfRun(store, readRun(store, wrote ?? findAttempt(store, 'latest', { finished: true }))).known
    } finally {
      store.close()
    }
  } catch (error) {
    if (error instanceof HotpassError) return new Set()
    throw error
  }
}
