/** The operator `linkage.identity`: ids for the clusters, kept from run to run, and the registry that follows. */
import { columnOf, integersOf, tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { anchorReader, IDENTIFYING } from '../../identity/anchors.ts'
import type { Grouped } from '../../identity/assign.ts'
import { identify, registryFile, tellChanges, type Identities } from '../../identity/operator.ts'
import type { LinkClustersMeta, LinkDecisions, LinkRecordsMeta } from '../stages.ts'

function groupsOf(records: Frame<LinkRecordsMeta>, clusters: Frame<LinkClustersMeta>): readonly Grouped[] {
  const table = tableOf(records, 'records')
  const ids = columnOf(table, '#id')!
  // Ids of the user's own outlive edits; numbered rows do not, and are known again by what identifies them.
  const anchorsOf = records.meta.id_field === '' ? anchorReader(records.meta.fields.filter(({ type }) => IDENTIFYING.has(type)).map(({ name, type }) => ({ type, column: columnOf(table, name)! }))) : () => []
  const groups = Array.from({ length: clusters.meta.clusters }, () => ({ records: [] as string[], anchors: [] as string[] }))
  integersOf(tableOf(clusters, 'clusters'), 'cluster').forEach((cluster, record) => {
    const group = groups[cluster - 1]!
    group.records.push(ids.values[ids.codes[record]! - 1]!)
    group.anchors.push(...anchorsOf(record))
  })
  return groups
}

export const operator: Operator = {
  id: 'linkage.identity',
  version: '1.0.0',
  summary: 'Gives clusters ids that they keep from run to run, with a ledger of merges, splits and retirements',
  inputs: { records: { kind: 'link-records' }, clusters: { kind: 'link-clusters' }, registry: { kind: 'bytes' }, decisions: { kind: 'link-decisions', many: true } },
  outputs: { registry: { kind: 'entity-registry' }, identities: { kind: 'identities' }, files: { kind: 'files' } },
  config: [],
  entropy: ['none'],
  run(inputs, _config, context) {
    const groups = groupsOf(inputs['records']![0]!.value as Frame<LinkRecordsMeta>, inputs['clusters']![0]!.value as Frame<LinkClustersMeta>)
    const kept = identify(inputs['registry']![0]!.value as Uint8Array, groups, inputs['decisions']?.[0]?.value as LinkDecisions | undefined, context.pins.as_of)
    tellChanges(kept, context)
    return { registry: kept.registry, identities: { ids: kept.ids } satisfies Identities, files: [registryFile(kept)] }
  }
}
