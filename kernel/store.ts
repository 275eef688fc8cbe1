/** The store's port: what the executor, replay and doctor ask of `.hotpass/`. The folder itself is in host/store. */
import type { Digest, JsonObject } from './types.ts'

/** One execution of a run, as it was acknowledged. Attempts of a run are numbered from 1. */
export interface AttemptEntry {
  readonly sequence: number
  readonly run_id: string
  readonly attempt: number
  /** Of the run's record. */
  readonly record_hash: Digest
  readonly outcome: string
}

/** A record with its name within the attempt: `run`, or a step's id. */
export interface StoredRecord {
  readonly name: string
  readonly record: JsonObject
}

/** What a finished action gave, by output slot. */
export interface ActionEntry {
  readonly key: Digest
  readonly outputs: { readonly [slot: string]: { readonly kind: string; readonly schema: string; readonly hash: Digest; readonly bytes: number } }
  readonly diagnostics: readonly JsonObject[]
}

export interface Store {
  /** Folder of the store, absolute. For messages only. */
  readonly location: string
  has(hash: Digest): boolean
  /** Reads and hashes again; the bytes are the caller's own. Throws E_STORE_MISSING, E_STORE_DAMAGED (naming the object), E_IO. */
  get(hash: Digest): Uint8Array
  /** Adds an object under its hash; durable once `flush` has returned. Throws E_DISK_FULL, E_IO. */
  put(bytes: Uint8Array): Digest
  /** Makes every object put so far durable, with its folders. A failed fsync is final. */
  flush(): Promise<void>
  /** A cached action, or undefined; a damaged entry or one whose objects are gone counts as absent. */
  findAction(key: Digest): ActionEntry | undefined
  putAction(entry: ActionEntry): void
  /**
   * Writes an attempt's records, makes everything durable and appends the ledger line, in that order. When this
   * returns the run is acknowledged. `records` are already schema-valid; the one named `run` is the run's own.
   */
  acknowledge(runId: string, recordHash: Digest, outcome: string, records: readonly StoredRecord[]): Promise<AttemptEntry>
  /** Acknowledged attempts in ledger order. Throws E_STORE_DAMAGED when the chain is broken. */
  attempts(): readonly AttemptEntry[]
  /** The records of one attempt. Throws E_STORE_MISSING or E_STORE_DAMAGED. */
  records(runId: string, attempt: number): readonly StoredRecord[]
  /** Hash of the last ledger line; 64 zeros when there is none. */
  head(): Digest
  close(): void
}
