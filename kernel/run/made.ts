/**
 * What a run makes for the cache, held back until it is known to be good: an attempt that differs from an earlier one
 * leaves nothing that a later run would take for right.
 */
import type { ActionEntry, Store } from '../store.ts'

export interface Made {
  /** The store for the steps: results go into it, cache entries are held back. */
  readonly store: Pick<Store, 'get' | 'put' | 'findAction' | 'putAction'>
  /** Puts the entries. They are durable when the run is acknowledged. Throws what the store throws. */
  keep(): void
  /** After an interruption: makes what was put durable, then puts the entries for which there is none yet, durably. */
  keepFinished(): Promise<void>
}

export function createMade(store: Store): Made {
  let entries: ActionEntry[] = []
  return {
    store: {
      get: hash => store.get(hash),
      put: bytes => store.put(bytes),
      findAction: key => store.findAction(key),
      putAction: entry => void entries.push(entry)
    },
    keep() {
      for (const entry of entries) store.putAction(entry)
      entries = []
    },
    async keepFinished() {
      await store.flush()
      // Nothing compared them with an earlier attempt, so that they may not take the place of what is there.
      for (const entry of entries) if (store.findAction(entry.key) === undefined) store.putAction(entry)
      entries = []
      await store.flush()
    }
  }
}
