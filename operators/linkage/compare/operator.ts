/**
 * The operator `linkage.compare`: the candidate pairs of one part of the records, compared. Records are dealt to parts by
 * their number, so that the split is by data; the pairs of one record are held at a time.
 */
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { areCandidates, candidates } from '../block/candidates.ts'
import { choose, prepare } from '../block/plan.ts'
import type { LinkSettings } from '../settings.ts'
import type { LinkPairsMeta, LinkRecordsMeta } from '../stages.ts'
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

export function comparePart(frame: Frame<LinkRecordsMeta>, settings: LinkSettings, part: number, parts: number, progress: (share: number) => void): Frame<LinkPairsMeta> {
  const prepared = prepare(frame)
  const { comparers, records, source, standIn } = prepared
  const { rules } = choose(prepared, settings)
  const width = comparers.length
  const patterns = createPatterns(width)
  const levels = new Uint8Array(width)
  const [a, b, rule, pattern] = [growing(), growing(), growing(), growing()]
  const add = (x: number, y: number, by: number): void => {
    for (let at = 0; at < width; at++) levels[at] = comparers[at]!.level(x, y)
    a.push(x + 1)
    b.push(y + 1)
    rule.push(by)
    pattern.push(patterns.add(levels) + 1)
  }
  const every = Math.max(1, records >> 6)
  candidates(rules, records, part - 1, parts, source, (x, y, by) => add(x, y, by + 1), record => record % every < parts && progress(record / records))
  if (source === undefined && part === 1) for (let record = 0; record < records; record++) if (standIn[record] !== record) add(standIn[record]!, record, 0)
  const sample = createPatterns(width)
  const counts: number[] = []
  const apart: number[] = []
  if (part === 1) {
    samplePairs(records, source, (x, y) => {
      for (let at = 0; at < width; at++) levels[at] = comparers[at]!.level(x, y)
      const found = sample.add(levels)
      counts[found] = (counts[found] ?? 0) + 1
      apart[found] = (apart[found] ?? 0) + (areCandidates(rules, standIn[x]!, standIn[y]!) ? 0 : 1)
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
  version: '1.0.0',
  summary: 'Finds candidate pairs by the blocking rules and compares them, field by field',
  inputs: { records: { kind: 'link-records' }, part: { kind: 'link-part' } },
  outputs: { pairs: { kind: 'link-pairs' } },
  config: ['refine.linkage'],
  entropy: ['none'],
  run(inputs, config, context) {
    const { part, parts } = inputs['part']![0]!.value as { readonly part: number; readonly parts: number }
    return { pairs: comparePart(inputs['records']![0]!.value as Frame<LinkRecordsMeta>, config.refine.linkage as LinkSettings, part, parts, share => context.progress(share)) }
  }
}
