/**
 * The vocabulary of the kernel: what an artifact, an operator, a record and a diagnostic are.
 * Everything here is data; nothing here reads a file, a clock or the environment.
 */

/** Lower-case hexadecimal SHA-256, 64 characters. */
export type Digest = string
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** An immutable blob, known by its content. `id` is the name of its slot or file, never an absolute path. */
export interface ArtifactRef {
  readonly id: string
  readonly kind: string
  readonly schema: string
  readonly hash: Digest
  readonly bytes: number
}

export type Severity = 'info' | 'warning' | 'error'

/**
 * A finding about the data. `code` is stable and upper case (`ROW_REQUIRED_MISSING`). `details` cites
 * places (`file`, `sheet`, `cells`) and counts; it never holds a personal value.
 */
export interface Diagnostic {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly details: JsonObject
}

export type Mode = 'strict' | 'best-effort'
export type Entropy = 'none' | 'clock' | 'network' | 'random'

/** Outside facts that are frozen into the run. `as_of` is an RFC 3339 UTC instant. */
export interface Pins {
  readonly as_of: string | null
  readonly seed: string
}

/** What an operator may use besides its inputs and its config. */
export interface Context {
  readonly pins: Pins
  /** Reports a finding. Order does not matter: diagnostics are sorted before they are hashed. */
  diagnose(diagnostic: Diagnostic): void
  /** Share of the work done, 0 to 1; for people only. */
  progress(share: number): void
  /** Next number of a generator seeded from the action, 0 inclusive to 1 exclusive. Needs entropy 'random'. */
  random(): number
}

/** A named input or output of an operator. `many` slots hold a list, in the order of the artifacts' ids. */
export interface Slot {
  readonly kind: string
  readonly many?: boolean
  /** Optional output: the operator may leave it out. */
  readonly optional?: boolean
}

/** One decoded input. `id` is the artifact's id (a file's path relative to the input folder, with `/`). */
export interface Input<T = unknown> {
  readonly id: string
  readonly kind: string
  readonly hash: Digest
  readonly value: T
}
export type Inputs = Readonly<Record<string, readonly Input<any>[]>>
/** Slot name to decoded value. A `many` output slot is not allowed: one action, one artifact per slot. */
export type Outputs = Readonly<Record<string, unknown>>

/** Why a file is not read: the code and the message of the error, which names the file and holds no cell's value. */
export interface Refusal {
  readonly code: string
  readonly message: string
}

/**
 * A pure, synchronous function of its inputs and its config slice, with a name and a version.
 * Raise `version` when the same bytes in may give other bytes out.
 */
export interface Operator {
  /** Dotted id, `^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$`. */
  readonly id: string
  /** Semantic version, `x.y.z`. */
  readonly version: string
  readonly summary: string
  readonly inputs: Readonly<Record<string, Slot>>
  readonly outputs: Readonly<Record<string, Slot>>
  /** Dotted paths into the resolved config. The operator sees these and nothing else. */
  readonly config: readonly string[]
  readonly entropy: readonly Entropy[]
  /** 'process': runs in a child process with memory and time limits, because a third-party parser sees untrusted bytes. 'none': stays in the run's own thread, because its work is less than decoding its inputs again. 'thread': is worth a thread from an eighth of the usual size, because its work is far more than decoding its inputs. */
  readonly isolation?: 'none' | 'inline' | 'thread' | 'process'
  run(inputs: Inputs, config: any, context: Context): Outputs
  /** When its file may be refused without the end of the run. Left out: never. */
  readonly refused?: {
    /** `best-effort`: in that mode alone, and the file is set aside with an error. `always`: its work is an extra, and the finding is a notice. */
    readonly when: 'best-effort' | 'always'
    /** What the steps after it get in place of a result: it may hold what can be trusted of the file all the same. Pure; never throws. */
    instead(file: string, refusal: Refusal, inputs: Inputs, config: any): Outputs
  }
}

/** Turns values of one artifact kind into bytes and back. `decode(encode(x))` equals x. */
export interface Codec<T = any> {
  readonly kind: string
  /** Name and version of the format, for the artifact reference. */
  readonly schema: string
  encode(value: T): Uint8Array
  decode(bytes: Uint8Array): T
  /**
   * The value just as `decode(encode(value))` would give it, without that cost, so that the next step sees the same
   * whether it follows at once or reads from the store. `bytes` are what it was encoded to. Left out: the kernel decodes.
   */
  settle?(value: T, bytes: Uint8Array): T
}
