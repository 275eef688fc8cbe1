/** Text of the commands about runs: run, replay, runs, diff, bundle. */
import type { Json, JsonObject } from '../../kernel/types.ts'
import { count, countOf, cut, duration, pairsText, printable, short, size, tableText, type Paint } from './paint.ts'
import type { RenderOptions } from './index.ts'

interface Finding { readonly code: string; readonly severity: string; readonly message: string }
interface Step { readonly step: string; readonly operator_id: string; readonly outcome: string; readonly cache: string | null; readonly duration_ms: number | null }

function verdictText(verdict: string, paint: Paint): string {
  if (verdict === 'succeeded' || verdict === 'identical') return paint.green(verdict)
  return verdict === 'degraded' ? paint.yellow(verdict) : paint.red(verdict)
}

/** `38 rows in = 31 used + 6 merged + 1 quarantined (0 set aside, 1 broke a rule)`, as far as it was counted. */
export function countsText(counts: JsonObject): string {
  if (counts['rows_in'] === undefined) return 'none'
  const value = (name: string): number => Number(counts[name] ?? 0)
  const split = value('quarantined') === 0 || counts['set_aside'] === undefined ? '' : ` (${count(value('set_aside'))} set aside, ${count(value('broke_rule'))} broke a rule)`
  return `${countOf(value('rows_in'), 'row')} in = ${count(value('used'))} used + ${count(value('merged'))} merged + ${count(value('quarantined'))} quarantined${split}`
}

/** Findings of one code in one line, worst first. */
function findingsText(findings: readonly Finding[], paint: Paint): string[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) groups.set(finding.code, [...(groups.get(finding.code) ?? []), finding])
  return [...groups.values()].slice(0, 12).map(group => {
    const first = group[0]!
    const label = first.severity === 'error' ? paint.red('error  ') : paint.yellow('warning')
    const more = group.length === 1 ? '' : paint.dim(` (and ${group.length - 1} more like it)`)
    return `${label}  ${printable(`${first.code}: ${first.message}`)}${more}`
  })
}

export function runText(result: any, { paint }: RenderOptions): string {
  // What ended the run is told by itself, below.
  const told = result.error ?? null
  const errors = (result.errors as readonly Finding[]).filter(({ code, message }) => told === null || code !== told.code || message !== told.message)
  const notes = findingsText([...errors, ...result.warnings], paint)
  const quality = result.counts.quality_mean === undefined ? [] : [['quality', `${result.counts.quality_mean} on average`] as const]
  const entities = result.counts.rows_out === undefined ? [] : [['dataset', countOf(result.counts.rows_out, 'row')] as const]
  const outputs = (result.outputs as readonly { path: string; hash: string; bytes: number }[]).map(({ path, hash, bytes }) => [path, size(bytes), `sha256:${hash.slice(0, 16)}…`])
  return [
    ...notes,
    ...(notes.length > 0 ? [''] : []),
    pairsText(
      [
        ['run', `${paint.bold(result.run_id)}${result.attempt === 1 ? '' : `, attempt ${result.attempt}`}`],
        ['mode', result.mode],
        ['verdict', `${verdictText(result.verdict, paint)} in ${duration(result.duration_ms)}, ${result.cache.hits} of ${result.cache.hits + result.cache.misses} steps from the cache`],
        ['counts', countsText(result.counts)],
        ...entities,
        ...quality,
        ['record', `sha256:${result.record_hash}`],
        ['ledger', `sha256:${result.ledger_head}`]
      ],
      paint
    ),
    ...(outputs.length === 0 ? [] : ['', tableText(['output', '>size', 'digest'], outputs, paint)]),
    '',
    `${paint.bold('Next')}\n${(result.next as readonly string[]).map(line => `  ${line}`).join('\n')}`
  ].join('\n')
}

