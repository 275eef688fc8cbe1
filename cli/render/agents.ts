/** Text of the commands about agents: what waits for approval, and the log of their calls. */
import { count, countOf, pairsText, printable, tableText } from './paint.ts'
import type { RenderOptions } from './index.ts'

export function approvalsText(result: any, { paint }: RenderOptions): string {
  if (result.approvals.length === 0) return 'nothing waits for approval'
  const rows = result.approvals.map((approval: any) => [approval.id, approval.granted_at === null ? paint.yellow('waits') : paint.green('approved'), approval.asked_at, printable(approval.tool), approval.kinds.join(', '), printable(JSON.stringify(approval.arguments))])
  return `${tableText(['id', 'state', 'asked at', 'tool', 'for', 'arguments'], rows, paint)}\n\n${paint.dim('hotpass mcp approve ID lets a call go through, once')}`
}

export function approveText(result: any, { paint }: RenderOptions): string {
  return result.approved ? `${paint.green('approved')}  ${result.id}; the agent can make the same call again, once, within ${Math.round(result.valid_seconds / 60)} minutes` : `${paint.yellow('not approved')}  ${result.id}`
}

export function auditVerifyText(result: any, { paint }: RenderOptions): string {
  const problems = result.problems.map(({ line, what }: any) => `${paint.red('fault')}  ${line === 0 ? printable(result.log) : `line ${line}`}: ${printable(what)}`)
  const verdict = result.valid ? paint.green('whole') : paint.red('broken')
  return [...problems, ...(problems.length === 0 ? [] : ['']), pairsText([['audit log', `${printable(result.log)}, ${countOf(result.lines, 'line')}`], ['verdict', verdict], ...(result.unfinished_bytes === 0 ? [] : [['unfinished', `${count(result.unfinished_bytes)} bytes of a line that was never finished`] as const]), ['head', `sha256:${result.head}`]], paint)].join('\n')
}

export function auditShowText(result: any, { paint }: RenderOptions): string {
  const colour = (outcome: string): string => (outcome === 'ok' || outcome === 'started' ? outcome : outcome === 'failed' ? paint.red(outcome) : paint.yellow(outcome))
  const rows = result.lines.map((line: any) => [String(line.sequence), line.time, printable(line.what), colour(line.outcome), printable(line.code), printable(line.run_id.slice(0, 16)), line.flags.length === 0 ? '' : paint.yellow(String(line.flags.length)), printable(JSON.stringify(line.arguments))])
  return `${tableText(['>line', 'time', 'what', 'outcome', 'code', 'run', '>flags', 'arguments'], rows, paint)}\n\n${paint.dim(`${count(result.lines.length)} of ${countOf(result.total, 'line')}`)}`
}
