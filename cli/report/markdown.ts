/** A page of Markdown for a pull request, a wiki or the summary of a CI step. */
import { findingsOf, placeText, type Assessment, type Case, type Finding } from './assessment.ts'

/** Text of a table cell: nothing in it may end the cell, the row or begin markup. */
function cell(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.toWellFormed().replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/[\\`*_[\]<>|~#&]/g, sign => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : sign === '&' ? '&amp;' : `\\${sign}`))
}

const MARK: Readonly<Record<Case['status'], string>> = { passed: '✅', failed: '❌', error: '💥', skipped: '⚪' }
const LEVEL: Readonly<Record<Finding['level'], string>> = { error: '❌ error', warning: '⚠️ warning', note: 'ℹ️ note' }
const RANK: readonly Finding['level'][] = ['error', 'warning', 'note']
/** Places named for one finding. */
const MOST_PLACES = 3

function placesText({ places, count }: Finding): string {
  const shown = places.slice(0, MOST_PLACES).map(placeText)
  return `${shown.join('; ')}${shown.length > 0 && count > shown.length ? `; and ${count - shown.length} more` : ''}`
}

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8')

/** Rows of a table as far as they fit into `most` bytes, and a line that says how many do not. */
function fitting(rows: readonly string[], most: number, what: string): readonly string[] {
  const shown: string[] = []
  let used = 0
  for (const row of rows) {
    used += bytesOf(row) + 1
    if (used > most) return [...shown, '', `${rows.length - shown.length} more ${what} not shown.`]
    shown.push(row)
  }
  return shown
}

/** The assessment as Markdown of at most `most` bytes: findings, worst first, then what was checked. */
export function markdownSummary(assessment: Assessment, most = Infinity): string {
  const findings = [...findingsOf(assessment)].sort((a, b) => RANK.indexOf(a.level) - RANK.indexOf(b.level))
  const of = (status: Case['status']): number => assessment.cases.filter(one => one.status === status).length
  const tally = (['passed', 'failed', 'error', 'skipped'] as const).flatMap(status => (of(status) === 0 ? [] : [`${of(status)} ${status === 'error' ? 'could not be checked' : status}`]))
  const head = [
    `## ${assessment.exit === 0 ? '✅' : '❌'} ${cell(assessment.title)}`,
    '',
    `Verdict **${cell(assessment.verdict)}**, exit ${assessment.exit}; ${assessment.cases.length === 1 ? '1 check' : `${assessment.cases.length} checks`}: ${tally.join(', ') || 'none'}.`,
    '',
    ...(assessment.facts.length === 0 ? [] : ['| | |', '| --- | --- |', ...assessment.facts.map(([name, value]) => `| ${cell(name!)} | ${cell(value!)} |`), ''])
  ]
  const rows = findings.map(finding => `| ${LEVEL[finding.level]} | ${cell(finding.code)} | ${cell(finding.message)}${finding.hint === '' ? '' : ` — ${cell(finding.hint)}`} | ${cell(placesText(finding))} |`)
  const checks = assessment.cases.map(one => `| ${MARK[one.status]} | ${cell(one.suite)} | ${cell(one.name)} | ${cell(one.message)} |`)
  const room = most - bytesOf(head.join('\n')) - 1000
  const told = rows.length === 0 ? [] : ['### Findings', '', '| level | code | what | where |', '| --- | --- | --- | --- |', ...fitting(rows, room, 'findings'), '']
  const left = room - bytesOf(told.join('\n'))
  return [...head, ...told, '### Checks', '', '| | of | check | |', '| --- | --- | --- | --- |', ...fitting(checks, left, 'checks'), ''].join('\n')
}
