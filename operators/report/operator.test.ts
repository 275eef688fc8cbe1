import { createHash } from 'node:crypto'
import t from 'tap'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { RUN_ID_TOKEN, type OutputFile } from '../../kernel/artifact/files.ts'
import { stampRunId } from '../../kernel/artifact/stamp.ts'
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Context } from '../../kernel/types.ts'
import { schema, type Report } from '../../schemas/generated/report.ts'
import { datasetOf, tableFrom } from '../export/dataset.case.ts'
import type { DatasetMeta, Mapping } from '../model/stages.ts'
import { escapeHtml, escapeMarkdown, formatCount, formatShare } from './format.ts'
import { SCRIPT, SCRIPT_HASH } from './html/script.ts'
import { operator } from './operator.ts'
import { fillPlot } from './plot/fill.ts'
import { flowPlot } from './plot/flow.ts'
import { histogramPlot } from './plot/histogram.ts'
import { barsPlot } from './plot/reasons.ts'
import { MAPPING, reportInputs, validOf } from './report.case.ts'
import { shorten } from './shorten.ts'

const RUN = 'run-0123456789abcdef0123456789abcdef'
const CONFIG = { report: { title: 'Quality <b>& more</b>', formats: ['html', 'json', 'markdown'], examples: 5 }, compliance: { pii_fields: [] as string[] } }

function files(inputs = reportInputs(), config = CONFIG): readonly OutputFile[] {
  const context: Context = { pins: { as_of: null, seed: '' }, diagnose() {}, progress() {}, random: () => 0 }
  return operator.run(inputs, config, context)['files'] as OutputFile[]
}

function texts(list: readonly OutputFile[]): { json: string; markdown: string; html: string; report: Report } {
  const [json, markdown, html] = ['.report.json', '.report.md', '.report.html'].map(suffix => new TextDecoder().decode(stampRunId(list.find(file => file.suffix === suffix)!, RUN)))
  return { json: json!, markdown: markdown!, html: html!, report: JSON.parse(json!) as Report }
}

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)

t.test('the content', async t => {
  const { report, json } = texts(files())
  t.ok(validate(report), JSON.stringify(validate.errors))
  t.equal(report.run_id, RUN)
  t.ok(json.endsWith('}\n'))
  t.same(report.summary, { files: 2, sheets: 2, rows_in: 9, used: 6, merged: 1, quarantined: 2, entities: 3, conflicts: 2, cells_quarantined: 1, cells_changed: 6, quality_mean: 0.61 })
  t.same(report.reconciliation.total, { rows_in: 9, used: 6, merged: 1, quarantined: 2, balanced: true })
  t.same(report.sheets[0], {
    file: 'North & South.xlsx', sheet: 'Organisation', state: 'visible', rows_present: 8, rows_excluded: 3, rows_data: 5, balanced: true,
    excluded: MAPPING.files[0]!.sheets[0]!.excluded, decisions: MAPPING.files[0]!.sheets[0]!.decisions
  }, 'blank rows do not count')
  t.same(report.fill.find(({ field }) => field === 'website'), { field: 'website', type: 'url', before: 2, before_of: 5, before_share: 0.4, after: 2, after_of: 3, after_share: 0.6667 })
  t.same(report.fill.find(({ field }) => field === 'contact.email'), { field: 'contact.email', type: 'email', before: 3, before_of: 4, before_share: 0.75, after: 2, after_of: 3, after_share: 0.6667 })
  t.same(report.conflicts, {
    total: 2,
    by_field: [{ name: 'contact.phone', count: 1 }, { name: 'website', count: 1 }],
    by_rule: [{ name: 'completeness', count: 1 }, { name: 'priority', count: 1 }],
    examples: [
      { entity: 'blue-crane-aviation', field: 'website', kept: 'https://bluecrane.example/f•••?p•••=2•••&l•••=e•••', lost: 'http://old.bluecrane.example', rule: 'priority', file: 'North & South.xlsx', sheet: 'Organisation', row: 3 },
      { entity: 'blue-crane-aviation', field: 'contact.phone', kept: '+27•••67', lost: '+27•••42', rule: 'completeness', file: 'people.csv', sheet: 'people', row: 4 }
    ]
  })
  t.same([report.quarantine.rows, report.quarantine.cells], [2, 1])
  t.same(report.quarantine.reasons.map(({ reason, level, severity, count }) => [reason, level, severity, count]), [['EMAIL_INVALID', 'cell', 'error', 1], ['ORPHAN', 'row', 'error', 1], ['ROW_REQUIRED_MISSING', 'row', 'error', 1]])
  t.same(report.quarantine.reasons[0]!.examples, [{ file: 'people.csv', sheet: 'people', cell: 'C5', header: 'Mail', field: 'contact.email', value: 'l•••.e••• a••• e•••', detail: 'not an e-mail address' }])
  t.equal(report.quarantine.reasons[1]!.examples[0]!.value, 'ID: 77 · Mail: l•••@l•••.example · Person: L••• E•••')
  t.equal(report.quarantine.reasons[2]!.examples[0]!.value, ': T••• V••• · Web: n/a')
  t.same(report.changed, [{ field: 'organization_name', rule: 'SPACES', count: 3 }, { field: 'website', rule: 'SCHEME_ADDED', count: 2 }, { field: 'website', rule: 'TRACKING_DROPPED', count: 1 }])
  t.same(report.unknown, [{ field: 'notes', distinct: 1, values: [{ name: 'Flight Schol', count: 3 }] }])
  t.same(report.score.flags, [{ name: 'missing_website', count: 1 }])
  t.same(report.joins, [{ file: 'people.csv', sheet: 'people', by_key: 2, by_name: 1, orphans: 1 }])
  t.equal(report.budgets.filter(({ breached }) => breached).length, 1)
  t.notMatch(JSON.stringify(report.summary) + report.title, /pass|fail|verdict/i)

  const short = texts(files(reportInputs(), { ...CONFIG, report: { ...CONFIG.report, examples: 0 } })).report
  t.ok(validate(short))
  t.same(short.quarantine.reasons.map(({ count, examples }) => [count, examples.length]), [[1, 0], [1, 0], [1, 0]], 'counts stay without examples')
  const unbalanced = reportInputs(datasetOf())
  ;(unbalanced['dataset']![0]!.value as { meta: DatasetMeta }).meta = { ...datasetOf().meta, reconciliation: [{ ...datasetOf().meta.reconciliation[0]!, used: 2 }] }
  const { report: open, html } = texts(files(unbalanced))
  t.equal(open.reconciliation.total.balanced, false)
  t.match(html, /differs by 1/)
})