export function replayText(result: any, { paint }: RenderOptions): string {
  const lines = [
    pairsText(
      [
        ['run', `${paint.bold(result.run_id)}, attempt ${result.attempt}`],
        ['verdict', verdictText(result.verdict, paint)],
        ['compared', `${countOf(result.steps_compared, 'step')}, ${countOf(result.operator_calls, 'operator')} run again`]
      ],
      paint
    )
  ]
  for (const difference of result.differences.slice(0, 5)) {
    lines.push('', `${paint.red(difference.step)} (${difference.operator_id}) differs in ${difference.parts.join(', ')}`)
    for (const artifact of difference.artifacts) {
      lines.push(`  ${artifact.slot}: ${artifact.before === null ? 'none' : short(artifact.before)} → ${artifact.after === null ? 'none' : short(artifact.after)}`)
      for (const cell of artifact.cells) lines.push(`    ${placeOf(cell)}: ${changeText(cell.before, cell.after)}`)
    }
  }
  if (result.differences.length > 5) lines.push('', `and ${countOf(result.differences.length - 5, 'more step')}`)
  for (const file of result.published) lines.push(`${paint.red('output')} ${file.suffix}: ${file.before === null ? 'none' : short(file.before)} → ${file.after === null ? 'none' : short(file.after)}`)
  for (const note of result.notes) lines.push('', printable(note))
  if (result.masked) lines.push('', paint.dim('personal values are masked; --reveal shows them'))
  return lines.join('\n')
}

const valueText = (value: Json): string => (value === null ? 'nothing' : printable(JSON.stringify(value)))

/** Characters of a long text that are shown before and after the place where it changed. */
const [BEFORE, AFTER] = [24, 48]

/** `"a" → "b"`; of long texts the part where they begin to differ. */
function changeText(before: Json, after: Json): string {
  if (typeof before !== 'string' || typeof after !== 'string' || Math.max(before.length, after.length) <= BEFORE + AFTER) return `${valueText(before)} → ${valueText(after)}`
  let at = 0
  while (at < before.length && before[at] === after[at]) at++
  const from = Math.max(0, at - BEFORE)
  const part = (text: string): string => `${from > 0 ? '…' : ''}${valueText(text.slice(from, at + AFTER).toWellFormed())}${text.length > at + AFTER ? '…' : ''}`
  return `${part(before)} → ${part(after)}`
}

function placeOf(cell: any): string {
  const parts = [cell.where, cell.table, cell.row === undefined ? undefined : `row ${cell.row}`, cell.column, cell.path, cell.offset === undefined ? undefined : `byte ${cell.offset}`]
  return parts.filter(part => part !== undefined).join(' ')
}

export function runsListText(result: any, { paint }: RenderOptions): string {
  if (result.runs.length === 0) return 'no run yet; hotpass run makes one'
  const rows = result.runs.map((run: any) => [
    String(run.sequence),
    run.run_id.slice(0, 16),
    String(run.attempt),
    verdictText(run.outcome, paint),
    run.mode,
    run.profile ?? '',
    run.started_at,
    duration(run.duration_ms),
    `${run.cache.hits}/${run.cache.hits + run.cache.misses}`,
    count(Number(run.counts.rows_in ?? 0))
  ])
  const more = result.total > result.runs.length ? paint.dim(`\n${result.total - result.runs.length} more; --limit shows them`) : ''
  return `${tableText(['>#', 'run', '>attempt', 'outcome', 'mode', 'profile', 'started', '>took', '>cached', '>rows in'], rows, paint)}${more}`
}

