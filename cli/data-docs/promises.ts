/** What a contract promises, with the broken promises first: each with its share, its cells, and the column that it is about. */
import { tellPlace, type Check } from '../../operators/model/checks.ts'
import { escapeHtml, formatCount, formatShare } from '../../operators/report/format.ts'
import { code, htmlTable } from '../../operators/report/html/table.ts'
import { px } from '../../operators/report/plot/svg.ts'

/** `broken`: holds no more, and fails a strict run. */
export type Standing = 'broken' | 'warning' | 'skipped' | 'kept'

export function standingOf({ outcome, severity }: Check): Standing {
  if (outcome === 'failed') return severity === 'error' ? 'broken' : 'warning'
  return outcome === 'skipped' ? 'skipped' : 'kept'
}

const chip = (check: Check): string => {
  const standing = standingOf(check)
  return `<span class="chip ${standing === 'broken' ? 'failed' : standing === 'kept' ? 'passed' : ''}">${standing}</span>`
}

/** Promises of a column, or of some columns together. */
export function promisesAbout(checks: readonly Check[], target: string): readonly Check[] {
  return checks.filter(check => check.field.split(', ').includes(target))
}

function share({ checked, failed }: Check): string {
  // What is told of a whole table fails as a whole.
  if (failed === 0 || checked === 0) return ''
  return `<span class="fill broken-share"><span class="track"><i style="width:${px((failed / checked) * 100)}%"></i></span>${formatCount(failed)} of ${formatCount(checked)}, ${formatShare(failed / checked)}</span>`
}

function cells({ examples, failed }: Check): string {
  if (examples.length === 0) return ''
  const more = failed > examples.length ? `<li>and ${formatCount(failed - examples.length)} more</li>` : ''
  return `<ul class="examples">${examples.map(one => `<li>${escapeHtml(tellPlace(one))}: ${one.value === null ? '<i>empty</i>' : `<bdi>${escapeHtml(one.value)}</bdi>`}</li>`).join('')}${more}</ul>`
}

function promiseCard(check: Check, pageOf: (target: string) => string | undefined): string {
  const columns = check.field === '' ? 'The whole table' : check.field.split(', ').map(target => {
    const page = pageOf(target)
    return page === undefined ? code(target) : `<a href="${escapeHtml(page)}">${code(target)}</a>`
  }).join(', ')
  return `<li class="promise ${standingOf(check)}"><h3>${columns} ${chip(check)}</h3><p class="seen">${escapeHtml(check.message)}</p>${check.description === '' ? '' : `<p>${escapeHtml(check.description)}</p>`}${share(check)}${cells(check)}</li>`
}

/** The sections of the overview. `pageOf` leads to a column; undefined for one that no page shows. */
export function promiseSections(checks: readonly Check[], contract: string, pageOf: (target: string) => string | undefined): string {
  const broken = checks.filter(({ outcome }) => outcome === 'failed').sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
  const others = checks.filter(({ outcome }) => outcome !== 'failed').sort((a, b) => Number(a.outcome === 'passed') - Number(b.outcome === 'passed'))
  const first = broken.length === 0 ? '' : `<section class="broken"><h2>What does not hold</h2><p>Promises of the contract ${contract} that the dataset breaks, with the first cells that break them.</p><ol class="promises">${broken.map(check => promiseCard(check, pageOf)).join('')}</ol></section>\n`
  const table = htmlTable(
    'Promises with what was seen',
    [{ heading: 'Result' }, { heading: 'Column' }, { heading: 'Promise' }, { heading: 'What was seen' }, { heading: 'Looked at', number: true }],
    others.map(check => [chip(check), code(check.field), `${code(check.kind)}${check.description === '' ? '' : `<br>${escapeHtml(check.description)}`}`, escapeHtml(check.message), formatCount(check.checked)])
  )
  return `${first}<section class="kept"><h2>${broken.length === 0 ? 'Promises' : 'What holds'}</h2><p>What the contract ${contract} promises, held against the dataset.</p>${table || '<p>None.</p>'}</section>`
}
