/** The evidence as a page for people. */
import { escapeHtml, formatCount, formatNumber } from '../../operators/report/format.ts'
import { cell, code, htmlTable } from '../../operators/report/html/table.ts'
import type { ComplianceEvidence } from '../../schemas/generated/compliance-evidence.ts'
import { docsPage } from '../data-docs/page.ts'

const LAW: Readonly<Record<string, string>> = { popia: 'POPIA', gdpr: 'GDPR' }
const section = (heading: string, says: string, body: string): string => `<section><h2>${escapeHtml(heading)}</h2><p>${escapeHtml(says)}</p>${body}</section>`

/** One HTML page that loads nothing. */
export function evidencePage(evidence: ComplianceEvidence): string {
  const { columns, gaps, retention, consent, decisions, policy, purpose, responsible, laws } = evidence
  const about = policy.map(law => LAW[law]!).join(' and ')
  const lead = `<p class="lead"><span class="verdict ${gaps.length > 0 ? 'failed' : 'passed'}">${gaps.length === 0 ? 'nothing is missing from the evidence' : `${formatNumber(gaps.length, 'gap')} in the evidence`}</span></p><p class="run">${escapeHtml(evidence.run_id)}</p>`
  const keptText = retention.days === null ? 'not said' : `${formatNumber(retention.days, 'day')} after ${retention.field ?? 'no date'}${retention.beyond === null ? '' : `; ${formatCount(retention.beyond)} of ${formatNumber(retention.rows, 'row')} beyond, ${formatCount(retention.rows - (retention.dated ?? 0))} undated`}`
  const consentText = consent.field === null ? 'no consent field' : `${consent.field}: given for ${formatCount(consent.given ?? 0)} of ${formatNumber(consent.rows, 'row')}; personal columns of ${formatCount(consent.withheld ?? 0)} withheld`
  return docsPage(`Personal data${about === '' ? '' : ` under ${about}`}: ${evidence.profile}`, lead, [], '', [
    gaps.length === 0 ? '' : section('What is missing', 'Each is a decision that somebody has to make.', htmlTable('Gaps', [{ heading: 'Gap' }, { heading: 'What' }], gaps.map(({ code: gap, what }) => [code(gap), cell(what)]))),
    section('What for, and who decided', 'As the configuration of the run says.', htmlTable('Purpose', [{ heading: 'What' }, { heading: 'Answer' }], [['Purpose', cell(purpose ?? 'not said')], ['Responsible', cell(responsible ?? 'not said')], ['Kept for', cell(keptText)], ['Consent', cell(consentText)], ['As of', cell(evidence.as_of ?? 'not pinned')]])),
    section('What personal data, and why', 'Columns of the dataset, before anything was withheld.', htmlTable(
      'Personal columns',
      [{ heading: 'Column' }, { heading: 'Kind' }, { heading: 'Believed because of' }, { heading: 'Lawful basis' }, { heading: 'Rows filled', number: true }, { heading: 'Without consent' }],
      columns.map(one => [code(one.column), cell([...new Set(one.kinds.map(({ kind }) => kind))].join(', ')), cell(one.why_personal), one.lawful_basis === null ? '<span class="chip failed">none</span>' : code(one.lawful_basis), formatCount(one.rows_filled), one.withheld_without_consent ? 'withheld' : 'leaves'])
    )),
    section('From where', 'Columns of the files that feed them.', htmlTable('Sources', [{ heading: 'Column' }, { heading: 'File' }, { heading: 'Sheet' }, { heading: 'Column of the sheet' }, { heading: 'Header' }], columns.flatMap(one => one.sources.map(({ file, sheet, column, header }) => [code(one.column), cell(file), cell(sheet), cell(column), cell(header)])))),
    section('Decisions', 'Every setting, and the file, variable or flag that made it.', htmlTable('Decisions', [{ heading: 'Setting' }, { heading: 'Value' }, { heading: 'Set by' }], decisions.map(({ key, value, set_by }) => [code(key), cell(typeof value === 'string' ? value : JSON.stringify(value)), cell(set_by)]))),
    section('Proof', 'hotpass replay recomputes the run and compares it; these digests name what went in and what came out.', htmlTable('Digests', [{ heading: 'What' }, { heading: 'SHA-256' }], [['record', code(evidence.record_hash)], ['configuration', code(evidence.config_hash)], ...evidence.inputs.map(({ file, sha256 }) => [cell(file), code(sha256)]), ...evidence.outputs.map(({ file, sha256 }) => [cell(file), code(sha256)])])),
    section('Provisions', 'Which part of this evidence answers which provision. This is a map, and no legal advice.', htmlTable('Provisions', [{ heading: 'Law' }, { heading: 'Provision' }, { heading: 'Asks for' }, { heading: 'Where' }], laws.map(({ law, provision, asks, answer }) => [cell(LAW[law]!), cell(provision), cell(asks), cell(answer)])))
  ].join('\n'))
}