export function runsShowText(result: any, { paint }: RenderOptions): string {
  const steps = (result.steps as readonly Step[]).map(step => [step.step, step.operator_id, verdictText(step.outcome, paint), step.cache ?? '', step.duration_ms === null ? '' : duration(step.duration_ms)])
  const notes = findingsText([...result.errors, ...result.warnings], paint)
  return [
    pairsText(
      [
        ['run', `${paint.bold(result.run_id)}, attempt ${result.attempt} of ${result.attempts}`],
        ['outcome', verdictText(result.outcome, paint)],
        ['mode', result.mode],
        ['profile', result.profile ?? ''],
        ['as of', result.pins.as_of ?? 'not pinned'],
        ['started', result.observed.started_at],
        ['took', duration(result.observed.cost.duration_ms)],
        ['counts', countsText(result.counts)],
        ['config', `sha256:${result.config_hash}`],
        ['record', `sha256:${result.record_hash}`]
      ],
      paint
    ),
    '',
    tableText(['input', '>size', 'digest'], result.inputs.map((input: any) => [printable(input.id), size(input.bytes), `sha256:${input.hash.slice(0, 16)}…`]), paint),
    '',
    tableText(['step', 'operator', 'outcome', 'cache', '>time'], steps, paint),
    ...(result.outputs.length === 0 ? [] : ['', tableText(['output', '>size', 'digest'], result.outputs.map((file: any) => [file.suffix, size(file.bytes), `sha256:${file.hash.slice(0, 16)}…`]), paint)]),
    ...(notes.length === 0 ? [] : ['', ...notes])
  ].join('\n')
}

export function diffText(result: any, { paint, columns }: RenderOptions): string {
  const { causes, rows } = result
  const lines = [`${paint.bold(result.from)} → ${paint.bold(result.to)}`, '', paint.bold('Causes')]
  for (const { id, change } of causes.inputs) lines.push(`  input ${printable(id)} ${change}`)
  for (const { key, from, to } of causes.config) lines.push(`  setting ${key}: ${cut(valueText(from), Math.floor(columns / 3))} → ${cut(valueText(to), Math.floor(columns / 3))}`)
  for (const { operator, from, to } of causes.operators) lines.push(`  operator ${operator}: ${from ?? 'none'} → ${to ?? 'none'}`)
  for (const id of causes.implementations) lines.push(`  code of ${id} under the same version`)
  if (causes.mode !== null) lines.push(`  mode: ${causes.mode.from} → ${causes.mode.to}`)
  for (const { pin, from, to } of causes.pins) lines.push(`  pin ${pin}: ${valueText(from)} → ${valueText(to)}`)
  if (lines.length === 3) lines.push('  none: inputs, settings, operators and pins are the same')
  if (result.first_step !== null) lines.push(`  ${paint.dim(`the first step with another result is ${result.first_step}`)}`)
  lines.push('', paint.bold('Dataset'))
  if (result.identical) return [...lines, '  identical'].join('\n')
  lines.push(`  ${count(rows.from)} → ${countOf(rows.to, 'row')}: ${count(rows.added)} added, ${count(rows.removed)} removed, ${count(rows.changed)} changed in ${countOf(result.cells_changed, 'cell')}, ${count(rows.same)} the same`)
  if (result.key.length > 0) lines.push(`  ${paint.dim(`rows are paired by ${result.key.join(', ')}`)}`)
  for (const name of result.columns.added) lines.push(`  ${paint.green('+ column')} ${printable(name)}`)
  for (const name of result.columns.removed) lines.push(`  ${paint.red('- column')} ${printable(name)}`)
  for (const key of result.added) lines.push(`  ${paint.green('+')} ${printable(key)}`)
  for (const key of result.removed) lines.push(`  ${paint.red('-')} ${printable(key)}`)
  for (const cell of result.changed) lines.push(`  ${paint.yellow('~')} ${printable(cell.key)}, ${cell.column}: ${valueText(cell.from)} → ${valueText(cell.to)}`)
  return lines.join('\n')
}

export function bundleText(result: any, { paint }: RenderOptions): string {
  return [
    pairsText(
      [
        ['bundle', `${paint.bold(result.path)}, ${size(result.bytes)}`],
        ['run', `${result.run_id}, ${result.attempts.length} ${result.attempts.length === 1 ? 'attempt' : 'attempts'}`],
        ['digest', `sha256:${result.hash}`],
        ['ledger', `sha256:${result.ledger_head}`]
      ],
      paint
    ),
    '',
    `${paint.bold('Next')}\n  hotpass replay ${/\s/.test(result.path) ? `"${result.path}"` : result.path}`
  ].join('\n')
}
