/** A Data Docs site: what a dataset is, what each column holds, and which of its promises it keeps. */
import type { Frame, Table } from '../../kernel/artifact/table.ts'
import { exportTables } from '../../operators/export/dataset.ts'
import type { Masker } from '../../operators/masking/masker.ts'
import { countChecks, type Check } from '../../operators/model/checks.ts'
import type { Contract, ContractField } from '../../operators/model/contract.ts'
import type { DatasetMeta } from '../../operators/model/stages.ts'
import { escapeHtml, formatCount, formatNumber } from '../../operators/report/format.ts'
import { cell, code, htmlTable } from '../../operators/report/html/table.ts'
import { profileColumn } from './column-profile.ts'
import type { Link } from '../../operators/report/html/frame.ts'
import { docsPage } from './page.ts'
import { fillMeter, spreadPlot, topPlot } from './plot.ts'
import { promisesAbout, promiseSections, standingOf } from './promises.ts'

export interface DataDocs {
  readonly title: string
  readonly run_id: string
  readonly dataset: Frame<DatasetMeta>
  readonly contract: Contract
  readonly checks: readonly Check[]
  readonly masker: Masker
  /** Label and value, for the head of the page. */
  readonly facts: readonly (readonly [label: string, value: string])[]
}

interface DocsTable { readonly name: string; readonly group: string; readonly page: string; readonly rows: number; readonly columns: ReturnType<typeof exportTables>[number]['columns'] }

/** File name to text. The first is `index.html`. */
export function dataDocsSite(docs: DataDocs): ReadonlyMap<string, string> {
  const tables: DocsTable[] = exportTables(docs.dataset).filter(({ role }) => role === 'data' || role === 'group').map(({ role, name, rows, columns }) => {
    const group = role === 'data' ? '' : name
    return { name: group === '' ? docs.dataset.meta.schema.entity : name, group, page: `${group === '' ? 'data' : group}.html`, rows, columns }
  })
  const links: Link[] = [{ href: 'index.html', text: 'Overview' }, ...tables.map(({ page, name }) => ({ href: page, text: `Columns of ${name}` }))]
  return new Map([['index.html', overviewPage(docs, tables, links)], ...tables.map((table): [string, string] => [table.page, tablePage(docs, table, links)])])
}

/** How a column stands, in a word; '' where nothing is promised of it. */
function promisesChip(own: readonly Check[]): string {
  const broken = own.filter(({ outcome }) => outcome === 'failed').length
  const isError = own.some(check => standingOf(check) === 'broken')
  return own.length === 0 ? '' : `<span class="chip ${isError ? 'failed' : broken > 0 ? '' : 'passed'}">${broken > 0 ? `${broken} of ${own.length} ${isError ? 'broken' : 'with a warning'}` : `${formatNumber(own.length, 'promise')} kept`}</span>`
}

const tile = (kind: string, value: string, name: string): string => `<li class="${kind}"><b>${escapeHtml(value)}</b><span>${escapeHtml(name)}</span></li>`

function overviewPage({ title, run_id, dataset, contract, checks, masker, facts }: DataDocs, tables: readonly DocsTable[], links: readonly Link[]): string {
  const counts = countChecks(checks)
  const verdict = counts.failed > 0 ? `${formatNumber(counts.failed, 'promise')} broken` : counts.warned > 0 ? `every promise kept, ${formatNumber(counts.warned, 'warning')}` : checks.length === counts.skipped ? 'nothing was promised' : 'every promise kept'
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0)
  const lead = `<p class="lead"><span class="verdict ${counts.failed > 0 ? 'failed' : 'passed'}">${escapeHtml(verdict)}</span>${contract.description === '' ? '' : `. ${escapeHtml(contract.description)}`}</p><p class="run">${escapeHtml(run_id)}</p>`
  const known = new Map(tables.flatMap(table => table.columns.map(({ name }): [string, string] => [table.group === '' ? name : `${table.group}.${name}`, `${table.page}#c-${name}`])))
  const glance = tables.map(table => `<section class="glance"><h2>Columns of ${escapeHtml(table.name)}</h2><p>${formatNumber(table.rows, 'row')}. <a href="${escapeHtml(table.page)}">Each column with its figures and plots</a>.</p>${htmlTable(
    `Columns of ${table.name}`,
    [{ heading: 'Column' }, { heading: 'Type' }, { heading: 'Filled' }, { heading: 'Distinct', number: true }, { heading: 'Promises' }, { heading: 'Personal' }],
    table.columns.map(({ name, column }) => {
      const target = table.group === '' ? name : `${table.group}.${name}`
      const profile = profileColumn(column, table.rows)
      const found = masker.classes.find(one => one.target === target)
      const field = contract.tables.find(({ group }) => group === table.group)?.fields.find(one => one.name === name)
      return [`<a href="${escapeHtml(`${table.page}#c-${name}`)}">${escapeHtml(name)}</a>`, cell(field?.type ?? 'extra'), fillMeter(profile), formatCount(profile.distinct), promisesChip(promisesAbout(checks, target)) || cell(''), cell(found === undefined ? '' : [...new Set(found.kinds.map(({ kind }) => kind))].join(', ') || found.basis)]
    })
  )}</section>`).join('\n')
  return docsPage(title, lead, links, 'index.html', [
    `<ul class="tiles four">${tile('data', formatCount(tables[0]?.rows ?? 0), `${tables[0]?.name ?? ''} rows`)}${tile('source', formatCount(columns), `columns in ${formatNumber(tables.length, 'table')}`)}${tile('used', formatCount(counts.passed), 'promises kept')}${tile(counts.failed > 0 ? 'failed' : 'used', formatCount(counts.failed + counts.warned), counts.warned > 0 && counts.failed === 0 ? 'warnings' : 'promises broken')}</ul>`,
    promiseSections(checks, `${code(contract.name)} ${escapeHtml(contract.version)}`, target => known.get(target)),
    glance,
    `<section><h2>The dataset</h2><p>${escapeHtml(contract.purpose === '' ? 'What it is made of, and where from.' : contract.purpose)}</p>${htmlTable('Facts', [{ heading: 'What' }, { heading: 'Value' }], facts.map(([name, value]) => [escapeHtml(name), cell(value)]))}<h3>Sources</h3>${htmlTable('Sources', [{ heading: 'File' }, { heading: 'Sheet' }, { heading: 'Role' }, { heading: 'Rows', number: true }], dataset.meta.sources.map(({ file, sheet, role, rows }) => [cell(file), cell(sheet), `<span class="chip ${role}">${escapeHtml(role)}</span>`, formatCount(rows)]))}</section>`
  ].join('\n'))
}

