/** The waterfall of a pair as SVG: what each comparison adds or takes, and where the pair ends. */
import { bar, clip, CHARACTER, label, px, svg } from '../report/plot/svg.ts'
import { percent, type PairExplanation, type WaterfallStep } from './pair.ts'

const WIDTH = 860
const ROW = 34
const TOP = 10
const NAME = 15
const LEFT = NAME * CHARACTER + 16
const LEVEL = 34
const RIGHT = LEVEL * CHARACTER * 0.86 + 24

/** `+9.6`, `−4.3`, `0.0`. */
export function signed(bits: number): string {
  const rounded = Math.round(bits * 10) / 10
  const text = (Math.abs(rounded)).toFixed(1)
  return rounded > 0 ? `+${text}` : rounded < 0 ? `−${text}` : text
}

export function stepTitle(step: WaterfallStep): string {
  return step.kind === 'prior' ? 'start' : step.kind === 'rarity' ? 'rarity' : step.name
}

/** `id` is unique on the page. */
export function waterfallSvg(id: string, { steps, weight, probability }: PairExplanation): string {
  const sums = steps.flatMap(({ sum, weight: own }) => [sum, sum - own])
  const low = Math.min(0, ...sums)
  const high = Math.max(0, ...sums)
  const span = Math.max(1, high - low)
  const scale = (WIDTH - LEFT - RIGHT) / span
  const x = (bits: number): number => LEFT + (bits - low) * scale
  const height = TOP + (steps.length + 1) * ROW + 26
  const base = TOP + (steps.length + 1) * ROW
  let body = `<line class="axis" x1="${px(x(0))}" x2="${px(x(0))}" y1="${TOP - 6}" y2="${px(base)}"/>`
  steps.forEach((step, index) => {
    const { sum, weight: own, level } = step
    const y = TOP + index * ROW
    const from = step.kind === 'prior' ? 0 : sum - own
    const [start, end] = [Math.min(x(from), x(sum)), Math.max(x(from), x(sum))]
    const kind = step.kind === 'prior' ? 'source' : own > 0 ? 'agree' : own < 0 ? 'differ' : 'quiet-bar'
    body += label(LEFT - 12, y + 19, clip(stepTitle(step), NAME), 'text-anchor="end"')
    body += bar(start, y + 5, Math.max(2, end - start), 20, kind)
    const inside = end - start > 46
    const right = end + 44 < WIDTH - RIGHT
    body += inside
      ? label((start + end) / 2, y + 19, signed(own), 'class="figures on" text-anchor="middle"')
      : label(right ? end + 6 : start - 6, y + 19, signed(own), `class="figures" text-anchor="${right ? 'start' : 'end'}"`)
    body += `<line class="grid" x1="${px(x(sum))}" x2="${px(x(sum))}" y1="${y + 25}" y2="${y + ROW + 5}"/>`
    body += label(WIDTH - RIGHT + 18, y + 19, clip(level, LEVEL), 'class="quiet"')
  })
  const y = TOP + steps.length * ROW
  const [start, end] = [Math.min(x(0), x(weight)), Math.max(x(0), x(weight))]
  body += label(LEFT - 12, y + 19, 'together', 'class="strong" text-anchor="end"')
  body += bar(start, y + 5, Math.max(2, end - start), 20, 'after')
  body += end - start > 46 ? label((start + end) / 2, y + 19, signed(weight), 'class="figures on" text-anchor="middle"') : label(end + 6, y + 19, signed(weight), 'class="figures"')
  body += label(WIDTH - RIGHT + 18, y + 19, `${percent(probability)} likely the same`, 'class="strong"')
  body += label(x(0), base + 18, '0', 'class="quiet" text-anchor="middle"') + label(LEFT - 12, base + 18, 'bits', 'class="quiet" text-anchor="end"')
  return svg(id, WIDTH, height, 'Match weights', steps.map(step => `${stepTitle(step)}: ${signed(step.weight)} (${step.level})`).join('; ') + `; together ${signed(weight)} bits, ${percent(probability)}`, body)
}
