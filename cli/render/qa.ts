/** Text of `hotpass qa`. */
import type { QualityGate } from '../../schemas/generated/quality-gate.ts'
import type { RenderOptions } from './index.ts'
import { printable, type Paint } from './paint.ts'

const MARKS = (paint: Paint): Readonly<Record<string, string>> => ({ passed: paint.green('passed    '), failed: paint.red('failed    '), 'not-built': paint.yellow('not built '), incomplete: paint.yellow('incomplete'), 'not-run': paint.yellow('not run   ') })

export function qaText(result: any, { paint }: RenderOptions): string {
  const marks = MARKS(paint)
  const blocks = (result.gates as readonly (QualityGate & { readonly summary: string })[]).map(gate => {
    const open = gate.checks.filter(({ status }) => status !== 'passed')
    const lines = open.slice(0, 12).map(({ name, status, message }) => `    ${marks[status]}  ${printable(name)}: ${printable(message)}`)
    const more = open.length > lines.length ? [paint.dim(`    and ${open.length - lines.length} more in ${gate.summary}`)] : []
    const out = result.excepted.includes(gate.gate) ? paint.dim(' (excepted)') : ''
    return [`${marks[gate.status]}  ${paint.bold(gate.title)}${out}  ${paint.dim(`${gate.counts.passed} of ${gate.checks.length} passed in ${gate.seconds.toFixed(1)} s`)}`, ...lines, ...more].join('\n')
  })
  const colour = result.verdict === 'failed' ? paint.red : result.verdict === 'incomplete' ? paint.yellow : paint.green
  return [...blocks, '', `verdict  ${colour(result.verdict)}`].join('\n')
}