function tablePage(docs: DataDocs, table: DocsTable, links: readonly Link[]): string {
  const promised = new Map((docs.contract.tables.find(({ group }) => group === table.group)?.fields ?? []).map(field => [field.name, field]))
  const cards = table.columns.map(({ name, column }, at) => columnCard(docs, table, name, column, promised.get(name), at))
  const lead = `<p class="lead">${formatNumber(table.rows, 'row')}, ${formatNumber(table.columns.length, 'column')}</p><p class="run">${escapeHtml(docs.run_id)}</p>`
  return docsPage(`${docs.title}: ${table.name}`, lead, links, table.page, `<div class="columns">${cards.join('\n')}</div>`)
}

function columnCard({ masker, checks }: DataDocs, table: DocsTable, name: string, column: Table['columns'][number], field: ContractField | undefined, at: number): string {
  const target = table.group === '' ? name : `${table.group}.${name}`
  const profile = profileColumn(column, table.rows)
  const found = masker.classes.find(one => one.target === target)
  const own = promisesAbout(checks, target)
  const chips = [
    ...(field === undefined ? ['<span class="chip">extra</span>'] : [`<span class="chip entity">${escapeHtml(field.type)}</span>`]),
    ...(field?.required === true ? ['<span class="chip">required</span>'] : []),
    ...(field?.unique === true ? ['<span class="chip">unique</span>'] : []),
    ...(found === undefined ? [] : [`<span class="chip personal">personal: ${escapeHtml([...new Set(found.kinds.map(({ kind }) => kind))].join(', ') || found.basis)}</span>`]),
    promisesChip(own)
  ]
  // Of a person, how long names are and which are frequent is nobody's business.
  const isPersonal = masker.isPersonal(target) || field === undefined
  const figures: readonly (readonly [string, string | null])[] = [['distinct', formatCount(profile.distinct)], ['least', isPersonal ? null : profile.least], ['greatest', isPersonal ? null : profile.greatest], ['mean', isPersonal ? null : profile.mean]]
  const top = isPersonal ? '' : topPlot(`t${at}`, profile, value => masker.value(value, target))
  // How long the words of a category are says nothing beside the words themselves.
  const spread = (isPersonal && profile.spread.of === 'values') || (top !== '' && profile.spread.of === 'lengths') ? '' : spreadPlot(`s${at}`, profile)
  return [
    `<article class="column" id="${escapeHtml(`c-${name}`)}"><h3>${escapeHtml(name)}</h3>`,
    `<div class="chips">${chips.join('')}</div>`,
    field === undefined || field.description === '' ? '' : `<p>${escapeHtml(field.description)}</p>`,
    ...own.filter(({ outcome }) => outcome === 'failed').map(({ message }) => `<p class="seen">${escapeHtml(message)}</p>`),
    fillMeter(profile),
    `<dl>${figures.filter(([, value]) => value !== null).map(([label, value]) => `<dt>${label}</dt><dd>${escapeHtml(value!)}</dd>`).join('')}</dl>`,
    top === '' ? '' : `<h4>Most frequent</h4>${top}`,
    spread === '' ? '' : `<h4>${profile.spread.of === 'values' ? 'Spread' : 'Length in characters'}</h4>${spread}`,
    '</article>'
  ].join('')
}
