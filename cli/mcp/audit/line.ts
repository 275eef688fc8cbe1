/** One line of the audit log: canonical JSON that holds the hash of the line before, and its own. */
import { digestJson } from '../../../kernel/hash.ts'
import { jsonBytes, objectIn } from '../../../kernel/host/store/json-file.ts'
import type { Digest, JsonObject } from '../../../kernel/types.ts'

/** File in the store's folder. */
export const AUDIT_LOG = 'mcp-audit.log'

/** Before the first line. */
export const NO_LINE: Digest = '0'.repeat(64)

/** What a line says besides its place in the chain. */
export interface AuditEvent {
  /** RFC 3339, UTC. */
  readonly time: string
  /** `call` of a tool, `read` of a resource, `prompt`, `server` for start and end, `recovered` when a line of a killed process was cut off. */
  readonly kind: 'call' | 'read' | 'prompt' | 'server' | 'recovered'
  /** Tool, address of the resource, or name of the prompt. */
  readonly what: string
  /** One connection or server. */
  readonly session: string
  readonly transport: string
  /** As the client calls itself, which proves nothing. */
  readonly client: string
  /** Personal values masked. */
  readonly arguments: JsonObject
  /** Of the arguments as they came. */
  readonly arguments_hash: Digest
  readonly outcome: 'started' | 'ok' | 'failed' | 'refused' | 'approval' | 'cancelled'
  /** Code of the error; empty when there is none. */
  readonly code: string
  readonly message: string
  readonly run_id: string
  readonly record_hash: string
  /** Values that try to give instructions, with where they stand. */
  readonly flags: readonly JsonObject[]
  readonly duration_ms: number
}

export interface AuditLine extends AuditEvent {
  readonly sequence: number
  readonly previous: Digest
  /** Of the line without this field. */
  readonly hash: Digest
}

export function lineAfter(last: { readonly sequence: number; readonly hash: Digest }, event: AuditEvent): { readonly line: AuditLine; readonly bytes: Uint8Array } {
  const body = { ...event, sequence: last.sequence + 1, previous: last.hash }
  const line: AuditLine = { ...body, hash: digestJson(body as unknown as JsonObject) }
  return { line, bytes: jsonBytes(line as unknown as JsonObject) }
}

/** The line in these bytes, newline and all; undefined unless they are exactly what was written. */
export function lineIn(bytes: Uint8Array): AuditLine | undefined {
  const value = objectIn(bytes)
  if (value === undefined) return undefined
  const { hash, ...body } = value
  if (typeof body['sequence'] !== 'number' || typeof body['previous'] !== 'string' || digestJson(body) !== hash) return undefined
  return value as unknown as AuditLine
}
