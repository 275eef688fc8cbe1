/** How delimited text was read, as rows of a table. */
import type { Report } from '../../schemas/generated/report.ts'

const NAMES = new Map([['aligned', 'columns aligned with spaces'], ['\t', 'tab'], [' ', 'space'], [', ', 'comma and space'], ['; ', 'semicolon and space'], ['\u001f', 'U+001F'], ['\u0001', 'U+0001'], ['\u0000', 'U+0000']])

export const DIALECT_HEADS = ['File', 'Encoding', 'Delimiter', 'Quotation mark', 'Escape', 'Remarks', 'Fields', 'Line ending', 'Confidence'] as const

/** One row per file of delimited text, in order. */
export function dialectRows(files: Report['files']): readonly (readonly string[])[] {
  return files.flatMap(({ file, dialect }) => (dialect === null ? [] : [[file, dialect.encoding, NAMES.get(dialect.delimiter) ?? dialect.delimiter, dialect.quote, NAMES.get(dialect.escape) ?? dialect.escape, dialect.comment, String(dialect.fields), dialect.line_ending, String(dialect.confidence)]]))
}
