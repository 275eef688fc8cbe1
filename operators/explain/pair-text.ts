/** The waterfall of a pair as text, in columns. */
import { percent, type PairExplanation } from './pair.ts'
import { signed, stepTitle } from './pair-svg.ts'

const BAR = 24

/** One line per step. `columns` is the width of the terminal. */
export function waterfallText({ a, b, values, steps, weight, probability, verdict, found_by }: PairExplanation, columns: number): string {
  const room = Number.isFinite(columns) ? Math.max(60, columns) : 160
  const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width))
  const shown = values.filter(value => value.a !== '' || value.b !== '')
  const field = Math.min(24, Math.max(6, ...shown.map(value => value.field.length)))
  const side = Math.max(12, Math.min(48, Math.floor((room - field - 8) / 2)))
  const name = (record: PairExplanation['a']): string => (record.source === '' ? record.id : `${record.id} (${record.source})`)
  const lines = [`${' '.repeat(field)}  ${cut(name(a), side)}    ${cut(name(b), side)}`.trimEnd()]
  for (const value of shown) lines.push(`${cut(value.field, field)}  ${cut(value.a, side)}  ${value.a === '' || value.b === '' ? ' ' : value.same ? '=' : '≠'}  ${cut(value.b, side)}`.trimEnd())
  lines.push('')
  const most = Math.max(1, ...steps.map(step => Math.abs(step.weight)), Math.abs(weight))
  const title = Math.min(24, Math.max(8, ...steps.map(step => stepTitle(step).length)))
  const line = (head: string, bits: number, says: string): string => {
    const length = Math.round((Math.abs(bits) / most) * BAR)
    const drawn = bits < 0 ? `${' '.repeat(BAR - length)}${'▒'.repeat(length)}│${' '.repeat(BAR)}` : `${' '.repeat(BAR)}│${'█'.repeat(length)}${' '.repeat(BAR - length)}`
    return `${cut(head, title)} ${signed(bits).padStart(6)}  ${drawn}  ${says}`.trimEnd()
  }
  for (const step of steps) lines.push(line(stepTitle(step), step.weight, step.level))
  lines.push(line('together', weight, `${percent(probability)} likely the same`))
  lines.push('', `${verdict}`, `found by ${found_by}`)
  return `${lines.join('\n')}\n`
}
