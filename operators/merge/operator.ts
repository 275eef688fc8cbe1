/** The operator `merge`: one row per entity, and every value that lost with what it lost against. */
import { columnFrom, selectRows } from '../../kernel/artifact/builder.ts'
import { integersOf, tableOf, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Operator } from '../../kernel/types.ts'
import type { Identities } from '../identity/operator.ts'
import type { ClustersMeta, EntitiesMeta, ValidMeta } from '../model/stages.ts'
import { countryName } from '../normalise/country.ts'
import { countryOfRegion } from '../normalise/region.ts'
import { createConflicts } from './conflict.ts'
import { deriveLineage, deriveSlugs, deriveValues } from './derive.ts'
import { derivationOf, mergeFields, type Merging } from './fields.ts'
import { gatherGroup, type GroupRows } from './groups.ts'
import { sortEntities } from './order.ts'
import { rankingOf } from './rank.ts'
import { reconcile } from './reconcile.ts'
import { rosterOf } from './roster.ts'

/** The rows of a group in the final order of the entities. */
function groupTable(group: GroupRows, order: Uint32Array): Table {
  const size = group.entity.length
  const rows = new Uint32Array(size)
  const entities = new Uint32Array(size)
  let at = 0
  order.forEach((entity, position) => {
    for (let row = group.offsets[entity]!; row < group.offsets[entity + 1]!; row++) {
      rows[at] = row
      entities[at++] = position + 1
    }
  })
  return {
    name: group.name,
    rows: size,
    integers: [
      { name: 'entity', data: entities },
      { name: 'primary', data: rows.map(row => group.primary[row]!) },
      { name: 'from', data: rows.map(row => group.from[row]!) }
    ],
    columns: group.columns.map(column => selectRows(column, rows))
  }
}

/** The ids that entities keep from run to run, as a last column under a name that no other column has. */
function identityColumn(identities: Identities | undefined, order: Uint32Array, names: readonly string[]): Column | undefined {
  if (identities === undefined) return undefined
  return columnFrom(names.includes('entity_id') ? 'hotpass_entity_id' : 'entity_id', Array.from(order, entity => identities.ids[entity] ?? null))
}

/** What stands at each entity, in the order of the entities. */
function inOrder(values: Uint32Array, order: Uint32Array): Uint32Array {
  const out = new Uint32Array(order.length)
  for (let at = 0; at < out.length; at++) out[at] = values[order[at]!]!
  return out
}

function memberTable({ roster }: Merging, order: Uint32Array): Table {
  const entity = new Uint32Array(roster.records.length)
  const record = new Uint32Array(roster.records.length)
  let to = 0
  order.forEach((each, position) => {
    for (let at = roster.offsets[each]!; at < roster.offsets[each + 1]!; at++) {
      entity[to] = position + 1
      record[to++] = roster.records[at]! + 1
    }
  })
  return { name: 'members', rows: to, columns: [], integers: [{ name: 'entity', data: entity }, { name: 'record', data: record }] }
}

export const operator: Operator = {
  id: 'merge',
  version: '1.0.0',
  summary: 'Makes one row of the records of each entity, and lists every value that lost',
  inputs: { valid: { kind: 'valid' }, clusters: { kind: 'clusters' }, identities: { kind: 'identities', optional: true } },
  outputs: { entities: { kind: 'entities' } },
  config: ['country', 'refine.merge'],
  entropy: ['none'],
  run(inputs, config, context) {
    const valid = inputs['valid']![0]!.value as Frame<ValidMeta>
    const clusters = inputs['clusters']![0]!.value as Frame<ClustersMeta>
    const { schema, sources, group_order } = valid.meta
    const records = tableOf(valid, 'records')
    const recordSources = integersOf(records, 'source')
    const recordRows = integersOf(records, 'row')
    const { rank, recency } = config.refine.merge
    const ranking = rankingOf(valid, rank, recency)
    const roster = rosterOf(integersOf(tableOf(clusters, 'clusters'), 'cluster'), clusters.meta.clusters, ranking, record => sources[recordSources[record]! - 1]!.role === 'satellite')
    const conflicts = createConflicts()
    const groups = new Map(group_order.map(name => [name, gatherGroup(name, tableOf(valid, name), records, schema, sources, roster, conflicts)]))
    context.progress(0.3)

    const merging: Merging = { valid, roster, ranking, recency, conflicts, groups }
    const merged = mergeFields(merging)
    deriveValues(merged, merging, (region, home) => {
      const code = countryOfRegion(region, home ?? config.country)
      return code === null ? null : countryName(code) ?? null
    })
    // Slugs depend on the order, and what a row's history says about it must not move the row.
    const late = new Set(schema.fields.filter(field => derivationOf(field, 'slug') ?? derivationOf(field, 'lineage') ?? derivationOf(field, 'score')).map(({ name }) => name))
    const names = [...schema.fields.map(({ name }) => name), ...schema.extras]
    const columns: Column[] = names.filter(name => !late.has(name)).map(name => merged.get(name)!.column)
    const position = (a: number, b: number): number => recordSources[a]! - recordSources[b]! || recordRows[a]! - recordRows[b]! || a - b
    const base = (entity: number): number => roster.base[entity]!
    const order = sortEntities(columns, roster.entities, (a, b) => position(base(a), base(b)))
    deriveSlugs(merged, merging, order)
    deriveLineage(merged, merging)
    context.progress(0.8)

    const positionOf = new Uint32Array(roster.entities)
    order.forEach((entity, at) => {
      positionOf[entity] = at
    })
    const reconciliation = reconcile(valid, roster)
    for (const { file, sheet, rows_in, used, merged: into, quarantined } of reconciliation) {
      if (rows_in === used + into + quarantined) continue
      context.diagnose({ code: 'ROWS_NOT_RECONCILED', severity: 'error', message: `${rows_in} rows came in from ${file}, sheet ${sheet}, but ${used} used + ${into} merged + ${quarantined} quarantined were found`, details: { file, sheet, rows_in, used, merged: into, quarantined } })
    }
    const identity = identityColumn(inputs['identities']?.[0]?.value as Identities | undefined, order, names)
    const entities: Frame<EntitiesMeta> = {
      meta: { schema: identity === undefined ? schema : { ...schema, extras: [...schema.extras, identity.name] }, sources, reconciliation },
      tables: [
        { name: 'entities', rows: roster.entities, integers: [{ name: 'base', data: order.map(entity => base(entity) + 1) }], columns: [...names.map(name => selectRows(merged.get(name)!.column, order)), ...(identity === undefined ? [] : [identity])] },
        { name: 'winners', rows: roster.entities, columns: [], integers: [...names.map(name => ({ name, data: inOrder(merged.get(name)!.winners, order) })), ...(identity === undefined ? [] : [{ name: identity.name, data: new Uint32Array(roster.entities) }])] },
        memberTable(merging, order),
        ...group_order.map(name => groupTable(groups.get(name)!, order)),
        conflicts.table(positionOf)
      ]
    }
    return { entities }
  }
}
