/** Tables of the HTML report. Cells are HTML already; headings and captions are text. */
import { escapeHtml, formatNumber } from '../format.ts'

export interface TableColumn {
  readonly heading: string
  /** Right-aligned, with figures of equal width. */
  readonly number?: boolean
}

/** Rows that one table of the page shows; the JSON report has them all. */
const MOST_ROWS = 1000
/** From this many rows on a table can be filtered. */
const FILTERED = 25

/** A table, with a caption for those who cannot see where it stands. '' without rows. */
export function htmlTable(caption: string, columns: readonly TableColumn[], rows: readonly (readonly string[])[], total?: readonly string[]): string {
  if (rows.length === 0) return ''
  const align = columns.map(({ number }) => (number === true ? ' class="number"' : ''))
  const line = (cells: readonly string[]): string => `<tr>${cells.map((cell, index) => `<td${align[index]!}>${cell}</td>`).join('')}</tr>`
  const more = rows.length > MOST_ROWS ? `<p class="more">${formatNumber(rows.length - MOST_ROWS, 'more line is', 'more lines are')} in the JSON report.</p>` : ''
  const filter = rows.length >= FILTERED ? `<label class="filter" hidden>Filter <input type="search" autocomplete="off" aria-label="Filter: ${escapeHtml(caption)}"></label>` : ''
  return (
    `<div class="table">${filter}<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr>${columns.map(({ heading }, index) => `<th scope="col"${align[index]!}>${escapeHtml(heading)}</th>`).join('')}</tr></thead>` +
    `<tbody>${rows.slice(0, MOST_ROWS).map(line).join('')}</tbody>${total === undefined ? '' : `<tfoot>${line(total)}</tfoot>`}</table></div>${more}</div>`
  )
}

/** A text as a cell; the direction of its writing stays its own. */
export function cell(text: string): string {
  return text === '' ? '<span class="none">–</span>' : `<bdi>${escapeHtml(text)}</bdi>`
}

/** A name of the product's own: a field, a code, a rule. */
export function code(text: string): string {
  return text === '' ? '<span class="none">–</span>' : `<code>${escapeHtml(text)}</code>`
}
