/**
 * The closed set of errors. A fault in the request, the machine or the store is thrown as a
 * HotpassError; a fault in the data is a Diagnostic and is returned, never thrown.
 */

/** What the process exits with. Public: pinned by literal in error.test.ts. */
export const EXIT = {
  ok: 0,
  failed: 1,
  request: 2,
  data: 3,
  integrity: 4,
  policy: 5,
  interrupted: 130,
  terminated: 143
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Every error code with the exit code that it leads to. */
export const ERRORS = {
  E_INTERNAL: EXIT.failed,
  E_INPUT_MISSING: EXIT.failed,
  E_INPUT_EMPTY: EXIT.failed,
  E_INPUT_UNREADABLE: EXIT.failed,
  E_INPUT_TYPE: EXIT.failed,
  E_INPUT_ENCRYPTED: EXIT.failed,
  E_INPUT_TRUNCATED: EXIT.failed,
  E_INPUT_LIMIT: EXIT.failed,
  E_INPUT_ENCODING: EXIT.failed,
  E_OUTPUT_UNWRITABLE: EXIT.failed,
  E_DISK_FULL: EXIT.failed,
  E_IO: EXIT.failed,
  E_REMOTE: EXIT.failed,
  E_OPERATOR: EXIT.failed,
  E_USAGE: EXIT.request,
  E_CONFIG: EXIT.request,
  E_DECISIONS: EXIT.request,
  E_PROFILE: EXIT.request,
  E_CONTRACT: EXIT.request,
  E_NOT_BUILT: EXIT.request,
  E_UNKNOWN_NAME: EXIT.request,
  E_BUDGET: EXIT.data,
  E_REPLAY_DIFFERS: EXIT.integrity,
  E_ATTEMPT_DIFFERS: EXIT.integrity,
  E_GOLDEN_DIFFERS: EXIT.integrity,
  E_STORE_DAMAGED: EXIT.integrity,
  E_STORE_MISSING: EXIT.integrity,
  E_STORE_FORMAT: EXIT.integrity,
  E_RECORD_INVALID: EXIT.integrity,
  E_ENTROPY: EXIT.policy,
  E_NETWORK: EXIT.policy,
  E_PERMISSION: EXIT.policy,
  E_PATH_ESCAPE: EXIT.policy,
  E_APPROVAL: EXIT.policy,
  E_CANCELLED: EXIT.interrupted
} as const
export type ErrorCode = keyof typeof ERRORS

/** Where in the user's files the fault is. Cell is in A1 form. */
export interface ErrorPlace {
  readonly file?: string
  readonly sheet?: string
  readonly cell?: string
  readonly line?: number
}

/**
 * The one error class. `message` says what is wrong and where, without cell values (they may be
 * personal data); `hint` says what to do next.
 */
export class HotpassError extends Error {
  readonly code: ErrorCode
  readonly place: ErrorPlace
  readonly hint: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    message: string,
    options: { place?: ErrorPlace; hint?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {}
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'HotpassError'
    this.code = code
    this.place = options.place ?? {}
    this.hint = options.hint ?? ''
    this.details = options.details ?? {}
  }

  /** The process exit code that this error leads to. */
  get exitCode(): ExitCode {
    return ERRORS[this.code]
  }
}
