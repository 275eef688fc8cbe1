import type { Command } from '../../kernel/registry/command.ts'
import { DECISIONS } from './decisions.ts'
import { COUNT, CONFIG_PROPERTIES, FLAG, inputOf, listOf, orNull, outputOf, recordOf, REVEAL, RUN_ID, TEXT } from './properties.ts'

const NUMBER = { type: 'number' } as const
const FROM = { run: { ...RUN_ID, description: 'The run: an id, its beginning, or `latest`, the last one that compared records.' }, ...CONFIG_PROPERTIES } as const satisfies Command['input']['properties']
const RECORD = recordOf({ id: TEXT, source: TEXT })
const PAIR = recordOf({
  a: RECORD,
  b: RECORD,
  values: listOf(recordOf({ field: TEXT, a: TEXT, b: TEXT, same: FLAG })),
  steps: listOf(recordOf({ name: TEXT, kind: { enum: ['prior', 'comparison', 'together', 'rarity', 'identical'] }, fields: listOf(TEXT), a: TEXT, b: TEXT, level: TEXT, weight: NUMBER, sum: NUMBER })),
  weight: NUMBER,
  probability: NUMBER,
  found_by: TEXT,
  role: TEXT,
  together: FLAG,
  verdict: TEXT,
  thresholds: recordOf({ match: NUMBER, review: NUMBER })
})
const LINK = { a: TEXT, b: TEXT, probability: NUMBER, weight: NUMBER, role: TEXT }

const explainOutput = outputOf('resolve-explain-result', 1, {
  run_id: TEXT,
  revealed: FLAG,
  pair: orNull(PAIR),
  cluster: orNull(recordOf({ entity: TEXT, records: listOf(TEXT), size: COUNT, links: COUNT, equal: COUNT, holds_until: orNull(NUMBER), chain: listOf(recordOf(LINK)), bridges: listOf(recordOf({ ...LINK, sides: listOf(COUNT) })), doubts: listOf(recordOf(LINK)), weakest: orNull(PAIR) })),
  note: TEXT,
  svg: orNull(TEXT)
})

const explain: Command = {
  path: ['resolve', 'explain'],
  aliases: [],
  summary: 'Tell why two records match or do not, or why a record\'s cluster is together and what would part it',
  description: 'With two records: the match weight, from where every pair begins, comparison by comparison. With one: the links that hold its cluster, those whose loss alone would part it, and the threshold at which it would fall apart.',
  input: inputOf({ a: { type: 'string', path: 'none', minLength: 1, description: 'Id of a record.' }, b: { type: 'string', path: 'none', minLength: 1, description: 'Id of another record.' }, svg: { type: 'string', path: 'write', minLength: 1, description: 'Also write the waterfall there, as an image (.svg).' }, reveal: REVEAL, ...FROM }, ['a']),
  output: explainOutput,
  effects: { reads: ['store', 'config'], writes: ['outputs'], network: false, destructive: true },
  positionals: ['a', 'b'],
  letters: {},
  examples: [{ line: 'resolve explain r-17 r-204', says: 'a pair' }, { line: 'resolve explain r-17', says: 'its cluster' }, { line: 'resolve explain r-17 r-204 --svg pair.svg', says: 'for a slide' }],
  async run(input, host) {
    const { explainLinkage } = await import('../review/explain.ts')
    return explainLinkage(input, host, explainOutput.$id)
  }
}

const reportOutput = outputOf('resolve-report-result', 1, { run_id: TEXT, path: TEXT, revealed: FLAG, records: COUNT, entities: COUNT, review_open: COUNT })

const report: Command = {
  path: ['resolve', 'report'],
  aliases: [],
  summary: 'Write the report of the last linkage as a page that needs no network, or as JSON',
  description: 'Weights, model, blocking, the pairs left to people, the least sure merges, and why clusters are together. Personal values are masked unless --reveal.',
  input: inputOf({ to: { type: 'string', path: 'write', minLength: 1, description: 'The file: .html is a page, .json the same as data.', default: 'linkage.html' }, reveal: REVEAL, ...DECISIONS, ...FROM }),
  output: reportOutput,
  effects: { reads: ['store', 'config', 'decisions'], writes: ['outputs'], network: false, destructive: true },
  positionals: [],
  letters: {},
  examples: [{ line: 'resolve report --to linkage.html', says: 'for a meeting' }],
  async run(input, host) {
    const { reportLinkage } = await import('../review/explain.ts')
    return reportLinkage(input, host, reportOutput.$id)
  }
}

export const linkageCommands: readonly Command[] = [explain, report]
