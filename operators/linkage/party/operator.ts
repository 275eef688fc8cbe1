/** The operator `linkage.party`: the clusters of a linkage as parties, with their names and the ways to reach them. */
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { Identities } from '../../identity/operator.ts'
import { partiesOfLinkage } from '../../party/from-linkage.ts'
import { partyFile } from '../../party/operator.ts'
import type { LinkClustersMeta, LinkRecordsMeta } from '../stages.ts'
import type { TablesMeta } from '../../model/stages.ts'

export const operator: Operator = {
  id: 'linkage.party',
  version: '1.0.0',
  summary: 'Writes the party store of a linkage, each name and contact method with the rows that say so',
  inputs: { tables: { kind: 'tables' }, records: { kind: 'link-records' }, clusters: { kind: 'link-clusters' }, identities: { kind: 'identities', optional: true } },
  outputs: { files: { kind: 'files' } },
  config: [],
  entropy: ['none'],
  run(inputs) {
    const { file } = (inputs['tables']![0]!.value as Frame<TablesMeta>).meta
    return { files: [partyFile(partiesOfLinkage(inputs['records']![0]!.value as Frame<LinkRecordsMeta>, inputs['clusters']![0]!.value as Frame<LinkClustersMeta>, (inputs['identities']?.[0]?.value as Identities | undefined)?.ids ?? null, file))] }
  }
}
