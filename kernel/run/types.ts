/** The signatures of running and replaying a pipeline, and the ports that they need. */
import type { OutputFile } from '../artifact/files.ts'
import type { ExitCode, HotpassError } from '../error.ts'
import type { Pipeline, Plan, Step } from '../pipeline.ts'
import type { RunRecord, StepRecord } from '../record/types.ts'
import type { Store } from '../store.ts'
import type { ArtifactRef, Codec, Diagnostic, Digest, Inputs, Json, JsonObject, Mode, Operator, Pins } from '../types.ts'

/** Operators by id, loaded on demand. */
export type OperatorSource = ReadonlyMap<string, () => Promise<{ readonly operator: Operator }>>
/** Codecs by artifact kind. */
export type CodecSource = ReadonlyMap<string, Codec>

/** The code behind an operator's id. */
export interface Implementation {
  /** Of the operator's code and of the locked packages that it uses; of the code that is really there, when it was altered. */
  readonly digest: Digest
  /** Files of the package that are not as they were built, sorted. Empty from source. */
  readonly altered: readonly string[]
}

/** What the outside tells a run: the time, what it cost, and which code is running. Observed, never hashed, but for `implementation`. */
export interface RunHost {
  /** The time now, RFC 3339 UTC. */
  now(): string
  /** Milliseconds from an arbitrary start; never goes back. */
  elapsed(): number
  /** Processor time of this process so far in milliseconds, and its resident memory in bytes. */
  usage(): { readonly cpu_ms: number; readonly memory_bytes: number }
  /** Lets timers and signals have their turn between steps. */
  pause(): Promise<void>
  /** Versions of Node, ICU, Unicode, and the platform. */
  readonly facts: JsonObject
  /** What runs under an operator's id. Throws E_UNKNOWN_NAME. */
  implementation(operatorId: string): Implementation
  /** A seed for a best-effort run that needs one and has none. */
  drawSeed(): string
}

/** One operator execution, as a lane sees it. Bytes and value are fetched by the lane that needs them. */
export interface Job {
  readonly step: string
  readonly operator: Operator
  readonly inputs: { readonly [slot: string]: readonly JobInput[] }
  /** The slice that the operator declared. */
  readonly config: JsonObject
  readonly pins: Pins
  /** Seeds `Context.random`. */
  readonly action: Digest
  /** For operators in a process of their own; from `ingest.limits`. */
  readonly limits: { readonly seconds: number; readonly memory_mb: number }
  progress(share: number): void
}

export interface JobInput {
  readonly id: string
  readonly kind: string
  readonly hash: Digest
  readonly bytes_length: number
  bytes(): Uint8Array
  value(): unknown
}

/** What came out. `value` is there when the lane shares memory with the executor. */
export interface JobResult {
  readonly outputs: { readonly [slot: string]: { readonly bytes: Uint8Array; readonly value?: unknown } }
  readonly diagnostics: readonly Diagnostic[]
  /** Of the process that did the work, when it was another one. */
  readonly cost?: { readonly cpu_ms: number; readonly memory_bytes: number }
}

/** Where operators run: in this thread, in worker threads, or in child processes. */
export interface Lanes {
  /** Rejects with the HotpassError that the operator threw, E_INPUT_LIMIT, E_INPUT_UNREADABLE, or with the operator's bug as it is. */
  execute(job: Job, codecs: CodecSource, signal: AbortSignal | undefined): Promise<JobResult>
  close(): Promise<void>
}

/** Progress of a run, for people. Order of steps that run at the same time is not fixed. */
export type RunEvent =
  | { readonly type: 'planned'; readonly run_id: string; readonly steps: readonly Step[] }
  | { readonly type: 'step-started'; readonly step: string; readonly operator_id: string }
  | { readonly type: 'step-progress'; readonly step: string; readonly share: number }
  | { readonly type: 'step-ended'; readonly step: string; readonly operator_id: string; readonly outcome: string; readonly cache: 'hit' | 'miss'; readonly duration_ms: number }
  | { readonly type: 'publishing'; readonly files: number }

/** A finished file: the run id is in it. */
export interface PublishedFile {
  /** Follows the output's base name: `.xlsx`, `.report.html`. */
  readonly suffix: string
  readonly media_type: string
  readonly bytes: Uint8Array
  readonly hash: Digest
}

/**
 * Puts finished files where people find them. Files are staged (durable, not yet visible) before the run is
 * acknowledged and committed after it, so that every file at its path belongs to an acknowledged run.
 */
export interface Publisher {
  /** Throws E_OUTPUT_UNWRITABLE, E_DISK_FULL, E_PATH_ESCAPE. */
  stage(files: readonly PublishedFile[]): Promise<StagedFiles>
}
export interface StagedFiles {
  /** Paths of the files as people should see them, in the order of the files. */
  readonly paths: readonly string[]
  /** Makes every file visible under its path. */
  commit(): Promise<void>
  /** Removes what was staged. */
  discard(): Promise<void>
}

