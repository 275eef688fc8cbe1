/** The store in a folder: opened, checked, tidied and bundled. */
export { openStore, type AttemptFiles, type FolderStore, type StoreOptions } from './store.ts'
export { createMemoryStore } from './memory.ts'
export { checkStore, type CheckOptions } from './check.ts'
export type { Finding, FindingCode } from './finding.ts'
export { removeLeftovers } from './leftovers.ts'
export { readLedger } from './ledger-file.ts'
export type { LedgerLine, LedgerState } from './ledger.ts'
export { nodeDisk, type Disk } from './disk.ts'