t.test('how text was read, and which of several tables of a sheet is meant', async t => {
  const first = MAPPING.files[0]!
  const second = { ...first.tables[0]!, id: 'other', range: 'F2:H9' }
  const mapping: Mapping = { ...MAPPING, files: [{ ...first, tables: [...first.tables, second] }, MAPPING.files[1]!] }
  const { report, markdown, html } = texts(files({ ...reportInputs(), mapping: [{ id: 'mapping', kind: 'mapping', hash: '', value: mapping }] }))
  t.ok(validate(report), JSON.stringify(validate.errors))
  t.same(report.files[1], { file: 'people.csv', format: 'csv', reader: 'read.csv', dialect: { encoding: 'windows-1252', delimiter: ';', quote: '"', escape: '', comment: '', fields: 2, line_ending: 'CRLF', confidence: 0.63 } })
  t.match(markdown, '| TITLE | A1:D1 | one merged cell above the header |', 'decisions are told with their reasons')
  t.match(markdown, '| people.csv | windows-1252 | ; | " |  |  | 2 | CRLF | 0.63 |')
  t.match(html, 'windows-1252')
  t.same([report.sources[0]!.range, report.sources[1]!.range], ['A2:D8', ''])
  t.same(report.reconciliation.tables.map(({ range }) => range), ['A2:D8', ''])
  t.match(markdown, 'Organisation › A2:D8')
  t.match(html, '<bdi>A2:D8</bdi>')
})

t.test('formats', async t => {
  t.same(files(reportInputs(), { ...CONFIG, report: { ...CONFIG.report, formats: ['markdown'] } }).map(({ suffix }) => suffix), ['.report.md'])
  t.same(files(reportInputs(), { ...CONFIG, report: { ...CONFIG.report, formats: [] } }), [])
  const first = files()
  const second = files()
  t.same(first.map(({ suffix }) => suffix), ['.report.json', '.report.md', '.report.html'])
  for (const [index, file] of first.entries()) {
    t.ok(Buffer.from(file.bytes).equals(second[index]!.bytes), `${file.suffix} is the same twice`)
    t.ok(file.stamp.at.length > 0)
    t.notOk(Buffer.from(stampRunId(file, RUN)).includes(RUN_ID_TOKEN))
  }
})

