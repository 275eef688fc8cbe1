/** The quarantine by reason, with masked examples and the places of their cells. */
import { columnOf, integersOf, textAt, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Report } from '../../schemas/generated/report.ts'
import type { Masker } from '../masking/masker.ts'
import type { Source } from '../model/stages.ts'
import { shorten } from './shorten.ts'

type Reason = Report['quarantine']['reasons'][number]

/** Cells of a row that an example shows. */
const MOST_CELLS = 8

/** The field that a column's values belong to: without the part of a name, null for extras. */
function fieldOf(target: string | null): string | null {
  return target === null ? null : target.replace(/\/.*$/, '')
}

/** The cells of a row, `header: value`, each masked by the field that its column was mapped to; of other columns only the shape shows. */
function maskRow(value: string, source: Source | undefined, masker: Masker): string {
  let cells: unknown
  try {
    cells = JSON.parse(value)
  } catch {
    return masker.unknown(value)
  }
  if (typeof cells !== 'object' || cells === null) return masker.unknown(value)
  const shown: string[] = []
  for (const [header, text] of Object.entries(cells as Record<string, unknown>)) {
    if (typeof text !== 'string' || text === '') continue
    if (shown.length === MOST_CELLS) {
      shown.push('…')
      break
    }
    const columns = source?.columns.filter(column => column.header === header || column.letter === header || column.extra === header) ?? []
    const fields = columns.map(({ target }) => fieldOf(target))
    const field = fields.length === 0 || fields.includes(null) ? null : (fields.find(one => masker.isPersonal(one!)) ?? fields[0]!)
    shown.push(`${header}: ${field === null ? masker.unknown(text) : masker.value(text, field)}`)
  }
  return shown.join(' · ')
}

/** Counts by reason, largest first, with the first few of each. */
export function quarantineOf(table: Table, sources: readonly Source[], masker: Masker, most: number): Report['quarantine'] {
  const column = (name: string): Column => columnOf(table, name)!
  const [level, reason, severity] = [column('level'), column('reason'), column('severity')]
  const [letter, header, field, value, detail] = [column('column'), column('header'), column('field'), column('value'), column('detail')]
  const [source, line] = [integersOf(table, 'source'), integersOf(table, 'row')]
  const groups = new Map<number, Reason>()
  let rows = 0
  let cells = 0
  const levels = level.values.length + 1
  const severities = severity.values.length + 1
  for (let row = 0; row < table.rows; row++) {
    const key = (reason.codes[row]! * levels + level.codes[row]!) * severities + severity.codes[row]!
    let group = groups.get(key)
    if (group === undefined) {
      group = { reason: textAt(reason, row) ?? '', level: textAt(level, row) ?? '', severity: textAt(severity, row) ?? '', count: 0, examples: [] }
      groups.set(key, group)
    }
    group.count++
    if (group.level === 'row') rows++
    else cells++
    if (group.examples.length >= most) continue
    const from = sources[source[row]! - 1]
    const target = fieldOf(textAt(field, row))
    const raw = textAt(value, row) ?? ''
    const masked = group.level === 'row' ? maskRow(raw, from, masker) : target === null ? masker.unknown(raw) : masker.value(raw, target)
    const at = textAt(letter, row)
    group.examples.push({
      file: textAt(column('file'), row) ?? from?.file ?? '',
      sheet: textAt(column('sheet'), row) ?? from?.sheet ?? '',
      cell: at === null ? String(line[row]!) : `${at}${line[row]!}`,
      header: textAt(header, row) ?? '',
      field: textAt(field, row) ?? '',
      value: shorten(masked),
      detail: shorten(masker.text(textAt(detail, row) ?? ''))
    })
  }
  const reasons = [...groups.values()].sort(
    (a, b) => b.count - a.count || (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : a.level < b.level ? -1 : a.level > b.level ? 1 : a.severity < b.severity ? -1 : 1)
  )
  return { rows, cells, reasons }
}
