/** The operator `linkage.score`: every candidate pair weighed by the model; those at or above the floor are kept. */
import { integersOf, tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { prepare } from '../block/plan.ts'
import { weightOf, type LinkSettings } from '../settings.ts'
import { WEIGHT_ZERO, type LinkModel, type LinkPairsMeta, type LinkRecordsMeta, type LinkScoresMeta } from '../stages.ts'
import { createWeigher, probabilityOf } from './weigh.ts'

const NAMES = ['a', 'b', 'rule', 'weight', 'probability'] as const

export function scorePairs(records: Frame<LinkRecordsMeta>, model: LinkModel, parts: readonly Frame<LinkPairsMeta>[], settings: LinkSettings): Frame<LinkScoresMeta> {
  const { comparers } = prepare(records)
  const width = comparers.length
  const { weight: weigh } = createWeigher(comparers, model)
  const floor = weightOf(settings.floor)
  const kept: { readonly part: number; readonly row: number; readonly weight: number; readonly a: number; readonly b: number }[][] = parts.map(() => [])
  const levelsOf = parts.map(part => {
    const patterns = tableOf(part, 'patterns')
    const levels = new Uint8Array(patterns.rows * width)
    patterns.integers.forEach(({ data }, at) => data.forEach((level, row) => void (levels[row * width + at] = level)))
    return levels
  })
  parts.forEach((part, index) => {
    const pairs = tableOf(part, 'pairs')
    const [a, b, pattern] = [integersOf(pairs, 'a'), integersOf(pairs, 'b'), integersOf(pairs, 'pattern')]
    const list = kept[index]!
    for (let row = 0; row < pairs.rows; row++) {
      const weight = weigh(a[row]! - 1, b[row]! - 1, levelsOf[index]!, (pattern[row]! - 1) * width)
      if (weight >= floor) list.push({ part: index, row, weight, a: a[row]!, b: b[row]! })
    }
  })
  const all = kept.flat().sort((x, y) => x.a - y.a || x.b - y.b)
  const column = Object.fromEntries(NAMES.map(name => [name, new Uint32Array(all.length)])) as { readonly [name in (typeof NAMES)[number]]: Uint32Array }
  const levels = comparers.map(() => new Uint32Array(all.length))
  all.forEach(({ part, row, weight, a, b }, at) => {
    const pairs = tableOf(parts[part]!, 'pairs')
    column.a[at] = a
    column.b[at] = b
    column.rule[at] = integersOf(pairs, 'rule')[row]!
    column.weight[at] = WEIGHT_ZERO + weight
    column.probability[at] = probabilityOf(weight)
    const from = (integersOf(pairs, 'pattern')[row]! - 1) * width
    for (let index = 0; index < width; index++) levels[index]![at] = levelsOf[part]![from + index]!
  })
  return {
    meta: { model, floor: settings.floor },
    tables: [{ name: 'pairs', rows: all.length, columns: [], integers: [...NAMES.map(name => ({ name, data: column[name] })), ...comparers.map(({ name }, at) => ({ name, data: levels[at]! }))] }]
  }
}

export const operator: Operator = {
  id: 'linkage.score',
  version: '1.0.0',
  summary: 'Weighs every candidate pair by the model and keeps those that may match',
  inputs: { records: { kind: 'link-records' }, model: { kind: 'link-model' }, pairs: { kind: 'link-pairs', many: true } },
  outputs: { scores: { kind: 'link-scores' } },
  config: ['refine.linkage'],
  entropy: ['none'],
  run(inputs, config) {
    return { scores: scorePairs(inputs['records']![0]!.value as Frame<LinkRecordsMeta>, inputs['model']![0]!.value as LinkModel, inputs['pairs']!.map(({ value }) => value as Frame<LinkPairsMeta>), config.refine.linkage as LinkSettings) }
  }
}