t.test('the page', async t => {
  const { html } = texts(files())
  t.match(html, '<title>Quality &lt;b&gt;&amp; more&lt;/b&gt;</title>')
  t.notMatch(html, /\b(src|href|action|data|poster|xlink:href)\s*=\s*"(?!#)/i, 'nothing is loaded')
  t.notMatch(html, /@import|url\(|<link|<img|<iframe|<object|\bon\w+=/i)
  t.equal(createHash('sha256').update(SCRIPT).digest('base64'), SCRIPT_HASH, 'the policy names the script that is there')
  t.match(html, `script-src 'sha256-${SCRIPT_HASH}'`)
  t.equal(html.split('<script>').length, 2)
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1]!)
  t.equal(new Set(ids).size, ids.length, 'ids are unique')
  for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) t.ok(ids.includes(id!), `#${id} is there`)
  for (const [, list] of html.matchAll(/aria-labelledby="([^"]+)"/g)) for (const id of list!.split(' ')) t.ok(ids.includes(id), `${id} names something`)
  t.equal(html.split('<svg').length - 1, 7)
  t.notMatch(html, /NaN|undefined|Infinity|\[object/)
  const open: string[] = []
  for (const [, close, name, self] of html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '').matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/gi)) {
    if (/^(meta|input|br|rect|line|path)$/.test(name!) || self === '/') continue
    if (close === '') open.push(name!)
    else if (open.pop() !== name) t.fail(`</${name}> closes something else`)
  }
  t.same(open, [], 'every element is closed')
})

