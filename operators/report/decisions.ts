/** How the tables were found, as rows of a table: every decision with its place and its reason. */
import type { Report } from '../../schemas/generated/report.ts'

export const DECISION_HEADS = ['Sheet', 'What', 'Where', 'Why'] as const
/** A person reads no more; the report as JSON holds them all. */
const SHOWN = 300

/** One row per decision in order, wrong totals of a long list first; `left_out` are in the JSON only. */
export function decisionRows(sheets: Report['sheets'], place: (file: string, sheet: string) => string): { readonly rows: readonly (readonly string[])[]; readonly left_out: number } {
  const all = sheets.flatMap(({ file, sheet, decisions }) => decisions.map(({ what, where, reason }) => [place(file, sheet), what, where, reason]))
  const order = all.length <= SHOWN ? all : [...all.filter(([, what]) => what === 'TOTAL_MISMATCH'), ...all.filter(([, what]) => what !== 'TOTAL_MISMATCH')]
  return { rows: order.slice(0, SHOWN), left_out: Math.max(0, all.length - SHOWN) }
}
