/** What the server and a lane's process say to each other. */
import type { ExitCode } from '../../../kernel/error.ts'
import type { HostEvent } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'

/** One command to run, in the words of the registry. */
export interface Task {
  /** `runs list`. */
  readonly command: string
  readonly input: JsonObject
  /** Absolute. */
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
}

/** A fault as `urn:hotpass:schema:error:1` tells it. */
export interface Fault {
  readonly code: string
  readonly message: string
  readonly place: JsonObject
  readonly hint: string
  readonly exit: number
}

/** How a command ended: with a result, with a fault, or with both. */
export interface Outcome {
  readonly exit: ExitCode
  readonly result: JsonObject | undefined
  readonly fault: Fault | undefined
}

export type ToLane = { readonly type: 'run'; readonly task: Task } | { readonly type: 'cancel' }
export type FromLane = { readonly type: 'ready' } | { readonly type: 'event'; readonly event: HostEvent } | { readonly type: 'end'; readonly outcome: Outcome }
