/** The operator `identity`: ids for the entities of a run, kept from run to run, and the registry that follows. */
import { RUN_ID_TOKEN, type OutputFile } from '../../kernel/artifact/files.ts'
import { tokenPositions } from '../../kernel/artifact/stamp.ts'
import { columnOf, integersOf, tableOf, type Column, type Frame } from '../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../kernel/types.ts'
import type { LinkDecisions } from '../linkage/stages.ts'
import type { ClustersMeta, ValidMeta } from '../model/stages.ts'
import type { NumberedDecision } from '../decisions/decision.ts'
import { anchorReader, IDENTIFYING } from './anchors.ts'
import type { Grouped } from './assign.ts'
import { keepRegistry, type Kept } from './ledger.ts'
import { recordIds } from './record-id.ts'
import { EMPTY_REGISTRY, readRegistry, registryCodec } from './registry.ts'

/** Kind `identities` (JSON): the ids of the clusters, by number less one. */
export interface Identities { readonly ids: readonly string[] }

/** The registry as a file to publish. */
export function registryFile({ registry }: Kept): OutputFile {
  const bytes = registryCodec.encode(registry)
  return { suffix: '.entities.jsonl', media_type: 'application/jsonl', bytes, stamp: { at: tokenPositions(bytes), entries: [] } }
}

/** From the bytes of the registry before (empty for the first run) to what is kept now. */
export function identify(before: Uint8Array, groups: readonly Grouped[], decisions: LinkDecisions | undefined, asOf: string | null): Kept {
  const previous = before.length === 0 ? EMPTY_REGISTRY : readRegistry(before, 'the registry')
  const standing = (decisions?.decisions ?? []).map(({ decision, a, b, by, at, reason, line }): NumberedDecision => ({ decision, a, b, by, at, ...(reason === '' ? {} : { why: reason }), line }))
  return keepRegistry(previous, groups, standing, { run_id: RUN_ID_TOKEN, as_of: asOf })
}

/** Tells what became of the entities that were known before. */
export function tellChanges({ news }: Kept, context: Pick<Context, 'diagnose'>): void {
  const counts = new Map<string, number>()
  for (const { event } of news) counts.set(event, (counts.get(event) ?? 0) + 1)
  if (counts.size > 0) context.diagnose({ code: 'ENTITIES_CHANGED', severity: 'info', message: `of the entities known before: ${[...counts].map(([event, count]) => `${count} ${event}`).join(', ')}`, details: Object.fromEntries(counts) })
}

/** The clusters of a run, each with the ids of its records and what identifies it. */
function groupsOf(valid: Frame<ValidMeta>, clusters: Frame<ClustersMeta>): readonly Grouped[] {
  const records = tableOf(valid, 'records')
  const ids = recordIds(valid)
  const columns = valid.meta.schema.fields.flatMap(({ name, type, derive, constant }): { type: string; column: Column }[] => {
    const column = type === undefined || !IDENTIFYING.has(type) || derive !== undefined || constant !== undefined ? undefined : (columnOf(records, `${name}#key`) ?? columnOf(records, name))
    return column === undefined ? [] : [{ type: type!, column }]
  })
  const anchorsOf = anchorReader(columns)
  const groups = Array.from({ length: clusters.meta.clusters }, () => ({ records: [] as string[], anchors: [] as string[] }))
  integersOf(tableOf(clusters, 'clusters'), 'cluster').forEach((cluster, record) => {
    if (cluster === 0) return
    groups[cluster - 1]!.records.push(ids[record]!)
    groups[cluster - 1]!.anchors.push(...anchorsOf(record))
  })
  return groups
}

export const operator: Operator = {
  id: 'identity',
  version: '1.0.0',
  summary: 'Gives entities ids that they keep from run to run, with a ledger of merges, splits and retirements',
  inputs: { valid: { kind: 'valid' }, clusters: { kind: 'clusters' }, registry: { kind: 'bytes' }, decisions: { kind: 'link-decisions', optional: true } },
  outputs: { registry: { kind: 'entity-registry' }, identities: { kind: 'identities' }, files: { kind: 'files' } },
  config: [],
  entropy: ['none'],
  run(inputs, _config, context) {
    const groups = groupsOf(inputs['valid']![0]!.value as Frame<ValidMeta>, inputs['clusters']![0]!.value as Frame<ClustersMeta>)
    const kept = identify(inputs['registry']![0]!.value as Uint8Array, groups, inputs['decisions']?.[0]?.value as LinkDecisions | undefined, context.pins.as_of)
    tellChanges(kept, context)
    return { registry: kept.registry, identities: { ids: kept.ids } satisfies Identities, files: [registryFile(kept)] }
  }
}
