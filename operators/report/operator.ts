/** The report of a run, as JSON, Markdown and HTML. */
import type { OutputFile } from '../../kernel/artifact/files.ts'
import { tokenPositions } from '../../kernel/artifact/stamp.ts'
import type { Frame } from '../../kernel/artifact/table.ts'
import { canonicalJson } from '../../kernel/json.ts'
import type { Json, Operator } from '../../kernel/types.ts'
import type { Report } from '../../schemas/generated/report.ts'
import type { DatasetMeta, Mapping, ValidMeta } from '../model/stages.ts'
import { buildReport } from './build.ts'
import { htmlPage } from './html/page.ts'
import { markdownReport } from './markdown.ts'

const encoder = new TextEncoder()

const WRITERS: ReadonlyMap<string, { readonly suffix: string; readonly media_type: string; write(report: Report): string }> = new Map([
  ['json', { suffix: '.report.json', media_type: 'application/json', write: report => `${canonicalJson(report as unknown as Json)}\n` }],
  ['markdown', { suffix: '.report.md', media_type: 'text/markdown; charset=utf-8', write: markdownReport }],
  ['html', { suffix: '.report.html', media_type: 'text/html; charset=utf-8', write: htmlPage }]
])

/** Names of fields to mask that stand for no field: with inferred fields this cannot be known before. */
function unknownFields(names: readonly string[], { fields, groups, extras }: DatasetMeta['schema']): readonly string[] {
  const known = new Set<string>([...fields.map(({ name }) => name), ...extras])
  for (const group of Object.keys(groups)) for (const { name } of groups[group]!.fields) known.add(`${group}.${name}`).add(name)
  return names.filter(name => !known.has(name))
}

export const operator: Operator = {
  id: 'report',
  version: '1.8.0',
  summary: 'Writes the report of a run: what was read, mapped, changed, merged, lost and quarantined',
  inputs: { mapping: { kind: 'mapping' }, valid: { kind: 'valid' }, dataset: { kind: 'dataset' }, processed: { kind: 'dataset', optional: true } },
  outputs: { files: { kind: 'files' } },
  config: ['report', 'compliance.pii_fields'],
  entropy: ['none'],
  isolation: 'none',
  run(inputs, config, context) {
    for (const name of unknownFields(config.compliance.pii_fields, (inputs['dataset']![0]!.value as Frame<DatasetMeta>).meta.schema)) {
      context.diagnose({ code: 'SENSITIVE_FIELD_UNKNOWN', severity: 'warning', message: `${name} is to be masked, but the dataset has no such field`, details: { field: name } })
    }
    const report = buildReport({
      mapping: inputs['mapping']![0]!.value as Mapping,
      valid: inputs['valid']![0]!.value as Frame<ValidMeta>,
      dataset: inputs['dataset']![0]!.value as Frame<DatasetMeta>,
      processed: (inputs['processed']?.[0] ?? inputs['dataset']![0]!).value as Frame<DatasetMeta>,
      title: config.report.title,
      examples: config.report.examples,
      piiFields: config.compliance.pii_fields
    })
    context.progress(0.7)
    const files: OutputFile[] = []
    for (const [format, { suffix, media_type, write }] of WRITERS) {
      if (!config.report.formats.includes(format)) continue
      const bytes = encoder.encode(write(report))
      files.push({ suffix, media_type, bytes, stamp: { at: tokenPositions(bytes), entries: [] } })
    }
    context.progress(1)
    return { files }
  }
}
