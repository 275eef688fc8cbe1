/** Text of the commands about entities. */
import { countOf, pairsText, printable, short, tableText } from './paint.ts'
import type { RenderOptions } from './index.ts'

export function entitiesListText(result: any, { paint }: RenderOptions): string {
  const rows = (result.entities as readonly { entity_id: string; state: string; since: number; records: number; now: string | null }[]).map(({ entity_id, state, since, records, now }) => [entity_id, state, String(records), String(since), now === null || now === entity_id ? '' : now])
  const more = result.total > rows.length ? `\n${paint.dim(`and ${result.total - rows.length} more; --limit shows them`)}` : ''
  const { live, merged, retired } = result.counts
  const head = `${countOf(live, 'entity', 'entities')}, ${merged} merged away, ${retired} retired; registry ${printable(result.from)}, generation ${result.generation}`
  return rows.length === 0 ? head : `${tableText(['entity', 'state', '>records', '>since', 'now'], rows, paint)}${more}\n\n${head}`
}

export function entityShowText(result: any, { paint }: RenderOptions): string {
  const records = result.records as readonly string[]
  const places = new Map((result.places as readonly { record: string; file: string; sheet: string; row: number }[]).map(({ record, file, sheet, row }) => [record, `${file}${sheet === '' ? '' : ` › ${sheet}`} › row ${row}`]))
  const listed = records.slice(0, 50).map(record => `\n  ${printable(record)}${places.has(record) ? `  ${paint.dim(printable(places.get(record)!))}` : ''}`).join('')
  return pairsText(
    [
      ['entity', `${paint.bold(result.entity_id)}, ${result.state}${result.state === 'merged' && result.now !== null ? ` into ${result.now}` : ''}, since generation ${result.since}`],
      ...(result.absorbed.length === 0 ? [] : [['took in', (result.absorbed as string[]).join(', ')] as const])
    ],
    paint
  ) + `\n${countOf(records.length, 'record')}${listed}${records.length > 50 ? '\n  …' : ''}`
}

const SAYS: Readonly<Record<string, (other: string) => string>> = {
  appeared: () => 'appeared',
  merged: other => `was merged into ${other}`,
  'took-in': other => `took in ${other}`,
  split: other => `came out of ${other}`,
  'gave-up': other => `gave up records to ${other}`,
  restored: other => (other === '' ? 'came back' : `was given back by ${other}`),
  retired: () => 'was retired: no record is left',
  recognised: () => 'was recognised: all its records were edited'
}

export function entityHistoryText(result: any, { paint }: RenderOptions): string {
  const lines: string[] = [`${paint.bold(result.entity_id)}, ${result.state}${result.state === 'merged' && result.now !== null ? `; its records are in ${result.now} now` : ''}`]
  for (const { generation, run_id, as_of, what, other, count, records, because } of result.history) {
    lines.push(`  ${String(generation).padStart(3)}  ${SAYS[what]!(other ?? '')}${count > 0 ? ` (${countOf(count, 'record')}: ${printable(records.slice(0, 5).join(', '))}${count > 5 ? ', …' : ''})` : ''}  ${paint.dim(`${short(run_id)}${as_of === null ? '' : `, ${as_of}`}`)}`)
    if (because !== null) lines.push(`       ${printable(`decided by ${because.by} on ${because.at}: ${because.a} and ${because.b} are ${because.decision === 'must-link' ? 'the same' : 'different'}${because.why === undefined ? '' : ` (${because.why})`}`)}`)
  }
  return lines.join('\n')
}
