/** The plots of the linkage page: how the pairs lie by weight, and what the model learnt. */
import { log2 } from '../../linkage/logarithm.ts'
import type { LinkModel } from '../../linkage/stages.ts'
import { formatCount } from '../../report/format.ts'
import { bar, CHARACTER, clip, label, px, svg } from '../../report/plot/svg.ts'
import type { LinkageReport } from '../content.ts'
import { signed } from '../pair-svg.ts'

const [WIDTH, HEIGHT, TOP, BASE, LEFT, RIGHT] = [1040, 320, 44, 262, 64, 20]

/** Pairs by match weight, on a logarithmic scale, with the share of each bar that is expected to match. */
export function weightsPlot({ model: { histogram }, thresholds }: LinkageReport): string {
  if (histogram.length === 0) return ''
  const step = 1
  const low = Math.min(Math.floor(histogram[0]!.from / 1000), Math.floor(thresholds.review_weight)) - 1
  const high = Math.max(Math.floor(histogram.at(-1)!.from / 1000) + step, Math.ceil(thresholds.match_weight)) + 1
  const most = Math.max(10, ...histogram.map(({ pairs }) => pairs))
  const scale = (WIDTH - LEFT - RIGHT) / (high - low)
  const x = (bits: number): number => LEFT + (bits - low) * scale
  const height = (pairs: number): number => (pairs <= 0 ? 0 : ((BASE - TOP) * log2(1 + pairs)) / log2(1 + most))
  let body = `<rect class="zone" x="${px(x(thresholds.review_weight))}" y="${TOP - 14}" width="${px(x(thresholds.match_weight) - x(thresholds.review_weight))}" height="${BASE - TOP + 14}"/>`
  for (let tick = 1; tick <= most; tick *= 10) {
    const y = BASE - height(tick)
    body += `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${px(y)}" y2="${px(y)}"/>` + label(LEFT - 8, y + 4, formatCount(tick), 'class="quiet" text-anchor="end"')
  }
  for (const { from, pairs, expected } of histogram) {
    const left = x(from / 1000) + scale * 0.08
    const width = Math.max(1, scale * 0.84)
    body += bar(left, BASE - height(pairs), width, height(pairs), 'others')
    const matching = height(Math.min(pairs, expected))
    if (matching > 0.5) body += bar(left, BASE - matching, width, matching, 'expected')
  }
  body += `<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${BASE}" y2="${BASE}"/>`
  const every = high - low > 60 ? 10 : high - low > 24 ? 5 : 2
  for (let tick = Math.ceil(low / every) * every; tick <= high; tick += every) body += label(x(tick), BASE + 18, tick < 0 ? `−${-tick}` : String(tick), 'class="quiet" text-anchor="middle"')
  const limit = (bits: number, text: string, anchor: 'end' | 'start'): string => `<line class="limit" x1="${px(x(bits))}" x2="${px(x(bits))}" y1="${TOP - 26}" y2="${BASE}"/>` + label(x(bits) + (anchor === 'end' ? -6 : 6), TOP - 18, text, `class="strong" text-anchor="${anchor}"`)
  body += limit(thresholds.review_weight, `review from ${Math.round(thresholds.review * 1000) / 10}%`, 'end') + limit(thresholds.match_weight, `merged from ${Math.round(thresholds.match * 1000) / 10}%`, 'start')
  body += label((LEFT + WIDTH - RIGHT) / 2, BASE + 42, 'match weight of a pair, in bits: left of 0 against, right of it for', 'class="quiet" text-anchor="middle"')
  return svg('weights', WIDTH, HEIGHT, 'Pairs by match weight', histogram.map(({ from, pairs }) => `${from / 1000} bits: ${formatCount(pairs)} pairs`).join('; '), body)
}

/** Agreement levels of every comparison: how often among matches (m), how often among others (u), and the weight that follows. */
export function modelPlot({ comparisons }: LinkModel): string {
  const levels = comparisons.reduce((sum, comparison) => sum + comparison.levels.length, 0)
  if (levels === 0) return ''
  const [name, level, share, row, gap] = [17 * CHARACTER, 30 * CHARACTER * 0.88, 190, 27, 16]
  const shareX = name + level
  const bitsX = shareX + share + 84
  const room = WIDTH - bitsX - 56
  const largest = Math.max(1, ...comparisons.flatMap(comparison => comparison.levels.map(({ weight }) => Math.abs(weight) / 1000)))
  const low = Math.max(...comparisons.flatMap(comparison => comparison.levels.map(({ weight }) => -weight / 1000)), 0)
  const zero = bitsX + 46 + (room - 46) * (low / (low + largest))
  const scale = (room - 46) / (low + largest)
  const shown = (value: number): string => (value >= 0.0995 ? `${Math.round(value * 100)}%` : value >= 0.00095 ? `${Math.round(value * 1000) / 10}%` : value > 0 ? `${String(Math.round(value * 1_000_000) / 10_000)}%` : '0%')
  let y = 30
  let body = label(shareX, 14, 'share of pairs: matches, others', 'class="quiet"') + label(zero, 14, 'weight, bits', 'class="quiet" text-anchor="middle"')
  comparisons.forEach(comparison => {
    body += label(0, y + 17, clip(comparison.name, 16), 'class="strong"')
    comparison.levels.forEach(({ label: says, m, u, weight }) => {
      body += label(name + level - 12, y + 17, clip(says, 35), 'text-anchor="end"')
      body += bar(shareX, y + 3, Math.max(1, share * m), 9, 'm', 1) + bar(shareX, y + 13, Math.max(1, share * u), 9, 'u', 1)
      body += label(shareX + share + 8, y + 12, shown(m), 'class="quiet"') + label(shareX + share + 8, y + 23, shown(u), 'class="quiet"')
      const bits = weight / 1000
      const [start, end] = [Math.min(zero, zero + bits * scale), Math.max(zero, zero + bits * scale)]
      body += bar(start, y + 4, Math.max(1, end - start), 17, bits >= 0 ? 'agree' : 'differ')
      body += label(bits >= 0 ? end + 5 : start - 5, y + 17, signed(bits), `class="figures" text-anchor="${bits >= 0 ? 'start' : 'end'}"`)
      y += row
    })
    y += gap
    body += `<line class="grid" x1="0" x2="${WIDTH}" y1="${y - gap / 2}" y2="${y - gap / 2}"/>`
  })
  body += `<line class="axis" x1="${px(zero)}" x2="${px(zero)}" y1="24" y2="${y - gap}"/>`
  return svg('model', WIDTH, y, 'What the model learnt', comparisons.map(comparison => `${comparison.name}: ${comparison.levels.map(({ label: says, weight }) => `${says} ${signed(weight / 1000)}`).join(', ')}`).join('; '), body)
}
