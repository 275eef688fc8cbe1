/**
 * The operator `linkage.compare`: the candidate pairs of one part of the records, compared. Records are dealt to parts by
 * their number, so that the split is by data; the pairs of one record are held at a time.
 */
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { areCandidates, candidates } from '../block/candidates.ts'
import { prepare } from '../block/plan.ts'
import { indexOfRule } from '../block/rules.ts'
import type { LinkPairsMeta, LinkPlan, LinkRecordsMeta } from '../stages.ts'
import { createPatterns } from './patterns.ts'
import { samplePairs } from './sample.ts'

/** Numbers that grow. */
function growing(): { push(value: number): void; done(): Uint32Array } {
  let data = new Uint32Array(65_536)
  let size = 0
  return {
    push(value) {
      if (size === data.length) {
        const larger = new Uint32Array(size * 2)
        larger.set(data)
        data = larger
      }
      data[size++] = value
    },
    done: () => data.slice(0, size)
  }
}

/** Times as many equal records as different ones, from which pairs are drawn of the different ones alone. */
const EQUAL = 10

export function comparePart(frame: Frame<LinkRecordsMeta>, plan: LinkPlan, part: number, parts: number, progress: (share: number) => void): Frame<LinkPairsMeta> {
  const { comparers, keys, levels: levelsOf, records, source, standIn, stands } = prepare(frame)
  const indexes = plan.rules.filter(({ used }) => used).map(each => indexOfRule(each, [...comparers, ...keys], stands))
  const width = comparers.length
  const patterns = createPatterns(width)
  const levels = new Uint8Array(width)
  const [a, b, rule, pattern] = [growing(), growing(), growing(), growing()]
  const add = (x: number, y: number, by: number): void => {
    levelsOf(x, y, levels)
    a.push(x + 1)
    b.push(y + 1)
    rule.push(by)
    pattern.push(patterns.add(levels) + 1)
  }
  const every = Math.max(1, records >> 6)
  candidates(indexes, records, part - 1, parts, source, (x, y, by) => add(x, y, by + 1), record => record % every < parts && progress(record / records))
  if (source === undefined && part === 1) for (let record = 0; record < records; record++) if (standIn[record] !== record) add(standIn[record]!, record, 0)
  const sample = createPatterns(width)
  const counts: number[] = []
  const apart: number[] = []
  if (part === 1) {
    // Where most records repeat others, chance would bring together what is equal.
    const drawn = (EQUAL + 1) * plan.distinct_records < records ? Uint32Array.from(stands.keys()).filter(record => stands[record] === 1) : Uint32Array.from(stands.keys())
    const root = (record: number): number => standIn[standIn[record]!]!
    samplePairs(drawn.length, source === undefined ? undefined : drawn.map(record => source[record]!), (one, other) => {
      const [x, y] = [drawn[one]!, drawn[other]!]
      levelsOf(x, y, levels)
      const found = sample.add(levels)
      counts[found] = (counts[found] ?? 0) + 1
      apart[found] = (apart[found] ?? 0) + (areCandidates(indexes, root(x), root(y)) ? 0 : 1)
    })
  }
  const table = (name: string, all: Uint8Array, size: number): Frame['tables'][number]['integers'] => comparers.map((comparer, at) => ({ name: comparer.name, data: Uint32Array.from({ length: size }, (_, row) => all[row * width + at]!) }))
  const pairs = { a: a.done(), b: b.done(), rule: rule.done(), pattern: pattern.done() }
  return {
    meta: { part, parts },
    tables: [
      { name: 'pairs', rows: pairs.a.length, columns: [], integers: Object.entries(pairs).map(([name, data]) => ({ name, data })) },
      { name: 'patterns', rows: patterns.count, columns: [], integers: table('patterns', patterns.levels(), patterns.count) },
      { name: 'sample', rows: sample.count, columns: [], integers: [...table('sample', sample.levels(), sample.count), { name: '#pairs', data: Uint32Array.from(counts) }, { name: '#apart', data: Uint32Array.from(apart) }] }
    ]
  }
}

export const operator: Operator = {
  id: 'linkage.compare',
  version: '1.3.0',
  summary: 'Finds candidate pairs by the blocking rules and compares them, field by field',
  inputs: { records: { kind: 'link-records' }, plan: { kind: 'link-plan' }, part: { kind: 'link-part' } },
  outputs: { pairs: { kind: 'link-pairs' } },
  config: [],
  entropy: ['none'],
  isolation: 'thread',
  run(inputs, _config, context) {
    const { part, parts } = inputs['part']![0]!.value as { readonly part: number; readonly parts: number }
    return { pairs: comparePart(inputs['records']![0]!.value as Frame<LinkRecordsMeta>, inputs['plan']![0]!.value as LinkPlan, part, parts, share => context.progress(share)) }
  }
}
