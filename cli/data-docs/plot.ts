/** Small plots of a column: how full it is, how its values spread, which are most frequent. */
import { formatCount, formatShare } from '../../operators/report/format.ts'
import { bar, clip, label, px, svg } from '../../operators/report/plot/svg.ts'
import type { ColumnProfile } from './column-profile.ts'

const WIDTH = 260

/** A bar of the filled share, in words beside it. */
export function fillMeter({ filled, rows }: ColumnProfile): string {
  const share = rows === 0 ? 0 : filled / rows
  return `<span class="fill"><span class="track"><i style="width:${px(share * 100)}%"></i></span>${formatShare(share)}</span>`
}

/** The spread of values or lengths; '' when there is one bin or none. */
export function spreadPlot(id: string, { spread }: ColumnProfile): string {
  const { bins, of } = spread
  if (bins.length < 2) return ''
  const [height, base, top] = [92, 70, 10]
  const most = bins.reduce((max, { rows }) => Math.max(max, rows), 1)
  const step = WIDTH / bins.length
  const body = bins.map(({ rows }, at) => (rows === 0 ? '' : bar(at * step + 1, base - Math.max(2, ((base - top) * rows) / most), step - 2, Math.max(2, ((base - top) * rows) / most), 'count'))).join('')
  const [first, last] = [bins[0]!.label, bins.at(-1)!.label]
  const ends = label(0, base + 16, clip(first.split(' – ')[0]!, 14), 'class="quiet"') + label(WIDTH, base + 16, clip(last.split(' – ').at(-1)!, 14), 'class="quiet" text-anchor="end"')
  return svg(id, WIDTH, height, of === 'values' ? 'Spread of the values' : 'Lengths in characters', bins.map(({ label: text, rows }) => `${text}: ${formatCount(rows)}`).join('; '), `<line class="axis" x1="0" x2="${WIDTH}" y1="${base}" y2="${base}"/>${body}${ends}`)
}

/** The most frequent values as bars; '' when every value is another one. `shown` masks. */
export function topPlot(id: string, { top, filled }: ColumnProfile, shown: (value: string) => string): string {
  const lines = top.filter(({ rows }) => rows > 1 || top.length < 4)
  if (lines.length === 0 || filled === 0) return ''
  const most = lines.reduce((max, { rows }) => Math.max(max, rows), 1)
  const body = lines.map(({ value, rows }, at) => {
    const y = at * 22
    return bar(0, y, Math.max(2, ((WIDTH - 50) * rows) / most), 17, 'soft') + label(5, y + 13, clip(shown(value), 26)) + label(WIDTH, y + 13, formatCount(rows), 'class="figures" text-anchor="end"')
  }).join('')
  return svg(id, WIDTH, lines.length * 22, 'Most frequent values', lines.map(({ value, rows }) => `${shown(value)}: ${formatCount(rows)}`).join('; '), body)
}
