/** How many rows have which quality score. */
import type { Report } from '../../../schemas/generated/report.ts'
import { formatCount, formatNumber } from '../format.ts'
import { bar, label, px, svg } from './svg.ts'

const WIDTH = 520
const HEIGHT = 240
const TOP = 24
const BASE = 200
const SIDE = 14

/** The plot; '' when nothing was scored. */
export function histogramPlot({ bands, mean }: Report['score']): string {
  const most = bands.reduce((largest, { rows }) => Math.max(largest, rows), 0)
  if (most === 0) return ''
  const step = (WIDTH - 2 * SIDE) / bands.length
  let body = `<line class="axis" x1="${SIDE}" x2="${WIDTH - SIDE}" y1="${BASE}" y2="${BASE}"/>`
  bands.forEach(({ from, rows }, index) => {
    const height = rows === 0 ? 0 : Math.max(2, ((BASE - TOP) * rows) / most)
    const x = SIDE + index * step
    if (rows > 0) body += bar(x + step * 0.12, BASE - height, step * 0.76, height, from >= 0.8 ? 'high' : from >= 0.4 ? 'middle' : 'low', 3)
    body += label(x + step / 2, BASE - height - 7, formatCount(rows), 'class="figures" text-anchor="middle"')
    const next = bands[index + 1]?.from
    const range = next === undefined ? (from >= 1 ? '1' : `${px(from)}–1`) : `${px(from)}–${px(next)}`
    body += label(x + step / 2, BASE + 18, range, 'class="quiet" text-anchor="middle"')
  })
  const x = SIDE + (WIDTH - 2 * SIDE) * Math.min(1, Math.max(0, meanPosition(bands, mean)))
  body += `<line class="mean" x1="${px(x)}" x2="${px(x)}" y1="${TOP - 10}" y2="${BASE}"/>`
  const right = x > WIDTH / 2
  body += label(right ? x - 6 : x + 6, 12, `mean ${Math.round(mean * 100) / 100}`, `class="strong" text-anchor="${right ? 'end' : 'start'}"`)
  body += label(WIDTH / 2, BASE + 36, 'quality score', 'class="quiet" text-anchor="middle"')
  return svg('quality', WIDTH, HEIGHT, 'Quality scores', bands.map(({ from, rows }) => `from ${px(from)}: ${formatNumber(rows, 'row')}`).join('; '), body)
}

/** Where the mean lies along bands that need not be equally wide, 0 to 1. */
function meanPosition(bands: Report['score']['bands'], mean: number): number {
  for (let index = bands.length - 1; index >= 0; index--) {
    const { from } = bands[index]!
    if (mean < from) continue
    const to = bands[index + 1]?.from ?? 1
    return (index + (to > from ? Math.min(1, (mean - from) / (to - from)) : 0.5)) / bands.length
  }
  return 0
}
