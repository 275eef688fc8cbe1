/** The report as Markdown (GitHub's flavour): the same content as the page, without the plots. */
import type { Report } from '../../schemas/generated/report.ts'
import { escapeMarkdown, formatCount, formatNumber, formatShare } from './format.ts'
import { DECISION_HEADS, decisionRows } from './decisions.ts'
import { DIALECT_HEADS, dialectRows } from './dialects.ts'
import { BASIS } from './basis.ts'
import { leadOf } from './lead.ts'

/** Lines of one table; the JSON report has them all. */
const MOST_LINES = 200

type Cell = string | number

function table(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return '_None._\n'
  const numeric = heads.map((_, index) => typeof rows[0]![index] === 'number')
  const line = (cells: readonly Cell[]): string => `| ${cells.map(cell => (typeof cell === 'number' ? formatCount(cell) : escapeMarkdown(cell))).join(' | ')} |`
  const more = rows.length > MOST_LINES ? `\n${formatNumber(rows.length - MOST_LINES, 'more line is', 'more lines are')} in the JSON report.\n` : ''
  return `${[line(heads), `| ${numeric.map(number => (number ? '---:' : '---')).join(' | ')} |`, ...rows.slice(0, MOST_LINES).map(line)].join('\n')}\n${more}`
}

function place(file: string, sheet: string, range = ''): string {
  return `${sheet === '' ? file : `${file} › ${sheet}`}${range === '' ? '' : ` › ${range}`}`
}

