import { existsSync } from 'node:fs'
import { openStore } from '../../kernel/host/store/store.ts'

/** How many attempts a store's ledger holds, and its head; none when there is no store. */
export function summariseStore(folder: string): { readonly runs: number; readonly head: string | null } {
  if (!existsSync(folder)) return { runs: 0, head: null }
  const store = openStore(folder, { readOnly: true })
  try {
    const runs = store.attempts().length
    return { runs, head: runs === 0 ? null : store.head() }
  } finally {
    store.close()
  }
}
