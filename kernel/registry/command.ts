/**
 * What a command is, whatever surface offers it. The command line, the reference and every later
 * surface are derived from this declaration; none of them may add to it.
 */
import type { ExitCode } from '../error.ts'
import type { JsonObject } from '../types.ts'

/** A JSON Schema 2020-12 for one property of a command's input. Only what every surface can show is used. */
export interface PropertySchema {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array'
  readonly description: string
  readonly enum?: readonly string[]
  readonly items?: { readonly type: 'string'; readonly enum?: readonly string[]; readonly minLength?: number }
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly minItems?: number
  readonly pattern?: string
  /**
   * The value is a path: of something read, of something written, or of a store or decisions, which are what the
   * command's effects say of them. `name-or-read` may also be a name that is no path; `report` is FORMAT=PATH, of a file
   * in the folder for outputs without PATH; `none` is text that is never a path. A surface that limits folders goes by
   * this, and takes what says nothing for a path where it looks like one.
   */
  readonly path?: 'read' | 'write' | 'store' | 'decisions' | 'name-or-read' | 'report' | 'none'
  /** The value opens something: it is never shown or kept. */
  readonly secret?: true
  /** Said to people only. The value itself is applied by the config layer, never by the surface. */
  readonly default?: string | number | boolean | readonly string[]
}

/** The schema of a command's input: an object whose properties are named in snake case. */
export interface InputSchema {
  readonly type: 'object'
  readonly additionalProperties: false
  readonly properties: { readonly [name: string]: PropertySchema }
  readonly required?: readonly string[]
}

/** The schema of a result. `$id` ends in the version; the result carries it as its `schema` property. */
export interface OutputSchema {
  readonly $id: string
  readonly type: 'object'
  readonly required: readonly string[]
  readonly properties: JsonObject
  readonly additionalProperties?: boolean
  readonly $defs?: JsonObject
}

/** What a command touches, in words that a person or a policy can judge. */
export interface Effects {
  /** Kinds of things it reads: `inputs`, `config`, `store`, `outputs`. */
  readonly reads: readonly string[]
  /** Kinds of things it writes: `store`, `outputs`, `workspace`. */
  readonly writes: readonly string[]
  readonly network: boolean
  /** Replaces or removes something of the user's that was there before. */
  readonly destructive: boolean
  /** What it decides that an agent may not decide alone: `match` accepts or rejects a match that is not certain. */
  readonly decides?: 'match'
  /**
   * Only for a person at this machine, so that no surface for programs offers it. `terminal`: its standard input and
   * output are its own, and the command line prints no result. `person`: it writes for a person's shell, or it is a
   * person's word that is asked for.
   */
  readonly only_for?: 'terminal' | 'person'
}

export interface Example {
  /** As typed, without the leading `hotpass`. */
  readonly line: string
  readonly says: string
  /** What it exits with, when not 0: an example may show a refusal. */
  readonly exit?: ExitCode
  /**
   * What it takes besides files: a person at a terminal, the network, an id that only the reader's own data has, or a
   * client that it serves until it is ended.
   */
  readonly needs?: 'person' | 'network' | 'id' | 'client'
}

/** Something that happens while a command works: for people and logs, never part of the result. */
export interface HostEvent {
  /** Dotted name: `step.started`, `config.layer`. */
  readonly event: string
  readonly level: 'debug' | 'info' | 'warning'
  readonly message: string
  readonly data?: JsonObject
  /** Progress of the whole command, 0 to 1. */
  readonly share?: number
}

/** What a surface gives a command. Paths in the input are relative to `cwd`. */
export interface CommandHost {
  /** Absolute path. */
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
  /** Fires when the user or the system wants the command to end. */
  readonly signal: AbortSignal
  /** Personal values in a result have to be masked, also where the command would show them by itself. */
  readonly masks?: boolean
  tell(event: HostEvent): void
  /** Asks for a yes before something destructive; absent where nobody can answer. */
  readonly ask?: (question: string) => Promise<boolean>
  /** Shows text and reads the line that is typed after it; null at the end of input. Absent where nobody can answer. */
  readonly prompt?: (text: string) => Promise<string | null>
}

/** What a command gives back. `result.schema` names the output schema. */
export interface Reply {
  readonly exit: ExitCode
  readonly result: JsonObject
  /** Why the exit code is not 0, when there is a result all the same: a run that failed but was recorded. */
  readonly error?: Error | undefined
}

export interface Command {
  /** The words that name it: `['runs', 'list']`. */
  readonly path: readonly string[]
  /** Other names for a command of one word. */
  readonly aliases: readonly string[]
  /** One line, starting with a verb, without a full stop. */
  readonly summary: string
  /** What a person has to know besides the summary and the properties; may be empty. */
  readonly description: string
  readonly input: InputSchema
  readonly output: OutputSchema
  readonly effects: Effects
  /** Properties that are given by position, in order; the last may be a list. */
  readonly positionals: readonly string[]
  /** One-letter names of properties. */
  readonly letters: { readonly [property: string]: string }
  readonly examples: readonly Example[]
  /** Throws HotpassError. Anything else that is thrown is a bug. */
  run(input: JsonObject, host: CommandHost): Promise<Reply>
}
