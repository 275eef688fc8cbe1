/** The operator `linkage.survive`: one row per cluster, and which record is in which cluster. */
import { columnFrom } from '../../../kernel/artifact/builder.ts'
import { NO_STAMP } from '../../../kernel/artifact/files.ts'
import { columnOf, integersOf, tableOf, type Column, type Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { csvField, LINE_END } from '../../export/csv/operator.ts'
import { integerTexts } from '../../export/dataset.ts'
import { concatenateRows, fragmentsOf, numberFragments, type FragmentColumn } from '../../export/fragments.ts'
import type { Identities } from '../../identity/operator.ts'
import type { DatasetMeta } from '../../model/stages.ts'
import { inFileOrder } from '../records/order.ts'
import type { LinkClustersMeta, LinkRecordsMeta } from '../stages.ts'
import { CSV, writeRecords, type RecordsFormat } from './write.ts'

/**
 * The rows of a cluster as one: that of its most complete record (the first of several), with its empty cells filled
 * from the others, the first that has a value.
 */
function survivors(columns: readonly Column[], cluster: Uint32Array, clusters: number): { readonly columns: readonly Column[]; readonly sizes: Uint32Array } {
  const filled = new Uint32Array(cluster.length)
  for (const { codes } of columns) for (let record = 0; record < codes.length; record++) if (codes[record] !== 0) filled[record]!++
  const best = new Int32Array(clusters + 1).fill(-1)
  const sizes = new Uint32Array(clusters)
  for (let record = 0; record < cluster.length; record++) {
    const own = cluster[record]!
    sizes[own - 1]!++
    if (best[own] === -1 || filled[record]! > filled[best[own]!]!) best[own] = record
  }
  const merged = columns.map(({ name, values, codes }) => {
    const kept = new Uint32Array(clusters)
    for (let at = 0; at < clusters; at++) kept[at] = codes[best[at + 1]!]!
    for (let record = 0; record < cluster.length; record++) if (kept[cluster[record]! - 1] === 0) kept[cluster[record]! - 1] = codes[record]!
    return { name, values, kinds: null, codes: kept }
  })
  return { columns: merged, sizes }
}

const upTo = (name: string, last: number): Column => ({ name, values: Array.from({ length: last }, (_, at) => String(at + 1)), kinds: null, codes: Uint32Array.from({ length: last }, (_, at) => at + 1) })

/** The cluster of every record, in the order of the file. Numbers are written as they are, without a text for each. */
function listing(records: Frame<LinkRecordsMeta>, cluster: Uint32Array, ids: readonly string[] | undefined): Uint8Array {
  const table = tableOf(records, 'records')
  const order = inFileOrder(table)
  const id = columnOf(table, '#id')!
  const inOrder = (data: Uint32Array): Uint32Array => order.map(record => data[record]!)
  const numbered = (data: Uint32Array, end: string): FragmentColumn => ({ codes: inOrder(data), fragments: numberFragments(data.reduce((most, number) => (number > most ? number : most), 0), end) })
  const last = records.meta.id_field === '' ? ',' : LINE_END
  const columns = [
    { codes: inOrder(id.codes), fragments: fragmentsOf(['', ...id.values.map(csvField)], ',') },
    ids === undefined ? numbered(cluster, last) : { codes: inOrder(cluster), fragments: fragmentsOf(['', ...ids.map(csvField)], last) },
    ...(records.meta.id_field === '' ? [numbered(integersOf(table, 'row'), LINE_END)] : [])
  ]
  const head = [records.meta.id_field === '' ? 'record_id' : csvField(records.meta.id_field), 'cluster_id', ...(records.meta.id_field === '' ? ['row'] : [])]
  return concatenateRows(new TextEncoder().encode(head.join(',') + LINE_END), columns, table.rows)
}

export const operator: Operator = {
  id: 'linkage.survive',
  version: '1.1.0',
  summary: 'Writes one row per cluster, and the cluster of every record',
  inputs: { records: { kind: 'link-records' }, clusters: { kind: 'link-clusters' }, identities: { kind: 'identities', optional: true } },
  outputs: { dataset: { kind: 'dataset' }, files: { kind: 'files' } },
  config: ['export.list_separator', 'refine.linkage.format'],
  entropy: ['none'],
  isolation: 'none',
  run(inputs, config, context) {
    const records = inputs['records']![0]!.value as Frame<LinkRecordsMeta>
    const found = inputs['clusters']![0]!.value as Frame<LinkClustersMeta>
    const table = tableOf(records, 'records')
    const cluster = integersOf(tableOf(found, 'clusters'), 'cluster')
    const { clusters } = found.meta
    const own = table.columns.filter(({ name }) => !name.startsWith('#'))
    const { columns, sizes } = survivors(own, cluster, clusters)
    const free = (name: string): string => (columns.some(column => column.name === name) ? free(`${name}_`) : name)
    // Where a registry is kept, a cluster goes by the id that its entity keeps; else by number.
    const ids = (inputs['identities']?.[0]?.value as Identities | undefined)?.ids
    const data = [ids === undefined ? upTo(free('cluster_id'), clusters) : columnFrom(free('cluster_id'), ids.slice(0, clusters)), integerTexts(free('records'), sizes), ...columns]
    const meta: DatasetMeta = {
      schema: { entity: 'record', inferred: true, fields: data.map(({ name }) => ({ name, type: 'text' })), groups: {}, extras: [], merge_keys: [] },
      sources: [],
      reconciliation: [{ file: '', sheet: '', table: '', role: 'entity', rows_in: table.rows, used: clusters, merged: table.rows - clusters, quarantined: 0 }],
      score: { mean: 0, bands: [], flags: {} },
      filled: {}
    }
    const dataset: Frame<DatasetMeta> = { meta, tables: [{ name: 'data', rows: clusters, columns: data, integers: [] }, { name: 'conflicts', rows: 0, columns: [], integers: [{ name: 'entity', data: new Uint32Array(0) }, { name: 'source', data: new Uint32Array(0) }, { name: 'row', data: new Uint32Array(0) }] }, { name: 'quarantine', rows: 0, columns: [], integers: [] }] }
    const numbers = new Set(ids === undefined ? [data[0]!.name, data[1]!.name] : [data[1]!.name])
    const written = writeRecords(dataset, numbers, config.refine?.linkage?.format as RecordsFormat | undefined ?? 'csv', config.export.list_separator as string, finding => context.diagnose(finding))
    return { dataset, files: [written, { suffix: '.clusters.csv', media_type: CSV, bytes: listing(records, cluster, ids), stamp: NO_STAMP }] }
  }
}
