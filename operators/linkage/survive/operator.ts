/** The operator `linkage.survive`: one row per cluster, and which record is in which cluster. */
import { columnFrom, selectRows } from '../../../kernel/artifact/builder.ts'
import { NO_STAMP, type OutputFile } from '../../../kernel/artifact/files.ts'
import { columnOf, integersOf, tableOf, type Column, type Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { writeCsv } from '../../export/csv/operator.ts'
import type { ExportColumn } from '../../export/dataset.ts'
import type { Identities } from '../../identity/operator.ts'
import type { DatasetMeta } from '../../model/stages.ts'
import { inFileOrder } from '../records/order.ts'
import type { LinkClustersMeta, LinkRecordsMeta } from '../stages.ts'

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
    const kept = Uint32Array.from({ length: clusters }, (_, at) => codes[best[at + 1]!]!)
    for (let record = 0; record < cluster.length; record++) if (kept[cluster[record]! - 1] === 0) kept[cluster[record]! - 1] = codes[record]!
    return { name, values, kinds: null, codes: kept }
  })
  return { columns: merged, sizes }
}

const numbers = (name: string, data: Uint32Array): Column => columnFrom(name, Array.from(data, String))
const shown = (column: Column): ExportColumn => ({ name: column.name, type: 'text', multiple: false, quality: false, column })

export const operator: Operator = {
  id: 'linkage.survive',
  version: '1.1.0',
  summary: 'Writes one row per cluster, and the cluster of every record',
  inputs: { records: { kind: 'link-records' }, clusters: { kind: 'link-clusters' }, identities: { kind: 'identities', optional: true } },
  outputs: { dataset: { kind: 'dataset' }, files: { kind: 'files' } },
  config: ['export.list_separator'],
  entropy: ['none'],
  run(inputs, config) {
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
    const named = (name: string, numbered: Uint32Array): Column => (ids === undefined ? numbers(name, numbered) : columnFrom(name, Array.from(numbered, number => ids[number - 1]!)))
    const data = [named(free('cluster_id'), Uint32Array.from({ length: clusters }, (_, at) => at + 1)), numbers(free('records'), sizes), ...columns]
    const id = columnOf(table, '#id')!
    const order = inFileOrder(table)
    const listing = [{ ...id, name: records.meta.id_field === '' ? 'record_id' : records.meta.id_field }, named('cluster_id', cluster), ...(records.meta.id_field === '' ? [numbers('row', integersOf(table, 'row'))] : [])].map(column => selectRows(column, order))
    const csv = (rows: number, from: readonly Column[]): Uint8Array => writeCsv({ name: 'data', role: 'data', rows, columns: from.map(shown), entity: new Uint32Array(0) }, config.export.list_separator as string)
    const files: OutputFile[] = [
      { suffix: '.csv', media_type: 'text/csv; charset=utf-8; header=present', bytes: csv(clusters, data), stamp: NO_STAMP },
      { suffix: '.clusters.csv', media_type: 'text/csv; charset=utf-8; header=present', bytes: csv(table.rows, listing), stamp: NO_STAMP }
    ]
    const meta: DatasetMeta = {
      schema: { entity: 'record', inferred: true, fields: data.map(({ name }) => ({ name, type: 'text' })), groups: {}, extras: [], merge_keys: [] },
      sources: [],
      reconciliation: [{ file: '', sheet: '', table: '', role: 'entity', rows_in: table.rows, used: clusters, merged: table.rows - clusters, quarantined: 0 }],
      score: { mean: 0, bands: [], flags: {} },
      filled: {}
    }
    return { dataset: { meta, tables: [{ name: 'data', rows: clusters, columns: data, integers: [] }, { name: 'conflicts', rows: 0, columns: [], integers: [{ name: 'entity', data: new Uint32Array(0) }, { name: 'source', data: new Uint32Array(0) }, { name: 'row', data: new Uint32Array(0) }] }, { name: 'quarantine', rows: 0, columns: [], integers: [] }] } as Frame<DatasetMeta>, files }
  }
}
