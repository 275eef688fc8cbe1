/** The operator `linkage.report`: what was compared, how sure it is, what is left to people, as a page and as JSON. */
import { RUN_ID_TOKEN, type OutputFile } from '../../../kernel/artifact/files.ts'
import { tokenPositions } from '../../../kernel/artifact/stamp.ts'
import type { Frame } from '../../../kernel/artifact/table.ts'
import { canonicalJson } from '../../../kernel/json.ts'
import type { Json, Operator } from '../../../kernel/types.ts'
import { linkageReport } from '../../explain/content.ts'
import { linkagePage } from '../../explain/page/page.ts'
import type { Identities } from '../../identity/operator.ts'
import type { LinkClustersMeta, LinkDecisions, LinkRecordsMeta, LinkScoresMeta } from '../stages.ts'

const encoder = new TextEncoder()

export const operator: Operator = {
  id: 'linkage.report',
  version: '1.1.0',
  summary: 'Writes the report of a linkage: weights, model, blocking, clusters, and what is left to people',
  inputs: { records: { kind: 'link-records' }, scores: { kind: 'link-scores' }, clusters: { kind: 'link-clusters' }, identities: { kind: 'identities', optional: true }, decisions: { kind: 'link-decisions', many: true } },
  outputs: { files: { kind: 'files' } },
  config: ['report', 'compliance.pii_fields'],
  entropy: ['none'],
  run(inputs, config) {
    const report = linkageReport({
      records: inputs['records']![0]!.value as Frame<LinkRecordsMeta>,
      scores: inputs['scores']![0]!.value as Frame<LinkScoresMeta>,
      clusters: inputs['clusters']![0]!.value as Frame<LinkClustersMeta>,
      decisions: (inputs['decisions'] ?? []).flatMap(({ value }) => (value as LinkDecisions).decisions),
      entities: (inputs['identities']?.[0]?.value as Identities | undefined)?.ids ?? null,
      title: config.report.title === undefined || config.report.title === 'Data quality report' ? 'Who is who' : config.report.title,
      runId: RUN_ID_TOKEN,
      piiFields: config.compliance.pii_fields,
      reveal: false
    })
    const texts: readonly (readonly [format: string, suffix: string, media: string, write: () => string])[] = [
      ['html', '.report.html', 'text/html; charset=utf-8', () => linkagePage(report)],
      ['json', '.report.json', 'application/json', () => `${canonicalJson(report as unknown as Json)}\n`]
    ]
    const files = texts.filter(([format]) => config.report.formats.includes(format)).map(([, suffix, media_type, write]): OutputFile => {
      const bytes = encoder.encode(write())
      return { suffix, media_type, bytes, stamp: { at: tokenPositions(bytes), entries: [] } }
    })
    return { files }
  }
}
