/** What each error code means, for the reference. The type makes a code without a meaning a compile error. */
import type { ErrorCode } from '../kernel/error.ts'

export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'Success. Warnings, if any, are in the footer and the record.'],
  [1, 'The work failed: unreadable input, operator error, no space.'],
  [2, 'The request is wrong: usage, configuration, profile, unknown name.'],
  [3, 'The data failed: a contract, expectation or failure budget was breached.'],
  [4, 'Not reproducible: a replay or golden differs, or the store is damaged.'],
  [5, 'Refused by policy: network, entropy, permission, signature.'],
  [129, 'Ended by SIGHUP; the store is whole.'],
  [130, 'Interrupted (SIGINT); the store is whole.'],
  [143, 'Terminated (SIGTERM); the store is whole.']
]

export const ERROR_MEANINGS: Readonly<Record<ErrorCode, string>> = {
  E_INTERNAL: 'A fault in Hotpass itself. Run the command again with `--debug` and report what it prints.',
  E_INPUT_MISSING: 'A file or folder that was named does not exist.',
  E_INPUT_EMPTY: 'The input folder holds no file that can be read, or a file in it is empty. `ingest.exclude` leaves such a file out.',
  E_INPUT_UNREADABLE: 'A file is damaged, may not be read, or changed while it was read.',
  E_INPUT_TYPE: 'A file is not what its name says, or not a file at all.',
  E_INPUT_ENCRYPTED: 'A workbook is protected by a password.',
  E_INPUT_TRUNCATED: 'A file ends before its contents do.',
  E_INPUT_LIMIT: 'A file costs more than `ingest.limits` allows.',
  E_INPUT_ENCODING: 'The text of a file, or its name, is in an encoding that cannot be read.',
  E_OUTPUT_UNWRITABLE: 'An output cannot be written where it should go.',
  E_DISK_FULL: 'There is no space left. Nothing half-written is left behind.',
  E_IO: 'The machine failed to read or write.',
  E_REMOTE: 'Another machine, which the user allowed to be contacted, did not answer, or answered with a fault.',
  E_OPERATOR: 'An operator broke its own declaration: a bug in the operator.',
  E_USAGE: 'The command line is wrong.',
  E_CONFIG: 'A configuration file, variable or flag is wrong.',
  E_DECISIONS: 'A file of decisions has a line that is none, or decisions that contradict each other. The message names the lines.',
  E_PROFILE: 'A profile is wrong.',
  E_CONTRACT: 'A contract cannot be read, says what cannot be checked, or is about other columns than the data has.',
  E_NOT_BUILT: 'The request needs a part that does not exist yet. It is refused, never ignored.',
  E_UNKNOWN_NAME: 'There is no run, profile, column, case, setting or operator of this name.',
  E_BUDGET: 'More of the data failed than the profile\'s budgets allow.',
  E_REPLAY_DIFFERS: 'A replay gave other bytes than the run.',
  E_ATTEMPT_DIFFERS: 'The same request gave other bytes than an earlier attempt. Both are kept.',
  E_GOLDEN_DIFFERS: 'A golden case gave other bytes than recorded.',
  E_STORE_DAMAGED: 'Bytes in the store are not those that were put there.',
  E_STORE_MISSING: 'The store, or something in it, is missing.',
  E_STORE_FORMAT: 'The store was written by a later version, or is no store.',
  E_RECORD_INVALID: 'A record does not fit its schema.',
  E_ENTROPY: 'A strict run would need the time or random numbers, and they are not pinned.',
  E_NETWORK: 'The run would need the network, which is closed.',
  E_PERMISSION: 'A policy does not permit it. A file that may not be read or written is `E_INPUT_UNREADABLE` or `E_OUTPUT_UNWRITABLE`.',
  E_PATH_ESCAPE: 'A link leads out of the folder that it is in.',
  E_APPROVAL: 'An agent asked for something that a person has to approve first, with `hotpass mcp approve`.',
  E_CANCELLED: 'Whoever asked for it called it off. The store is whole.'
}
