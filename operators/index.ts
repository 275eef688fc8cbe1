/** Every operator, by id. Loaded on demand, so that a command pays only for what it uses. */
import type { Operator } from '../kernel/types.ts'

export const OPERATORS: ReadonlyMap<string, () => Promise<{ readonly operator: Operator }>> = new Map([
  ['decisions', () => import('./decisions/operator.ts')],
  ['expect', () => import('./expect/operator.ts')],
  ['expect.changes', () => import('./expect/changes/operator.ts')],
  ['expect.fresh', () => import('./expect/fresh/operator.ts')],
  ['compare', () => import('./compare/operator.ts')],
  ['export.csv', () => import('./export/csv/operator.ts')],
  ['export.jsonl', () => import('./export/jsonl/operator.ts')],
  ['export.parquet', () => import('./export/parquet/operator.ts')],
  ['export.xlsx', () => import('./export/xlsx/operator.ts')],
  ['join', () => import('./join/operator.ts')],
  ['linkage.block', () => import('./linkage/block/operator.ts')],
  ['linkage.cluster', () => import('./linkage/cluster/operator.ts')],
  ['linkage.compare', () => import('./linkage/compare/operator.ts')],
  ['linkage.estimate', () => import('./linkage/estimate/operator.ts')],
  ['linkage.records', () => import('./linkage/records/operator.ts')],
  ['linkage.score', () => import('./linkage/score/operator.ts')],
  ['linkage.survive', () => import('./linkage/survive/operator.ts')],
  ['map', () => import('./map/operator.ts')],
  ['match', () => import('./match/operator.ts')],
  ['merge', () => import('./merge/operator.ts')],
  ['normalise', () => import('./normalise/operator.ts')],
  ['read.csv', () => import('./read/csv/operator.ts')],
  ['read.legacy', () => import('./read/legacy/operator.ts')],
  ['read.second', () => import('./read/second/operator.ts')],
  ['read.xlsx', () => import('./read/xlsx/operator.ts')],
  ['report', () => import('./report/operator.ts')],
  ['score', () => import('./score/operator.ts')],
  ['shape', () => import('./shape/operator.ts')],
  ['validate', () => import('./validate/operator.ts')]
])
