/** Text of the commands about data and the machine: inspect, explain, query, golden, doctor. */
import { count, countOf, cut, pairsText, printable, short, size, tableText, widthOf, type Paint } from './paint.ts'
import type { RenderOptions } from './index.ts'

const HEADS = ['    ', 'header', '>filled', '>distinct', 'kinds', 'field', '>sure'] as const
/** Columns that a reason gets on a narrow terminal, where it then wraps. */
const LEAST_REASON = 60

export function inspectText(result: any, { paint, columns }: RenderOptions): string {
  const hint = result.profile === 'generic' ? '; --profile NAME shows that of a profile' : ''
  const blocks: string[] = [paint.dim(`mapping of the profile ${printable(result.profile)}${hint}`)]
  for (const file of result.files) {
    const lines = [`${paint.bold(printable(file.file))}  ${size(file.bytes)}${file.format === '' ? '' : `, ${file.format}, ${file.reader}`}`]
    if (file.error !== null) {
      lines.push(`  ${paint.red(file.error.code)} ${printable(file.error.message)}${file.error.hint === '' ? '' : `\n  hint: ${printable(file.error.hint)}`}`)
      blocks.push(lines.join('\n'))
      continue
    }
    if (file.dialect !== null) lines.push(paint.dim(`  ${file.dialect.encoding}, delimiter ${JSON.stringify(file.dialect.delimiter)}, quote ${JSON.stringify(file.dialect.quote)}, confidence ${file.dialect.confidence}`))
    for (const sheet of file.sheets) {
      lines.push('', `  ${paint.cyan(`sheet ${printable(sheet.name)}`)}${sheet.state === 'visible' ? '' : ` (${sheet.state})`}, ${countOf(sheet.rows_present, 'row')} with content`)
      for (const { what, where, reason } of sheet.decisions.slice(0, 12)) lines.push(paint.dim(`    ${what} ${where}: ${printable(reason)}`))
      const tables = file.tables.filter((table: any) => table.sheet === sheet.name)
      if (tables.length === 0) lines.push('    no table found')
      for (const table of tables) {
        const role = table.role === '' ? '' : `, ${table.role}${table.group === '' ? '' : ` (${table.group})`}: ${printable(table.role_reason)}`
        lines.push(`    table of ${countOf(table.rows, 'row')}, ${table.header_rows.length === 0 ? 'no header' : `header in row ${table.header_rows.join(', ')}`}${role}`)
        const facts: readonly (readonly string[])[] = table.columns.map((column: any) => [
          `    ${column.letter}`,
          cut(printable(column.header) || paint.dim('(blank)'), 28),
          count(column.filled),
          count(column.distinct),
          Object.keys(column.kinds).join(', '),
          column.target ?? (column.extra === null ? '' : paint.dim(`extra ${column.extra}`)),
          column.target === null ? '' : column.confidence.toFixed(2)
        ])
        const taken = Math.max(...tableText(HEADS, facts, paint).split('\n').map(widthOf)) + 2
        const rows = facts.map((cells, at) => [...cells, cut(printable(table.columns[at].reason), Math.max(LEAST_REASON, columns - taken))])
        lines.push(tableText([...HEADS, 'why'], rows, paint))
      }
    }
    if (file.loss.length > 0) {
      lines.push('', `  ${paint.yellow('not read faithfully')}`)
      for (const loss of file.loss) lines.push(`    ${loss.code} ${printable(loss.sheet)}${loss.column === '' ? '' : `, column ${loss.column}`}: ${count(loss.count)}${loss.cells.length === 0 ? '' : paint.dim(` (${loss.cells.slice(0, 6).join(', ')}${loss.count > 6 ? ', …' : ''})`)}${loss.note === '' ? '' : ` ${printable(loss.note)}`}`)
    }
    blocks.push(lines.join('\n'))
  }
  return blocks.join('\n\n')
}

