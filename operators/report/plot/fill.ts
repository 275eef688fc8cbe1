/** How full every field was as read and is in the dataset: two bars per field. */
import type { Report } from '../../../schemas/generated/report.ts'
import { formatShare } from '../format.ts'
import { bar, CHARACTER, clip, label, px, svg } from './svg.ts'

const WIDTH = 1080
/** Characters of a field's name. */
const LABEL = 34
const LEFT = LABEL * CHARACTER + 16
const BARS = 590
const ROW = 28
const TOP = 26

/** The plot; '' when there is no field. */
export function fillPlot(fill: Report['fill']): string {
  if (fill.length === 0) return ''
  const height = TOP + fill.length * ROW + 6
  let body = ''
  for (let quarter = 0; quarter <= 4; quarter++) {
    const x = LEFT + (BARS * quarter) / 4
    body += `<line class="grid" x1="${px(x)}" x2="${px(x)}" y1="${TOP - 6}" y2="${height - 4}"/>`
    body += label(x, 12, `${quarter * 25}%`, 'class="quiet" text-anchor="middle"')
  }
  fill.forEach((line, index) => {
    const y = TOP + index * ROW
    body += label(LEFT - 12, y + 15, clip(line.field, LABEL), 'text-anchor="end"')
    body += bar(LEFT, y + 3, BARS, 15, 'track')
    if (line.before > 0) body += bar(LEFT, y + 3, Math.max(1, BARS * line.before_share), 5, 'before', 1)
    if (line.after > 0) body += bar(LEFT, y + 9, Math.max(1, BARS * line.after_share), 9, 'after')
    body += label(LEFT + BARS + 14, y + 15, `${formatShare(line.before_share)} → ${formatShare(line.after_share)}`, 'class="figures"')
  })
  return svg('fill', WIDTH, height, 'Filled cells by field', 'For every field the share of filled cells as read and in the dataset. The same figures stand in the table below.', body)
}
