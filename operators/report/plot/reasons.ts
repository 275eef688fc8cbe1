/** Horizontal bars of counts by name. */
import { formatCount } from '../format.ts'
import { bar, CHARACTER, clip, label, px, svg } from './svg.ts'

const WIDTH = 600
/** Characters of a name. */
const LABEL = 32
const LEFT = LABEL * CHARACTER + 14
const RIGHT = 70
const ROW = 26
const MOST = 12

export interface Bar {
  readonly name: string
  readonly count: number
  /** Class of the bar, which gives its colour. */
  readonly kind: string
}

/** The plot of the largest bars; '' when there is none. `id` is unique on the page. */
export function barsPlot(id: string, title: string, bars: readonly Bar[]): string {
  if (bars.length === 0) return ''
  const shown = bars.slice(0, MOST)
  const rest = bars.slice(MOST)
  if (rest.length > 0) shown.push({ name: `${rest.length} more`, count: rest.reduce((sum, { count }) => sum + count, 0), kind: 'quiet-bar' })
  const most = shown.reduce((largest, { count }) => Math.max(largest, count), 1)
  const height = shown.length * ROW + 8
  let body = `<line class="axis" x1="${LEFT}" x2="${LEFT}" y1="0" y2="${px(height)}"/>`
  shown.forEach(({ name, count, kind }, index) => {
    const y = 4 + index * ROW
    const width = Math.max(2, ((WIDTH - LEFT - RIGHT) * count) / most)
    body += label(LEFT - 10, y + 15, clip(name, LABEL), 'text-anchor="end"')
    body += bar(LEFT, y + 3, width, 17, kind)
    body += label(LEFT + width + 8, y + 16, formatCount(count), 'class="figures"')
  })
  return svg(id, WIDTH, height, title, shown.map(({ name, count }) => `${name}: ${formatCount(count)}`).join('; '), body)
}
