/** Text of the commands about contracts. */
import { count, countOf, printable, type Paint } from './paint.ts'
import type { RenderOptions } from './index.ts'

/** The document itself, so that it can be sent to a file; or where it is, when it was written to one. */
export function emitText(result: { readonly path: string | null; readonly document: string; readonly name: string; readonly version: string; readonly format: string }, { paint }: RenderOptions): string {
  return result.path === null ? result.document.replace(/\n$/, '') : `${paint.green('written')}  ${result.path}  ${paint.dim(`${result.name} ${result.version}, ${result.format}`)}`
}

function signOf(check: any, paint: Paint): string {
  if (check.outcome === 'passed') return paint.green('passed ')
  if (check.outcome === 'skipped') return paint.dim('skipped')
  return check.severity === 'error' ? paint.red('failed ') : paint.yellow('warning')
}

function verdictOf(verdict: string, paint: Paint): string {
  if (verdict === 'holds') return paint.green('holds')
  if (verdict === 'holds-in-part') return paint.yellow('what was checked holds')
  return paint.red(verdict === 'broken' ? 'broken' : 'nothing was checked')
}

/** Failures with their cells; what passed is counted, and listed with --verbose by --json alone. */
export function validateText(result: any, { paint }: RenderOptions): string {
  const { contract, data, counts, checks } = result
  const lines = [`${paint.bold(printable(data.file))}${data.sheet === '' ? '' : ` › ${printable(data.sheet)}`}, ${countOf(data.rows, 'row')}, held to ${printable(contract.name)} ${contract.version} (${contract.format}, table ${contract.table})`, '']
  for (const check of checks.filter((each: any) => each.outcome !== 'passed')) {
    lines.push(`${signOf(check, paint)}  ${paint.cyan(check.id)}  ${printable(check.message)}${check.outcome === 'failed' ? paint.dim(`  ${check.code}`) : ''}`)
    if (check.description !== '') lines.push(paint.dim(`           ${printable(check.description)}`))
    for (const example of check.examples) lines.push(`           ${[example.file, example.sheet, example.cell || `row ${example.row}`].filter((part: string) => part !== '').map(printable).join(' › ')}${example.value === null ? '' : `: ${printable(example.value)}`}`)
    if (check.examples.length > 0 && check.failed > check.examples.length) lines.push(paint.dim(`           and ${count(check.failed - check.examples.length)} more`))
  }
  for (const { row, reason } of data.set_aside.slice(0, 20)) lines.push(`${paint.dim('aside  ')}  row ${row}: ${reason}`)
  if (data.set_aside.length > 20) lines.push(paint.dim(`           and ${count(data.set_aside.length - 20)} more`))
  for (const { where, what } of result.unmapped) lines.push(`${paint.dim('unread ')}  ${printable(where)}: ${printable(what)}`)
  if (lines.at(-1) !== '') lines.push('')
  const parts = [`${count(counts.passed)} passed`, ...(counts.failed > 0 ? [`${count(counts.failed)} failed`] : []), ...(counts.warned > 0 ? [`${count(counts.warned)} ${counts.warned === 1 ? 'warning' : 'warnings'}`] : []), ...(result.not_checked > 0 ? [`${countOf(result.not_checked, 'rule')} not checked`] : [])]
  lines.push(`${verdictOf(result.verdict, paint)}: ${parts.join(', ')}`)
  return lines.join('\n')
}

export function importText(result: { readonly path: string | null; readonly profile: string; readonly name: string; readonly format: string; readonly fields: number; readonly unmapped: readonly unknown[] }, { paint }: RenderOptions): string {
  return result.path === null ? result.profile.replace(/\n$/, '') : `${paint.green('written')}  ${result.path}  ${paint.dim(`${result.name}, ${countOf(result.fields, 'field')}, from ${result.format}; ${result.unmapped.length} not taken`)}`
}

export function contractsDiffText(result: any, { paint }: RenderOptions): string {
  const side = ({ name, version, format }: any): string => `${printable(name)} ${printable(version)} (${format})`
  const lines = [`${side(result.from)} → ${side(result.to)}`, '']
  const shown = result.changes.map(({ change, table, field, breaking, message }: any) => `${breaking ? paint.red('breaks  ') : paint.dim('        ')}  ${change.padEnd(9)}  ${paint.cyan(printable(field === '' ? table : `${table}.${field}`))}  ${printable(message)}`)
  lines.push(...shown, ...(shown.length === 0 ? [] : ['']))
  lines.push(result.changes.length === 0 ? paint.green('no difference') : result.compatible ? `${paint.green('compatible')}: ${countOf(result.changes.length, 'change')}, none breaks` : `${paint.red('breaks')}: ${result.breaking} of ${countOf(result.changes.length, 'change')}`)
  if (!result.version_tells) lines.push(paint.yellow(`the version does not tell: ${printable(result.from.version)} → ${printable(result.to.version)}; raise its first number`))
  return lines.join('\n')
}
