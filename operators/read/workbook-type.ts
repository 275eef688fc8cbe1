/** Refuses a file that is not what its ending says, before anything is read from it. */
import type { HotpassError } from '../../kernel/error.ts'
import type { Limits } from './config.ts'
import { compoundContent } from './container/compound.ts'
import { describe, likenessOf, type Likeness } from './container/sniff.ts'
import { refusal } from './refusal.ts'

/** The ending of a file's name in lower case, without the dot. */
export function endingOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1).toLowerCase()
}

/** Throws E_INPUT_EMPTY or E_INPUT_LIMIT for a file of the wrong size. */
export function checkSize(file: string, bytes: Uint8Array, limits: Limits): void {
  if (bytes.length === 0) throw refusal(file, 'E_INPUT_EMPTY', 'the file is empty')
  if (bytes.length > limits.file_bytes) throw refusal(file, 'E_INPUT_LIMIT', `the file is larger than ${limits.file_bytes} bytes (ingest.limits.file_bytes)`)
}

function wrongType(file: string, likeness: Likeness): HotpassError {
  return refusal(file, 'E_INPUT_TYPE', `it is not the workbook that its ending .${endingOf(file)} promises: it looks like ${describe(likeness)}`)
}

/** Throws HotpassError unless the file begins as a zip archive: `.xlsx`, `.xlsm`, `.xlsb`, `.ods`. */
export function checkZipped(file: string, bytes: Uint8Array): void {
  const likeness = likenessOf(bytes)
  if (likeness === 'compound' && compoundContent(bytes) === 'encrypted') throw refusal(file, 'E_INPUT_ENCRYPTED', 'the workbook is password-protected')
  if (likeness !== 'zip') throw wrongType(file, likeness)
  if (bytes.length < 22) throw refusal(file, 'E_INPUT_TRUNCATED', 'the file ends after a few bytes')
}

/** Throws HotpassError unless the file begins as an old Excel workbook: `.xls`. */
export function checkBinary(file: string, bytes: Uint8Array): void {
  const likeness = likenessOf(bytes)
  if (likeness === 'biff') return
  if (likeness !== 'compound') throw wrongType(file, likeness)
  const content = compoundContent(bytes)
  if (content === 'encrypted') throw refusal(file, 'E_INPUT_ENCRYPTED', 'the workbook is password-protected')
  if (content === 'damaged') throw refusal(file, 'E_INPUT_TRUNCATED', 'the file is cut short or damaged: its directory cannot be read')
  if (content === 'other') throw refusal(file, 'E_INPUT_TYPE', `it is not the workbook that its ending .${endingOf(file)} promises: it looks like another old Office document`)
}
