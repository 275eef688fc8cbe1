/** Files that bring no row of data: told one by one, and refused when there is nothing else. */
import type { Frame } from '../../kernel/artifact/table.ts'
import { HotpassError, type ErrorCode } from '../../kernel/error.ts'
import type { Context } from '../../kernel/types.ts'
import type { TablesMeta } from '../model/stages.ts'

/** Why a file brings nothing, beginning with the file and its first sheet. */
function reasonFor({ meta }: Frame<TablesMeta>): { readonly message: string; readonly sheet: string } {
  const found = meta.sheets.find(({ rows_present }) => rows_present > 0) ?? meta.sheets[0]
  if (found === undefined) return { message: `${meta.file}: it has no sheet`, sheet: '' }
  const hidden = found.excluded.some(({ reason }) => reason === 'hidden-sheet')
  const what = found.rows_present === 0 ? 'the sheet is empty' : hidden ? 'the sheet is hidden, and ingest.hidden_sheets leaves it out' : meta.tables.some(({ sheet }) => sheet === found.sheet) ? 'there is a header, but no row of data below it' : 'there is no table in it'
  const more = meta.sheets.length === 1 ? '' : ', and no other sheet holds a row of data'
  return { message: `${meta.file}, sheet ${JSON.stringify(found.sheet)}: ${what}${more}`, sheet: found.sheet }
}

/**
 * Warns of every file without a row of data. Throws E_INPUT_EMPTY, naming the first, when no file has one: an empty
 * dataset would take the place of a good one; and the error of the first file when all were refused.
 */
export function tellEmptyFiles(frames: readonly Frame<TablesMeta>[], context: Pick<Context, 'diagnose'>): void {
  const read = frames.filter(({ meta }) => meta.refused === undefined)
  const refused = frames[0]?.meta.refused
  if (read.length === 0 && refused !== undefined) {
    throw new HotpassError(refused.code as ErrorCode, frames.length === 1 ? refused.message : `none of the ${frames.length} files can be read; the first is ${refused.message}`, { place: { file: frames[0]!.meta.file }, hint: 'see the other findings of this run for the reason of each' })
  }
  const empty = read.filter(({ tables }) => tables.every(({ rows }) => rows === 0))
  if (empty.length === read.length && empty.length > 0) {
    const { message, sheet } = reasonFor(empty[0]!)
    const others = empty.length === 1 ? '' : ` (nor is there one in the other ${empty.length - 1 === 1 ? 'file' : `${empty.length - 1} files`})`
    throw new HotpassError('E_INPUT_EMPTY', `${message}${others}`, { place: { file: empty[0]!.meta.file, sheet }, hint: 'check that the files were exported completely, and that ingest.sources does not leave their rows out' })
  }
  for (const frame of empty) {
    const { message, sheet } = reasonFor(frame)
    context.diagnose({ code: 'FILE_WITHOUT_ROWS', severity: 'warning', message, details: { file: frame.meta.file, sheet } })
  }
}