/** The report as text. */
export function markdownReport(report: Report): string {
  const { files, reconciliation, sheets, fill, sources, extras, joins, conflicts, personal, loss, quarantine, budgets, unknown, score, changed } = report
  const { total } = reconciliation
  const decisions = decisionRows(sheets, place)
  const section = (heading: string, body: string): string => `## ${heading}\n\n${body}`
  const parts = [
    `# ${escapeMarkdown(report.title)}\n\n${escapeMarkdown(leadOf(report))}\n\nRun: ${report.run_id}\n`,
    section(
      'Where the rows went',
      `__${formatNumber(total.rows_in, 'row')} in = ${formatCount(total.used)} used + ${formatCount(total.merged)} merged + ${formatCount(total.quarantined)} quarantined__${total.balanced ? '' : ' (the sum does not hold)'}\n\n` +
        table(
          ['Table', 'Role', 'Rows in', 'Used', 'Merged', 'Quarantined', 'Sum'],
          [...reconciliation.tables.map(({ file, sheet, range, role, counts }) => [place(file, sheet, range), role, counts.rows_in, counts.used, counts.merged, counts.quarantined, counts.balanced ? 'holds' : 'differs']),
            ['Total', '', total.rows_in, total.used, total.merged, total.quarantined, total.balanced ? 'holds' : 'differs']]
        )
    ),
    section('Sheets', table(['Sheet', 'State', 'Rows with content', 'Rows of data', 'Rows that are no data', 'Sum'], sheets.map(sheet => [place(sheet.file, sheet.sheet), sheet.state, sheet.rows_present, sheet.rows_data, sheet.rows_excluded, sheet.balanced ? 'holds' : 'differs']))),
    section('Delimited text', table(DIALECT_HEADS, dialectRows(files))),
    section('Rows that are no data', table(['Sheet', 'Reason', 'Rows', 'Where'], sheets.flatMap(({ file, sheet, excluded }) => excluded.filter(({ rows }) => rows > 0).map(({ reason, rows, where }) => [place(file, sheet), reason, rows, where])))),
    section('How the tables were found', `${table(DECISION_HEADS, decisions.rows)}${decisions.left_out === 0 ? '' : `\n${formatCount(decisions.left_out)} more are in the report as JSON.\n`}`),
    section(
      'Data quality',
      `Mean score ${score.mean}, from 0 to 1.\n\n${table(['Score from', 'Rows'], score.bands.map(({ from, rows }) => [String(from), rows]))}\n${table(['Flag', 'Rows'], score.flags.map(({ name, count }) => [name, count]))}\n` +
        table(['Budget', 'Actual', 'Limit', ''], budgets.map(({ name, actual, limit, breached }) => [name, formatShare(actual), formatShare(limit), breached ? 'above the limit' : 'within the limit']))
    ),
    section('Filled cells, before and after', table(['Field', 'As read', 'of', 'Share', 'In the dataset', 'of', 'Share'], fill.map(line => [line.field, line.before, line.before_of, formatShare(line.before_share), line.after, line.after_of, formatShare(line.after_share)]))),
    section(
      'Columns and tables',
      sources
        .map(
          source =>
            `### ${escapeMarkdown(place(source.file, source.sheet, source.range))}\n\n${source.role}, ${formatNumber(source.rows, 'row')}: ${escapeMarkdown(source.role_reason)}\n\n` +
            table(['Column', 'Header', 'Field', 'Confidence', 'Reason'], source.columns.map(({ letter, header, target, extra, confidence, reason }) => [letter, header, target ?? (extra === null ? 'not used' : `extra: ${extra}`), target === null ? '' : String(Math.round(confidence * 100) / 100), reason]))
        )
        .join('\n') + (extras.length === 0 ? '' : `\nExtra columns of the dataset: ${extras.map(escapeMarkdown).join(', ')}\n`)
    ),
    section('Joins', table(['Sheet', 'By key', 'By name', 'Orphans'], joins.map(({ file, sheet, by_key, by_name, orphans }) => [place(file, sheet), by_key, by_name, orphans]))),
    section(
      'Quarantine',
      `${formatNumber(quarantine.rows, 'row')} and ${formatNumber(quarantine.cells, 'cell')}. Values are masked.\n\n${table(['Reason', 'Level', 'Severity', 'Count'], quarantine.reasons.map(({ reason, level, severity, count }) => [reason, level, severity, count]))}\n` +
        table(['Reason', 'Sheet', 'Cell or row', 'Header', 'Value, masked', 'Why'], quarantine.reasons.flatMap(({ reason, examples }) => examples.map(({ file, sheet, cell, header, value, detail }) => [reason, place(file, sheet), cell, header, value, detail])))
    ),
    section(
      'Conflicts',
      `${formatNumber(conflicts.total, 'value')} lost against another one.\n\n${table(['Field', 'Conflicts'], conflicts.by_field.map(({ name, count }) => [name, count]))}\n` +
        table(['Entity', 'Field', 'Kept', 'Lost', 'Rule', 'From', 'Row'], conflicts.examples.map(({ entity, field, kept, lost, rule, file, sheet, row }) => [entity, field, kept, lost, rule, place(file, sheet), row]))
    ),
    section(
      'Personal data',
      table(['Column', 'Type', 'Why', 'Masked', 'Found'], personal.map(({ column, type, basis, masked, kinds }) => [column, type ?? '', BASIS[basis], masked ? 'yes' : 'where it stands', kinds.map(({ kind, cells, share, confidence }) => `${kind}: ${formatNumber(cells, 'cell')} (${formatShare(share)}), confidence ${confidence}`).join('; ')]))
    ),
    section('Cells that could not be read faithfully', table(['What', 'Sheet', 'Column', 'Cells', 'First cells', 'Note'], loss.map(({ code, file, sheet, column, count, cells, note }) => [code, place(file, sheet), column, count, cells.join(' '), note]))),
    section('What was changed', table(['Field', 'Rule', 'Cells'], changed.map(({ field, rule, count }) => [field, rule, count]))),
    section('Categories that no lookup knows', table(['Field', 'Value', 'Cells'], unknown.flatMap(({ field, values }) => values.map(({ name, count }) => [field, name, count]))))
  ]
  return parts.join('\n')
}
