/** A store that lives in memory and is gone with the process. */
import { createMemoryDisk } from './memory-disk.ts'
import type { Owner } from './owner.ts'
import { openStore, type FolderStore } from './store.ts'

/** Nobody else can see this store, so there is nobody to tell apart. */
const OWNER: Owner = { name: 'memory', lifeOf: () => 'alive' }

/** An empty store for tests and trials; it keeps every promise of the port but to outlive the process. */
export function createMemoryStore(): FolderStore {
  return openStore('/.hotpass', { disk: createMemoryDisk(), owner: OWNER })
}