export function explainText(result: any, { paint }: RenderOptions): string {
  const lines = [`${paint.bold(`row ${result.row}`)} of ${result.run_id}: ${printable(result.key)}`]
  for (const member of result.members) lines.push(paint.dim(`  ${member.role === 'used' ? 'base   ' : 'merged '} ${printable(member.file)} › ${printable(member.sheet)} › row ${member.row}`))
  for (const cell of result.cells) {
    lines.push('', `${paint.cyan(cell.column)} = ${cell.value === null ? paint.dim('empty') : printable(cell.value)}`, paint.dim(`  ${cell.how}: ${cell.reason}`))
    for (const from of cell.from) {
      lines.push(`  ← ${printable(from.file)} › ${printable(from.sheet)} › ${from.cell}${from.header === '' ? '' : ` (${printable(from.header)})`}: ${from.raw === null ? paint.dim('empty') : printable(from.raw)}`)
      if (from.rules.length > 0) lines.push(paint.dim(`      ${from.rules.join(', ')} → ${from.normalised === null ? 'nothing' : printable(from.normalised)}`))
    }
    for (const lost of cell.lost) lines.push(`  ${paint.yellow('lost')} ${printable(lost.file)} › ${printable(lost.sheet)} › row ${lost.row}: ${lost.value === null ? 'empty' : printable(lost.value)} ${paint.dim(`(${lost.rule})`)}`)
  }
  if (result.masked) lines.push('', paint.dim('personal values are masked; --reveal shows them'))
  return lines.join('\n')
}

const csvCell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function queryText(result: any, { paint, input }: RenderOptions): string {
  const format = input['format'] ?? 'table'
  if (format === 'csv') return `${[result.columns, ...result.rows].map((row: any) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
  if (format === 'ndjson') return result.rows.map((row: any) => `${JSON.stringify(Object.fromEntries(result.columns.map((name: string, at: number) => [name, row[at]])))}\n`).join('')
  const rows = result.rows.map((row: any) => row.map((value: any) => (value === null ? paint.dim('∅') : cut(printable(String(value)), 60))))
  const isNumber = (at: number): boolean => result.rows.length > 0 && result.rows.every((row: any) => row[at] === null || typeof row[at] === 'number')
  const note = result.truncated ? paint.yellow(`\nthe first ${countOf(result.row_count, 'row')}; --limit shows more`) : ''
  return `${tableText(result.columns.map((name: string, at: number) => (isNumber(at) ? `>${name}` : name)), rows, paint)}${note}`
}

export function goldenText(result: any, { paint }: RenderOptions): string {
  const lines: string[] = []
  for (const one of result.cases) {
    const colour = one.status === 'same' || one.status === 'unchanged' ? paint.green : one.status === 'written' ? paint.yellow : paint.red
    lines.push(`${colour(one.status)}  ${one.name}${one.artifacts === 0 ? '' : `, ${countOf(one.artifacts, 'digest')}`}${one.message === '' ? '' : `: ${printable(one.message)}`}`)
    for (const { what, expected, actual } of one.differences.slice(0, 10)) lines.push(`    ${what}: ${expected === null ? 'none' : short(expected)} → ${actual === null ? 'none' : short(actual)}`)
  }
  if (result.tested === false) lines.push(paint.dim('recorded, not tested: look at the difference before you commit it'))
  return lines.join('\n')
}

const STATUS: ReadonlyMap<string, (paint: Paint) => string> = new Map([
  ['ok', paint => paint.green('ok     ')],
  ['warning', paint => paint.yellow('warning')],
  ['error', paint => paint.red('error  ')],
  ['skipped', paint => paint.dim('skipped')],
  ['fixed', paint => paint.cyan('fixed  ')]
])

export function doctorText(result: any, { paint }: RenderOptions): string {
  const lines: string[] = []
  let group = ''
  for (const check of result.checks) {
    if (check.group !== group) {
      if (group !== '') lines.push('')
      lines.push(paint.bold(check.group))
      group = check.group
    }
    lines.push(`  ${STATUS.get(check.status)!(paint)}  ${check.title}: ${printable(check.message)}`)
    if (check.hint !== '' && check.status !== 'ok') lines.push(`           ${paint.dim(`hint: ${printable(check.hint)}`)}`)
  }
  const colour = result.verdict === 'healthy' ? paint.green : result.verdict === 'warnings' ? paint.yellow : paint.red
  lines.push('', pairsText([['verdict', colour(result.verdict)], ...(result.ledger_head === null ? [] : [['ledger head', `sha256:${result.ledger_head}`] as const])], paint))
  return lines.join('\n')
}
