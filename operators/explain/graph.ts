/**
 * The graph of a linkage: records as nodes with their cluster, scored pairs as edges with weight, probability and role.
 * As GraphML 1.0 (graphml.graphdrawing.org) and as JSON. It holds ids, and no other value of a record.
 */
import { columnOf, integersOf, tableOf, textAt } from '../../kernel/artifact/table.ts'
import { WEIGHT_ZERO } from '../linkage/stages.ts'
import type { Linkage } from './pair.ts'

export interface GraphNode { readonly id: string; readonly source: string; readonly cluster: string }
export interface GraphEdge { readonly a: number; readonly b: number; readonly weight: number; readonly probability: number; readonly role: string }
export interface LinkGraph { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }

/** `entities` are the ids of the clusters, by number less one; without them clusters go by number. */
export function linkGraph({ records, clusters }: Pick<Linkage, 'records' | 'clusters'>, entities: readonly string[] | null): LinkGraph {
  const table = tableOf(records, 'records')
  const [ids, sources] = [columnOf(table, '#id')!, columnOf(table, '#source')]
  const clusterOf = integersOf(tableOf(clusters, 'clusters'), 'cluster')
  const nodes = Array.from({ length: table.rows }, (_, row): GraphNode => ({ id: textAt(ids, row) ?? '', source: (sources === undefined ? null : textAt(sources, row)) ?? '', cluster: entities?.[clusterOf[row]! - 1] ?? String(clusterOf[row]!) }))
  const table2 = tableOf(clusters, 'edges')
  const role = columnOf(table2, 'role')!
  const [as, bs, weights, probabilities] = ['a', 'b', 'weight', 'probability'].map(name => integersOf(table2, name)) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  const edges = Array.from({ length: table2.rows }, (_, at): GraphEdge => ({ a: as[at]! - 1, b: bs[at]! - 1, weight: (weights[at]! - WEIGHT_ZERO) / 1000, probability: probabilities[at]! / 1_000_000, role: textAt(role, at) ?? '' }))
  return { nodes, edges }
}

/** Characters that XML 1.0 cannot hold become the replacement character. */
function xml(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replace(/[&<>"]/g, character => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]!).replace(/[\t\n\r]/g, character => `&#${character.charCodeAt(0)};`)
}

const KEYS: readonly (readonly [id: string, of: 'node' | 'edge', name: string, type: string])[] = [
  ['record', 'node', 'record', 'string'],
  ['source', 'node', 'source', 'string'],
  ['cluster', 'node', 'cluster', 'string'],
  ['weight', 'edge', 'weight', 'double'],
  ['probability', 'edge', 'probability', 'double'],
  ['role', 'edge', 'role', 'string']
]

/** Nodes are `n0`, `n1`, …: a record's id need not be a name that XML allows. */
export function graphMl({ nodes, edges }: LinkGraph): string {
  const data = (key: string, value: string | number): string => `<data key="${key}">${typeof value === 'number' ? value : xml(value)}</data>`
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    ...KEYS.map(([id, of, name, type]) => `<key id="${id}" for="${of}" attr.name="${name}" attr.type="${type}"/>`),
    '<graph id="linkage" edgedefault="undirected">',
    ...nodes.map(({ id, source, cluster }, at) => `<node id="n${at}">${data('record', id)}${source === '' ? '' : data('source', source)}${data('cluster', cluster)}</node>`),
    ...edges.map(({ a, b, weight, probability, role }, at) => `<edge id="e${at}" source="n${a}" target="n${b}">${data('weight', weight)}${data('probability', probability)}${data('role', role)}</edge>`),
    '</graph>',
    '</graphml>'
  ]
  return `${lines.join('\n')}\n`
}

/** Keys in code unit order, as canonical JSON has them. `{schema, nodes: [{id, source, cluster}], edges: [{a, b, weight, probability, role}]}`, edges by record id. One node or edge a line. */
export function graphJson({ nodes, edges }: LinkGraph): string {
  const list = (lines: readonly string[]): string => (lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`)
  return `{"schema":"urn:hotpass:link-graph:1","nodes":${list(nodes.map(({ cluster, id, source }) => JSON.stringify({ cluster, id, source })))},"edges":${list(edges.map(({ a, b, probability, role, weight }) => JSON.stringify({ a: nodes[a]!.id, b: nodes[b]!.id, probability, role, weight })))}}\n`
}
