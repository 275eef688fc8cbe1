/** What every sheet held: rows of data, and rows that are none, with the reasons. */
import type { Report } from '../../schemas/generated/report.ts'
import type { Masker } from '../masking/masker.ts'
import type { Mapping } from '../model/stages.ts'

/** One line per sheet of every file, in order. */
export function sheetsOf({ files, sources }: Mapping, masker: Masker): Report['sheets'] {
  return files.flatMap(({ file, sheets }) =>
    sheets.map(({ sheet, state, rows_present, excluded, decisions }) => {
      const rows_data = sources.reduce((sum, source) => sum + (source.file === file && source.sheet === sheet ? source.rows : 0), 0)
      const rows_excluded = excluded.reduce((sum, { reason, rows }) => sum + (reason === 'blank' ? 0 : rows), 0)
      return {
        file,
        sheet,
        state,
        rows_present,
        rows_excluded,
        rows_data,
        balanced: rows_present === rows_data + rows_excluded,
        excluded: excluded.map(({ reason, rows, where }) => ({ reason, rows, where })),
        decisions: decisions.map(({ what, where, reason }) => ({ what, where, reason: masker.text(reason) }))
      }
    })
  )
}
