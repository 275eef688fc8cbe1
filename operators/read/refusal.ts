/** The one way in which a reader says no. */
import { HotpassError, type ErrorCode, type ErrorPlace } from '../../kernel/error.ts'

const HINTS: Partial<Record<ErrorCode, string>> = {
  E_INPUT_EMPTY: 'check that the file was copied or exported completely, or leave it out with ingest.exclude',
  E_INPUT_TYPE: 'give the file the ending that its content has, or save it again from the spreadsheet program',
  E_INPUT_ENCRYPTED: 'open it with the password, save a copy without one, and read that',
  E_INPUT_TRUNCATED: 'copy or export the file again',
  E_INPUT_UNREADABLE: 'open the file in a spreadsheet program and save it again',
  E_INPUT_LIMIT: 'raise the limit in the profile under ingest.limits if you trust the file',
  E_INPUT_ENCODING: 'save the file as UTF-8, or name its encoding in the profile under ingest.csv.encoding'
}

/** The places that an error can name besides its file. */
export type Where = Omit<ErrorPlace, 'file'>

/**
 * The error for a file that cannot be read: a message that begins with the place, and a hint. `what` never holds a
 * cell's value, because that may be personal data.
 */
export function refusal(file: string, code: ErrorCode, what: string, where: Where = {}, hint = HINTS[code] ?? ''): HotpassError {
  let place = file
  if (where.sheet !== undefined) place += `, sheet ${JSON.stringify(where.sheet)}`
  if (where.cell !== undefined) place += `, cell ${where.cell}`
  if (where.line !== undefined) place += `, line ${where.line}`
  return new HotpassError(code, `${place}: ${what}`, { place: { file, ...where }, hint })
}
