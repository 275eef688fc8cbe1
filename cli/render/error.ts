/** An error as people and programs see it. */
import { HotpassError } from '../../kernel/error.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { printable, type Paint } from './paint.ts'

export const ERROR_SCHEMA = 'urn:hotpass:schema:error:1'

/** Wraps whatever was thrown; what is not a HotpassError is a bug. */
export function asHotpassError(thrown: unknown): HotpassError {
  if (thrown instanceof HotpassError) return thrown
  const system = thrown as NodeJS.ErrnoException
  if (system?.code === 'ENOSPC' || system?.code === 'EDQUOT') return new HotpassError('E_DISK_FULL', 'there is no space left on the disk', { cause: thrown, hint: 'free some space and run the same command again; nothing half-written is left behind' })
  if (typeof system?.syscall === 'string' && typeof system.code === 'string') {
    return new HotpassError(systemCodeOf(system), `${system.syscall} failed with ${system.code}`, { cause: thrown, ...(system.path === undefined ? {} : { place: { file: system.path } }) })
  }
  return new HotpassError('E_INTERNAL', 'this is a fault in Hotpass, not in your data', { cause: thrown, hint: 'run the command again with --debug and report what it prints' })
}

/** Letters of a message or hint that are shown: more than any that Hotpass words itself, less than an endless name in it. */
const LONGEST = 2000

/** Calls of the system that change something. `open` is not one of them: who writes files tells its faults itself. */
const WRITES = /^(mkdir|write|rename|link|symlink|unlink|rmdir|copyfile|chmod|ftruncate|fsync)$/

/** A right that is missing is a fault of the file, as it is for inputs and outputs; a policy has errors of its own. */
function systemCodeOf({ code, syscall }: NodeJS.ErrnoException): 'E_IO' | 'E_INPUT_UNREADABLE' | 'E_OUTPUT_UNWRITABLE' {
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') return 'E_IO'
  return WRITES.test(syscall ?? '') ? 'E_OUTPUT_UNWRITABLE' : 'E_INPUT_UNREADABLE'
}

/** `file, sheet Contacts, cell B7`, without what the message already says. */
function placeText(error: HotpassError): string {
  const { file, sheet, cell, line } = error.place
  const says = (text: string): boolean => error.message.includes(text)
  const parts = [
    file === undefined || says(file) ? undefined : file,
    sheet === undefined || says(sheet) || says(JSON.stringify(sheet)) ? undefined : `sheet ${sheet}`,
    cell === undefined || says(cell) ? undefined : `cell ${cell}`,
    line === undefined || says(`line ${line}`) || (file !== undefined && says(`${file}:${line}:`)) ? undefined : `line ${line}`
  ]
  return parts.filter(part => part !== undefined).join(', ')
}

/** One line with code and place, and a line with the hint. */
export function errorText(error: HotpassError, paint: Paint, debug: boolean): string {
  const place = placeText(error)
  const shown = (text: string): string => printable(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
  const lines = [`${paint.red(paint.bold(error.code))} ${shown(error.message)}${place === '' ? '' : ` ${paint.dim(`(${shown(place)})`)}`}`]
  if (error.hint !== '') lines.push(`  ${paint.dim('hint:')} ${shown(error.hint)}`)
  if (debug) {
    lines.push(error.stack ?? '')
    for (let cause = error.cause; cause instanceof Error; cause = cause.cause) lines.push(`caused by ${cause.stack ?? cause.message}`)
  }
  return `${lines.join('\n')}\n`
}

export function errorJson(error: HotpassError): JsonObject {
  return {
    schema: ERROR_SCHEMA,
    error: { code: error.code, message: error.message, place: error.place as Json, hint: error.hint, exit: error.exitCode }
  }
}
