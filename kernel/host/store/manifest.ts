/**
 * What one attempt consists of: the hash of each of its record files, and what the records name. The ledger's line
 * holds the manifest's hash, so that through it every file of an acknowledged run is vouched for.
 */
import { HotpassError } from '../../error.ts'
import { canonicalJson } from '../../json.ts'
import { digestBytes } from '../../hash.ts'
import type { StoredRecord } from '../../store.ts'
import type { Digest, Json, JsonObject } from '../../types.ts'
import { jsonBytes, objectIn } from './json-file.ts'
import { isDigest, recordFile } from './layout.ts'

export const MANIFEST_SCHEMA = 'urn:hotpass:attempt:1'

export interface ManifestRecord {
  readonly file: string
  readonly name: string
  readonly hash: Digest
  readonly bytes: number
}

export interface Manifest {
  readonly schema: typeof MANIFEST_SCHEMA
  readonly run_id: string
  readonly records: readonly ManifestRecord[]
  /** Objects that the records name, by hash. */
  readonly objects: readonly { readonly hash: Digest; readonly bytes: number }[]
  /** Keys of the cached actions that the run used or made, sorted. */
  readonly actions: readonly Digest[]
}

export interface RecordFile {
  readonly file: string
  readonly name: string
  readonly bytes: Uint8Array
}

/** The files of an attempt's records, in the order given. Throws E_INTERNAL when two have one name. */
export function recordFiles(records: readonly StoredRecord[]): readonly RecordFile[] {
  if (new Set(records.map(record => record.name)).size !== records.length) throw new HotpassError('E_INTERNAL', 'two records of one attempt have the same name', { hint: 'please report this' })
  let position = 0
  return records.map(({ name, record }) => ({ file: recordFile(name, name === 'run' ? 0 : ++position), name, bytes: jsonBytes(record) }))
}

/** Every digest in a value, wherever it stands. */
export function digestsIn(value: Json, found: Set<Digest> = new Set()): Set<Digest> {
  if (isDigest(value)) found.add(value)
  else if (Array.isArray(value)) for (const item of value) digestsIn(item, found)
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value as JsonObject)) digestsIn(item, found)
  return found
}

const objectOf = (value: Json | undefined): JsonObject => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {})

const refsOf = (identity: JsonObject, list: string): readonly Digest[] => (Array.isArray(identity[list]) ? (identity[list] as readonly Json[]) : []).map(ref => objectOf(ref)['hash']).filter(isDigest)

/** The objects that operators made, as a record names them. */
export function digestsMade(record: JsonObject): readonly Digest[] {
  const identity = objectOf(record['identity'])
  return [...refsOf(identity, 'output_refs'), objectOf(identity['dataset'] ?? null)['hash']].filter(isDigest)
}

/** The objects that came from outside, as the run's own record names them: its inputs and its configuration. */
export function digestsGiven(record: JsonObject): readonly Digest[] {
  const identity = objectOf(record['identity'])
  return [...refsOf(identity, 'input_refs'), identity['config_hash']].filter(isDigest)
}

/** The objects without which a record cannot be replayed: its inputs, its outputs and, of a run, its config and dataset. */
export function objectsNeeded({ name, record }: StoredRecord): readonly Digest[] {
  return [...(name === 'run' ? digestsGiven(record) : refsOf(objectOf(record['identity']), 'input_refs')), ...digestsMade(record)]
}

/** A manifest's bytes, or the reason why they cannot be one. */
export function manifestIn(bytes: Uint8Array): Manifest | undefined {
  const value = objectIn(bytes) as unknown as Manifest | undefined
  if (value === undefined || value.schema !== MANIFEST_SCHEMA || !Array.isArray(value.records) || !Array.isArray(value.objects) || !Array.isArray(value.actions)) return undefined
  const safe = value.records.every(record => typeof record.file === 'string' && /^[A-Za-z0-9_-]{1,80}\.json$/.test(record.file) && typeof record.name === 'string' && isDigest(record.hash))
  return safe && value.objects.every(object => isDigest(object.hash)) && value.actions.every(isDigest) ? value : undefined
}

export const manifestBytes = (manifest: Manifest): Uint8Array => jsonBytes(manifest as unknown as Json)

export function manifestRecord(file: RecordFile): ManifestRecord {
  return { file: file.file, name: file.name, hash: digestBytes(file.bytes), bytes: file.bytes.length }
}

/** Whether a record's own hash is that of its identity. A record without an identity has none to check. */
export function recordHashHolds(record: JsonObject): boolean {
  const { identity, record_hash: said } = record
  return identity === undefined || digestBytes(canonicalJson(identity)) === said
}
