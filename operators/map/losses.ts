/** What could not be read faithfully, as findings: one per code and file. The report lists every column. */
import type { Diagnostic } from '../../kernel/types.ts'
import { plural } from '../model/plural.ts'
import type { Loss } from '../model/stages.ts'

/** Losses of content: what stood there cannot be had from the file as it was read. */
const CONTENT = new Set(['FORMULA_NO_VALUE', 'TEXT_INVALID', 'ROWS_RAGGED', 'RECORDS_EMPTY', 'CELL_REPEATED', 'QUOTE_STRAY', 'QUOTE_UNCLOSED', 'NUMBER_ROUNDED', 'NUMBER_OUT_OF_RANGE', 'LEADING_ZEROS_LOST', 'SCIENTIFIC_IDENTIFIER', 'CELL_ERROR', 'FILE_SET_ASIDE', 'FILE_DAMAGED', 'SHEET_LOST', 'READERS_DIFFER', 'READERS_TYPE_DIFFERS', 'READER_FIRST_BLANK', 'READER_SECOND_BLANK', 'READER_SECOND_FAILED'])
const CITED = 20

/** Findings in order of file and code; warnings for losses of content, info for the rest. Cells are cited with their sheet. */
export function lossFindings(losses: readonly Loss[]): readonly Diagnostic[] {
  const groups = new Map<string, { readonly first: Loss; count: number; readonly cells: string[]; readonly sheets: Set<string> }>()
  for (const loss of losses) {
    const key = `${loss.file}\u0000${loss.code}`
    let group = groups.get(key)
    if (group === undefined) groups.set(key, (group = { first: loss, count: 0, cells: [], sheets: new Set() }))
    group.count += loss.count
    group.sheets.add(loss.sheet)
    for (const cell of loss.cells) if (group.cells.length < CITED) group.cells.push(`${loss.sheet}!${cell}`)
  }
  return [...groups.values()].map(({ first: { code, file, note }, count, cells, sheets }) => ({
    code,
    severity: CONTENT.has(code) ? 'warning' : 'info',
    message: sheets.has('') ? `${file}: ${note}` : `${file}: ${note} (${plural(count, 'time')}, in ${sheets.size === 1 ? `sheet ${[...sheets][0]}` : plural(sheets.size, 'sheet')})`,
    details: { file, count, sheets: [...sheets].filter(sheet => sheet !== ''), cells }
  }))
}
