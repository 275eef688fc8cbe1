/** The report in three sentences. They count and do not judge. */
import type { Report } from '../../schemas/generated/report.ts'
import { formatCount, formatNumber } from './format.ts'

/** Plain text. */
export function leadOf({ summary, entity, conflicts, quarantine }: Report): string {
  const read = `${formatNumber(summary.files, 'file')} with ${formatNumber(summary.sheets, 'sheet')} held ${formatNumber(summary.rows_in, 'row')} of data.`
  const made = `${formatCount(summary.entities)} ${summary.entities === 1 ? 'row' : 'rows'} came of them, one per ${entity}.`
  const rest = `${formatNumber(conflicts.total, 'value')} lost against another one, and ${formatNumber(quarantine.cells, 'cell')} and ${formatNumber(summary.quarantined, 'row')} are in quarantine.`
  return `${read} ${made} ${rest}`
}
