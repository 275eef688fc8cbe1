/** The operator `linkage.graph`: records and scored pairs as a graph, for other tools. */
import { NO_STAMP, type OutputFile } from '../../../kernel/artifact/files.ts'
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { graphJson, graphMl, linkGraph } from '../../explain/graph.ts'
import type { Identities } from '../../identity/operator.ts'
import type { LinkClustersMeta, LinkRecordsMeta } from '../stages.ts'

export const operator: Operator = {
  id: 'linkage.graph',
  version: '1.0.0',
  summary: 'Writes the graph of records and scored pairs as GraphML and as JSON',
  inputs: { records: { kind: 'link-records' }, clusters: { kind: 'link-clusters' }, identities: { kind: 'identities', optional: true } },
  outputs: { files: { kind: 'files' } },
  config: [],
  entropy: ['none'],
  run(inputs) {
    const graph = linkGraph({ records: inputs['records']![0]!.value as Frame<LinkRecordsMeta>, clusters: inputs['clusters']![0]!.value as Frame<LinkClustersMeta> }, (inputs['identities']?.[0]?.value as Identities | undefined)?.ids ?? null)
    const file = (suffix: string, media_type: string, text: string): OutputFile => ({ suffix, media_type, bytes: new TextEncoder().encode(text), stamp: NO_STAMP })
    return { files: [file('.graphml', 'application/graphml+xml', graphMl(graph)), file('.graph.json', 'application/json', graphJson(graph))] }
  }
}