export interface RunRequest {
  readonly pipeline: Pipeline
  /** Files of the run, already in the store. Ids are paths relative to the input folder, with `/`. */
  readonly inputs: readonly ArtifactRef[]
  /** The identity part of the resolved config. */
  readonly config: JsonObject
  readonly mode: Mode
  /** `as_of` null and `seed` '' mean: not pinned. */
  readonly pins: Pins
  /** Files that were refused before they became inputs, and that the run goes on without: only in best-effort. */
  readonly refused?: readonly HotpassError[]
  readonly store: Store
  readonly lanes: Lanes
  readonly host: RunHost
  readonly operators: OperatorSource
  readonly codecs: CodecSource
  /** Left out: nothing is published outside the store. */
  readonly publisher?: Publisher
  readonly workers?: number
  /** false: no look-up in the action cache (results are still put into it). */
  readonly useCache?: boolean
  readonly signal?: AbortSignal
  readonly onEvent?: (event: RunEvent) => void
}

/** A run that was acknowledged, whatever its outcome. */
export interface RunResult {
  readonly run_id: string
  readonly attempt: number
  readonly record_hash: Digest
  /** Hash of the ledger's last line. */
  readonly head: Digest
  readonly record: RunRecord
  /** In plan order; steps that were skipped because an earlier one failed have none. */
  readonly steps: readonly StepRecord[]
  /** Where the outputs are, in the order of `record.identity.published`; empty without a publisher. */
  readonly paths: readonly string[]
  readonly exitCode: ExitCode
  /** Why the run failed: a HotpassError or E_OPERATOR for a bug (its stack is in `cause`, for --debug). Undefined when it did not. */
  readonly error: Error | undefined
}

/**
 * Runs a pipeline. Returns whatever the outcome (`record.identity.outcome`, `exitCode`, `error`), and throws only
 * when nothing could be recorded: a wrong request (E_USAGE, E_UNKNOWN_NAME), the store (E_IO, E_DISK_FULL,
 * E_STORE_DAMAGED), or an abort (the signal's reason).
 */
export type ExecuteRun = (request: RunRequest) => Promise<RunResult>

export type ReplayVerdict =
  | 'identical'
  | 'differs'
  | 'input-missing'
  | 'input-damaged'
  | 'result-damaged'
  | 'operator-unavailable'
  | 'record-damaged'

/** A cell or value that came out otherwise. `table`, `row` (from 0) and `column` for frames; `path` for JSON; `offset` for bytes. */
export interface CellDifference {
  readonly where: 'cell' | 'integer' | 'rows' | 'columns' | 'tables' | 'meta' | 'json' | 'bytes' | 'file'
  readonly table?: string
  readonly row?: number
  readonly column?: string
  /** JSON pointer, or the suffix of a file. */
  readonly path?: string
  readonly offset?: number
  readonly before: Json
  readonly after: Json
}

/** How an artifact differs from the one that was recorded. */
export interface ArtifactDifference {
  readonly slot: string
  readonly before: Digest | null
  readonly after: Digest | null
  /** The first few, in reading order. Values may be personal data: mask before they are logged. */
  readonly cells: readonly CellDifference[]
}

export interface StepDifference {
  readonly step: string
  readonly operator_id: string
  /** Parts of the record that differ: `output_refs`, `warnings`, `outcome`, … */
  readonly parts: readonly string[]
  readonly artifacts: readonly ArtifactDifference[]
}

export interface ReplayResult {
  readonly run_id: string
  readonly attempt: number
  readonly verdict: ReplayVerdict
  readonly exitCode: ExitCode
  /** How many operators were run again. More than 0 unless the verdict tells why not. */
  readonly operator_calls: number
  readonly steps_compared: number
  /** In plan order; the first is where it began. */
  readonly differences: readonly StepDifference[]
  /** Published files whose digest differs. */
  readonly published: readonly { readonly suffix: string; readonly before: Digest | null; readonly after: Digest | null }[]
  /** For people: what is missing, or that the code changed and gave the same bytes. */
  readonly notes: readonly string[]
}

export interface ReplayRequest {
  readonly store: Store
  readonly runId: string
  /** Left out: the last one acknowledged that finished. */
  readonly attempt?: number
  readonly pipelines: ReadonlyMap<string, Pipeline>
  readonly lanes: Lanes
  readonly host: RunHost
  readonly operators: OperatorSource
  readonly codecs: CodecSource
  readonly workers?: number
  readonly signal?: AbortSignal
  readonly onEvent?: (event: RunEvent) => void
}

/** Runs every operator of a recorded run again and compares. Throws E_UNKNOWN_NAME when there is no such run, or the signal's reason. */
export type ReplayRun = (request: ReplayRequest) => Promise<ReplayResult>

export type { OutputFile, Plan, Inputs }