t.test('values cannot break out of the report', async t => {
  const evil = '<img src=x onerror=alert(1)>"\'`|[x](javascript:alert(1))\u202e\u0000\n# head www.evil.example https://evil.example'
  const dataset = datasetOf([evil, evil, evil])
  const mapping: Mapping = { ...MAPPING, sources: MAPPING.sources.map(source => ({ ...source, file: evil, sheet: evil, role_reason: evil, columns: source.columns.map(column => ({ ...column, header: evil, reason: evil })) })), loss: MAPPING.loss.map(one => ({ ...one, file: evil, note: evil })) }
  const inputs = { ...reportInputs(dataset), mapping: [{ id: 'mapping', kind: 'mapping', hash: '', value: mapping }] }
  const { html, markdown, report } = texts(files(inputs, { ...CONFIG, report: { ...CONFIG.report, title: evil } }))
  t.ok(validate(report))
  t.notMatch(html, /<img|[\u0000\u202e]/)
  t.notMatch(markdown, /(?<!\\)<img|[\u0000\u202e]|(?<!\\)\[x|\nhead|(?<!\\)`|\swww\.|https:/)
  const lines = markdown.split('\n')
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('|') || lines[index - 1]?.startsWith('|')) continue
    const columns = line.split(/(?<!\\)\|/).length
    for (let next = index; lines[next]?.startsWith('|'); next++) t.equal(lines[next]!.split(/(?<!\\)\|/).length, columns, 'every row of a table has as many cells')
  }
  t.equal(escapeHtml(`a<b>&"'\u202e\u0007c`), 'a&lt;b&gt;&amp;&quot;&#39; c')
  t.equal(escapeMarkdown('- a*b_c|d <e> www.x.example a@b 1. x'), '\\- a\\*b\\_c\\|d \\<e\\> www\\.x.example a\\@b 1. x')
  t.same(['0.4', '8.3%', '31.02.2024', '3. item', '12) x', '-5'].map(escapeMarkdown), ['0.4', '8.3%', '31.02.2024', '3\\. item', '12\\) x', '\\-5'], 'a backslash stands before punctuation alone')
  t.same([formatCount(0), formatCount(1234567), formatShare(0.12345), formatShare(1)], ['0', '1,234,567', '12.3%', '100%'])
  t.equal(shorten(`${'x'.repeat(159)}😀`), `${'x'.repeat(159)}…`)
})

t.test('no personal value of the input is in any report file', async t => {
  const personal = ['Thandeka', 'Vilakazi', 'Quintus', 'Adendorff', 'Oyelaran', 'Bright', 'Davies', 'Ludo', 'Engelbrecht', 'thandeka@', '@bluecrane.example', 'q.adendorff', 'lost.example', '27821234567', '821234567', '835550142', '115550123', '115550199']
  const dataset = datasetOf(['Blue Crane (call Thandeka Vilakazi)', 'Karoo Wings 0821234567', 'Zephyr c/o q.adendorff@karoowings.example'])
  const mapping: Mapping = { ...MAPPING, loss: [{ ...MAPPING.loss[0]!, note: 'Quintus Adendorff 0821234567' }] }
  const inputs = {
    mapping: [{ id: 'mapping', kind: 'mapping', hash: '', value: mapping }],
    valid: [{ id: 'valid', kind: 'valid', hash: '', value: validOf({ website: [{ value: 'thandeka@bluecrane.example', count: 1 }], 'contact.name': [{ value: 'Ludo Engelbrecht', count: 2 }] }) }],
    dataset: [{ id: 'dataset', kind: 'dataset', hash: '', value: dataset }]
  }
  for (const file of files(inputs)) {
    const text = new TextDecoder().decode(file.bytes)
    for (const value of personal) t.notOk(text.toLowerCase().includes(value.toLowerCase()), `${value} is not in ${file.suffix}`)
  }
  const named = texts(files(reportInputs(), { ...CONFIG, compliance: { pii_fields: ['website'] } })).report
  t.equal(named.conflicts.examples[0]!.lost, 'h•••://o•••.b•••.e•••', 'a field that the profile names')
  const control = JSON.stringify(dataset.tables.map(table => table.columns.map(column => column.values)))
  t.ok(personal.every(value => control.includes(value)), 'the dataset holds every one of them')
})

t.test('plots', async t => {
  const counts = (rows_in: number, used: number, merged: number, quarantined: number) => ({ rows_in, used, merged, quarantined, balanced: true })
  const total = counts(40, 20, 10, 10)
  const table = (index: number, one = counts(2, 1, 1, 0)) => ({ file: `file ${index}.xlsx`, sheet: 'S', range: '', table: '', role: 'entity' as const, counts: one })
  t.match(flowPlot({ tables: Array.from({ length: 20 }, (_, index) => table(index)), total }), /11 more tables/)
  t.equal(flowPlot({ tables: [table(1, counts(0, 0, 0, 0))], total: counts(0, 0, 0, 0) }), '')
  t.notMatch(flowPlot({ tables: [table(1, counts(5, 5, 0, 0))], total: counts(5, 5, 0, 0) }), /Quarantined/)
  t.equal(fillPlot([]), '')
  t.equal(histogramPlot({ mean: 0, bands: [], flags: [] }), '')
  t.match(histogramPlot({ mean: 1, bands: [{ from: 0, rows: 1 }, { from: 1, rows: 3 }], flags: [] }), /mean 1</)
  t.equal(barsPlot('x', 'x', []), '')
  t.match(barsPlot('x', 'x', [{ name: 'missing_contact_primary_email', count: 1, kind: 'count' }]), />missing_contact_primary_email</)
  t.match(barsPlot('x', 'x', [{ name: '王'.repeat(40), count: 1, kind: 'count' }]), />王{15}…</, 'wide characters take twice the room')
  t.match(barsPlot('x', '<x>', Array.from({ length: 15 }, (_, index) => ({ name: `n${index}`, count: 15 - index, kind: 'count' }))), /3 more.*6</)
  for (const plot of [flowPlot({ tables: [table(1)], total: counts(2, 1, 1, 0) }), histogramPlot({ mean: 1 / 3, bands: [{ from: 0, rows: 7 }, { from: 1 / 3, rows: 3 }], flags: [] })]) {
    t.notMatch(plot, /\d\.\d{2,}"/, 'coordinates have one decimal')
  }
})

t.test('an empty dataset has a report', async t => {
  const base = datasetOf()
  const empty: Frame<DatasetMeta> = {
    meta: { ...base.meta, sources: [], reconciliation: [], filled: {}, score: { mean: 0, bands: [], flags: {} }, schema: { ...base.meta.schema, fields: [], groups: {}, extras: [] } },
    tables: [
      tableFrom('data', {}, { base: [] }),
      tableFrom('conflicts', { field: [], kept: [], lost: [], rule: [], entity_key: [] }, { entity: [], source: [], row: [] }),
      tableFrom('quarantine', { level: [], column: [], header: [], field: [], value: [], reason: [], detail: [], severity: [], file: [], sheet: [] }, { source: [], row: [] })
    ]
  }
  const { report, html, markdown } = texts(files({ ...reportInputs(empty), mapping: [{ id: 'mapping', kind: 'mapping', hash: '', value: { ...MAPPING, files: [], sources: [], loss: [] } }] }))
  t.ok(validate(report), JSON.stringify(validate.errors))
  t.notMatch(html + markdown, /NaN|undefined/)
})
