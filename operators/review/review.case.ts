/** A small linkage as its operators leave it, for tests of what comes after. Invented people. */
import { columnFrom } from '../../kernel/artifact/builder.ts'
import type { Frame } from '../../kernel/artifact/table.ts'
import { WEIGHT_ZERO, type Comparison, type EdgeRole, type LinkClustersMeta, type LinkModel, type LinkRecordsMeta, type LinkScoresMeta } from '../linkage/stages.ts'

export const PEOPLE: readonly (readonly [id: string, name: string, email: string | null, town: string | null])[] = [
  ['r1', 'Thandi Mokoena', 'thandi@heron.example', 'Knysna'],
  ['r2', 'Thandi Mokoena', 'thandi@heron.example', null],
  ['r3', 'T. Mokoena', 'info@heron.example', 'Knysna'],
  ['r4', '=Sipho <b>Dube</b>', 'sipho@stilt.example', 'Paarl'],
  ['r5', 'Sipho Dubé', 'info@heron.example', 'Paarl'],
  ['r6', 'Lerato Nkosi', null, 'Worcester']
]

const COMPARISONS: readonly Comparison[] = [
  { name: 'name', fields: ['name'], type: 'person-name', term_frequency: true, levels: [{ label: 'equal', m: 0.8, u: 0.001, weight: 9_644 }, { label: 'similar', m: 0.15, u: 0.01, weight: 3_907 }, { label: 'different', m: 0.05, u: 0.989, weight: -4_306 }] },
  { name: 'email', fields: ['email'], type: 'email', term_frequency: false, levels: [{ label: 'equal', m: 0.9, u: 0.002, weight: 8_814 }, { label: 'different', m: 0.1, u: 0.998, weight: -3_319 }] },
  { name: 'town', fields: ['town'], type: 'word', term_frequency: false, levels: [{ label: 'equal', m: 0.95, u: 0.3, weight: 1_663 }, { label: 'different', m: 0.05, u: 0.7, weight: -3_807 }] }
]

type Edge = readonly [a: number, b: number, levels: readonly [number, number, number], weight: number, probability: number, role: EdgeRole]

export const EDGES: readonly Edge[] = [
  [1, 2, [1, 1, 0], 9_000, 998_100, 'match'],
  [1, 3, [2, 2, 1], 1_500, 738_800, 'review'],
  [2, 3, [2, 2, 0], 1_300, 711_200, 'review'],
  [3, 5, [3, 1, 2], 2_100, 810_900, 'review'],
  [4, 5, [2, 2, 1], 2_900, 881_800, 'review']
]

export const MODEL: LinkModel = {
  comparisons: COMPARISONS,
  together: [{ x: 1, y: 2, weights: [[-500, 0], [-300, 0]] }],
  lambda: 0.1,
  prior: -3_170,
  iterations: 7,
  converged: true,
  histogram: [{ from: -12_000, pairs: 7, expected: 0.002 }, { from: 1_000, pairs: 2, expected: 1.45 }, { from: 2_000, pairs: 2, expected: 1.69 }, { from: 9_000, pairs: 1, expected: 0.998 }],
  patterns: 5,
  pairs: 12,
  plan: {
    comparisons: COMPARISONS.map(({ name, fields, type, term_frequency }) => ({ name, fields, type, term_frequency })),
    rules: [
      { name: 'email', kind: 'value', limit: 100, fields: ['email'], estimated_pairs: 3, used: true, reason: 'few pairs', blocks_left_out: 0, pairs_left_out: 0 },
      { name: 'rare token of name', kind: 'token', limit: 100, fields: ['name'], estimated_pairs: 9, used: true, reason: 'finds what differs in one field', blocks_left_out: 1, pairs_left_out: 3 },
      { name: 'town', kind: 'value', limit: 100, fields: ['town'], estimated_pairs: 1_200_000, used: false, reason: 'more pairs than the budget', blocks_left_out: 0, pairs_left_out: 0 }
    ],
    budget: 1000,
    records: 6,
    distinct_records: 6,
    possible_pairs: 15
  }
}

const column = (at: number): number[] => EDGES.map(edge => edge[at] as number)

export function linkRecords(people = PEOPLE): Frame<LinkRecordsMeta> {
  const text = (name: string, at: number) => columnFrom(name, people.map(row => row[at] ?? null))
  return {
    meta: { id_field: 'id', source_field: '', link_only: false, fields: COMPARISONS.map(({ name, type }) => ({ name, type, origin: 'inferred', reason: '', filled: people.length, distinct: people.length })) },
    tables: [{ name: 'records', rows: people.length, integers: [{ name: 'row', data: Uint32Array.from(people, (_, at) => at + 2) }], columns: [text('#id', 0), columnFrom('#source', people.map(() => null)), text('id', 0), text('name', 1), text('email', 2), text('town', 3)] }]
  }
}

export function linkScores(): Frame<LinkScoresMeta> {
  return {
    meta: { model: MODEL, floor: 100_000 },
    tables: [{
      name: 'pairs',
      rows: EDGES.length,
      columns: [],
      integers: [
        { name: 'a', data: Uint32Array.from(column(0)) },
        { name: 'b', data: Uint32Array.from(column(1)) },
        { name: 'rule', data: Uint32Array.from(EDGES, () => 1) },
        ...COMPARISONS.map(({ name }, at) => ({ name, data: Uint32Array.from(EDGES, edge => edge[2][at]!) })),
        { name: 'weight', data: Uint32Array.from(column(3), weight => weight + WEIGHT_ZERO) },
        { name: 'probability', data: Uint32Array.from(column(4)) }
      ]
    }]
  }
}

/** `clusters`: the cluster of each record. */
export function linkClusters(clusters: readonly number[] = [1, 1, 2, 3, 4, 5]): Frame<LinkClustersMeta> {
  return {
    meta: { clusters: Math.max(...clusters), thresholds: { match: 0.9, review: 0.7 }, counts: { match: 1, review: 4, 'must-link': 0, 'cannot-link': 0, split: 0, 'not-first': 0 }, splits: [], conflicts: [] },
    tables: [
      { name: 'clusters', rows: clusters.length, columns: [], integers: [{ name: 'cluster', data: Uint32Array.from(clusters) }] },
      { name: 'edges', rows: EDGES.length, columns: [columnFrom('role', EDGES.map(edge => edge[5]))], integers: [{ name: 'a', data: Uint32Array.from(column(0)) }, { name: 'b', data: Uint32Array.from(column(1)) }, { name: 'weight', data: Uint32Array.from(column(3), weight => weight + WEIGHT_ZERO) }, { name: 'probability', data: Uint32Array.from(column(4)) }] }
    ]
  }
}
