/** The operator `linkage.score`: every candidate pair weighed by the model; those at or above the floor are kept. */
import { integersOf, tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { prepare } from '../block/plan.ts'
import { weightOf, type LinkSettings } from '../settings.ts'
import { WEIGHT_ZERO, type LinkModel, type LinkPairsMeta, type LinkRecordsMeta, type LinkScoresMeta } from '../stages.ts'
import { byRecords } from './order.ts'
import { createWeigher, rememberedProbability } from './weigh.ts'

const NAMES = ['a', 'b', 'rule', 'weight', 'probability'] as const

export function scorePairs(records: Frame<LinkRecordsMeta>, model: LinkModel, parts: readonly Frame<LinkPairsMeta>[], settings: LinkSettings): Frame<LinkScoresMeta> {
  const { comparers, copyOf, levels: levelsOfPair } = prepare(records)
  const width = comparers.length
  const { weight: weigh } = createWeigher(comparers, levelsOfPair, model)
  const floor = weightOf(settings.floor)
  const all = parts.map(part => {
    const pairs = tableOf(part, 'pairs')
    const patterns = tableOf(part, 'patterns')
    const levels = new Uint8Array(patterns.rows * width)
    patterns.integers.forEach(({ data }, at) => data.forEach((level, row) => void (levels[row * width + at] = level)))
    const [a, b, rule, pattern] = [integersOf(pairs, 'a'), integersOf(pairs, 'b'), integersOf(pairs, 'rule'), integersOf(pairs, 'pattern')]
    const rows = new Uint32Array(pairs.rows)
    const weights = new Int32Array(pairs.rows)
    let kept = 0
    for (let row = 0; row < pairs.rows; row++) {
      if (copyOf[b[row]! - 1] === a[row]) continue
      const weight = weigh(a[row]! - 1, b[row]! - 1, levels, (pattern[row]! - 1) * width)
      if (weight < floor) continue
      rows[kept] = row
      weights[kept++] = weight
    }
    return { a, b, rule, pattern, levels, rows: rows.subarray(0, kept), weights }
  })
  const size = all.reduce((sum, { rows }) => sum + rows.length, 0)
  const made = Object.fromEntries([...NAMES, 'part', 'row'].map(name => [name, new Uint32Array(size)])) as { readonly [name in (typeof NAMES)[number] | 'part' | 'row']: Uint32Array }
  let at = 0
  all.forEach(({ a, b, rule, rows, weights }, part) => {
    for (let index = 0; index < rows.length; index++, at++) {
      const row = rows[index]!
      made.a[at] = a[row]!
      made.b[at] = b[row]!
      made.rule[at] = rule[row]!
      made.weight[at] = WEIGHT_ZERO + weights[index]!
      made.part[at] = part
      made.row[at] = row
    }
  })
  const order = byRecords(made.a, made.b, tableOf(records, 'records').rows)
  const sorted = (data: Uint32Array): Uint32Array => order.map(from => data[from]!)
  const probability = rememberedProbability()
  const column = { a: sorted(made.a), b: sorted(made.b), rule: sorted(made.rule), weight: sorted(made.weight), probability: order.map(from => probability(made.weight[from]! - WEIGHT_ZERO)) }
  const levels = comparers.map(() => new Uint32Array(size))
  for (let to = 0; to < size; to++) {
    const { levels: by, pattern } = all[made.part[order[to]!]!]!
    const from = (pattern[made.row[order[to]!]!]! - 1) * width
    for (let index = 0; index < width; index++) levels[index]![to] = by[from + index]!
  }
  return {
    meta: { model, floor: settings.floor },
    tables: [{ name: 'pairs', rows: size, columns: [], integers: [...NAMES.map(name => ({ name, data: column[name] })), ...comparers.map(({ name }, at) => ({ name, data: levels[at]! }))] }]
  }
}

export const operator: Operator = {
  id: 'linkage.score',
  version: '1.2.0',
  summary: 'Weighs every candidate pair by the model and keeps those that may match',
  inputs: { records: { kind: 'link-records' }, model: { kind: 'link-model' }, pairs: { kind: 'link-pairs', many: true } },
  outputs: { scores: { kind: 'link-scores' } },
  config: ['refine.linkage'],
  entropy: ['none'],
  run(inputs, config) {
    return { scores: scorePairs(inputs['records']![0]!.value as Frame<LinkRecordsMeta>, inputs['model']![0]!.value as LinkModel, inputs['pairs']!.map(({ value }) => value as Frame<LinkPairsMeta>), config.refine.linkage as LinkSettings) }
  }
}
