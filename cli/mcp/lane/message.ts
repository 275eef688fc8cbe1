/** What the server and a lane's process say to each other. */
import type { ExitCode } from '../../../kernel/error.ts'
import type { HostEvent } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import type { Flag } from '../answer/hostile.ts'

/** One thing to do: a command in the words of the registry, or a document of the store or the workspace to read. */
export interface Task {
  readonly work: { readonly type: 'command'; readonly name: string } | { readonly type: 'document'; readonly name: 'report' | 'records' | 'profile' }
  readonly input: JsonObject
  /** Absolute. */
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
  /** Whether personal values have to be masked in what comes back. */
  readonly masks: boolean
}

/** A fault as `urn:hotpass:schema:error:1` tells it. */
export interface Fault {
  readonly code: string
  readonly message: string
  readonly place: JsonObject
  readonly hint: string
  readonly exit: number
}

/** How it ended: with a result, with a fault, or with both. */
export interface Outcome {
  readonly exit: ExitCode
  readonly result: JsonObject | undefined
  readonly fault: Fault | undefined
  /** Values of the result that try to give instructions. */
  readonly flags: readonly Flag[]
}

export type ToLane = { readonly type: 'run'; readonly task: Task } | { readonly type: 'cancel' }
export type FromLane = { readonly type: 'event'; readonly event: HostEvent } | { readonly type: 'end'; readonly outcome: Outcome }
