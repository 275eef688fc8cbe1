/** The account of one operator execution, and of one run. Identity is hashed, observed is not. */
import type { ArtifactRef, Diagnostic, Digest, Entropy, Json, JsonObject, Mode, Pins } from '../types.ts'

export const STEP_RECORD = 'urn:hotpass:run-record:1'
export const RUN_RECORD = 'urn:hotpass:run:1'

/** `degraded`: best-effort let a breach pass. `breached`: strict did not. */
export type StepOutcome = 'succeeded' | 'degraded' | 'breached' | 'failed'
/** `refused`: by policy, before anything ran. `differs`: other outputs than an earlier attempt of the same run. */
export type RunOutcome = StepOutcome | 'refused' | 'differs'

/** What best-effort let in. */
export interface BestEffort {
  readonly entropy: readonly Entropy[]
  readonly seed: string
  readonly notes: readonly string[]
  /** Digest over the ids and hashes of the inputs. */
  readonly inputs_version: Digest
}

export interface StepIdentity {
  readonly schema: typeof STEP_RECORD
  readonly run_id: string
  /** Id of the step in the plan. */
  readonly step: string
  /** `name@x.y.z`. */
  readonly operator_id: string
  readonly implementation: Digest
  readonly mode: Mode
  /** SHA-256 of the canonical JSON of the operator's config slice. */
  readonly config_hash: Digest
  readonly pins: Pins
  /** By slot, then in the order given. */
  readonly input_refs: readonly (ArtifactRef & { readonly slot: string })[]
  /** By slot. `id` is `step/slot`. */
  readonly output_refs: readonly (ArtifactRef & { readonly slot: string })[]
  readonly notices: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  readonly errors: readonly Diagnostic[]
  readonly best_effort?: BestEffort
  readonly outcome: StepOutcome
}

export interface Observed {
  readonly started_at: string
  readonly ended_at: string
  readonly cost: { readonly duration_ms: number; readonly cpu_ms: number; readonly memory_bytes: number; readonly bytes_in: number; readonly bytes_out: number }
  readonly host: JsonObject
  readonly attempt: number
}

export interface StepRecord {
  readonly identity: StepIdentity
  readonly observed: Observed & { readonly cache: 'hit' | 'miss' }
  /** SHA-256 of the canonical JSON of `identity`. */
  readonly record_hash: Digest
}

/** A published file, with the run id in it. */
export interface PublishedRef {
  readonly suffix: string
  readonly media_type: string
  readonly hash: Digest
  readonly bytes: number
}

export interface RunIdentity {
  readonly schema: typeof RUN_RECORD
  readonly run_id: string
  readonly pipeline: { readonly id: string; readonly version: string }
  /** `name@x.y.z` of every operator of the plan, sorted. */
  readonly operators: readonly string[]
  readonly mode: Mode
  /** Fingerprint of the config; its canonical JSON is the object with this hash. */
  readonly config_hash: Digest
  readonly pins: Pins
  readonly input_refs: readonly ArtifactRef[]
  /** In plan order; `record_hash` is null for a step that was skipped because an earlier one failed. */
  readonly steps: readonly { readonly step: string; readonly operator_id: string; readonly outcome: StepOutcome | 'skipped'; readonly record_hash: Digest | null }[]
  /** The finished dataset, or null when the run did not get there. */
  readonly dataset: ArtifactRef | null
  readonly published: readonly PublishedRef[]
  /** Counts that the pipeline gives: rows in, used, merged, quarantined, … */
  readonly summary: { readonly [name: string]: Json }
  readonly counts: { readonly notices: number; readonly warnings: number; readonly errors: number }
  /** Of the run as a whole: a refusal, an attempt that differs, an output that could not be written. */
  readonly errors: readonly Diagnostic[]
  readonly best_effort?: BestEffort
  readonly outcome: RunOutcome
}

export interface RunRecord {
  readonly identity: RunIdentity
  readonly observed: Observed & { readonly cache: { readonly hits: number; readonly misses: number } }
  readonly record_hash: Digest
}
