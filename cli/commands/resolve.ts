import type { Command } from '../../kernel/registry/command.ts'
import { RUN_FLAGS } from './run.ts'
import { CONFIG_PROPERTIES, COUNT, DIGEST, inputOf, listOf, orNull, outputOf, recordOf, TEXT } from './properties.ts'
import { DECISIONS } from './decisions.ts'
import { LABEL_STUDIO, NETWORK } from './review.ts'
import { FAULT, FINDING, OUTCOME, STEP } from './run.ts'

const { registry_path, party_store_path, mode, strict, as_of, seed, workers, cache, sensitive_field } = RUN_FLAGS
const SHARE = { type: 'number', minimum: 0, maximum: 1 } as const

const output = outputOf('resolve-result', 1, {
  run_id: { type: 'string', pattern: '^run-[0-9a-f]{32}$' },
  attempt: { type: 'integer', minimum: 1 },
  mode: { enum: ['strict', 'best-effort'] },
  verdict: OUTCOME,
  exit: COUNT,
  profile: TEXT,
  record_hash: DIGEST,
  config_hash: DIGEST,
  inputs: listOf(recordOf({ id: TEXT, hash: DIGEST, bytes: COUNT })),
  counts: { type: 'object', description: 'Rows in = used + merged + quarantined.' },
  pairs: recordOf({ compared: COUNT, match: COUNT, review: COUNT, split: COUNT, must_link: COUNT, cannot_link: COUNT }),
  thresholds: recordOf({ match: { type: 'number' }, review: { type: 'number' } }),
  outputs: listOf(recordOf({ path: TEXT, media_type: TEXT, hash: DIGEST, bytes: COUNT })),
  steps: listOf(STEP),
  cache: recordOf({ hits: COUNT, misses: COUNT }),
  findings: recordOf({ notices: COUNT, warnings: COUNT, errors: COUNT }),
  warnings: listOf(FINDING),
  errors: listOf(FINDING),
  error: orNull(FAULT),
  plan: { description: 'With --explain-plan: fields with their types, comparisons, and blocking rules with their estimated pairs; else null.' },
  review: { anyOf: [recordOf({ to: TEXT, project: COUNT, pairs: COUNT, sent: COUNT, known: COUNT }), { type: 'null' }], description: 'What was sent to Label Studio.' },
  ledger_head: DIGEST,
  store: TEXT,
  duration_ms: { type: 'number', minimum: 0 },
  next: listOf(TEXT)
})

export const resolve: Command = {
  path: ['resolve'],
  aliases: [],
  summary: 'Find the records of a file that are the same thing, without labels, and put them together',
  description: 'Columns are compared by what they mean; a model estimated from the file itself says how much each agreement counts. Pairs between the two thresholds are never merged by themselves. The same file, configuration and decisions give the same bytes.',
  input: inputOf(
    {
      input_file: { type: 'string', path: 'read', minLength: 1, description: 'The file with the records: delimited text or a workbook.' },
      output_file: { type: 'string', path: 'write', minLength: 1, description: 'Where the records go, one row per cluster. Its name ends in .csv, .xlsx, .jsonl or .parquet, and so is the file.', default: '<dist-dir>/resolved.csv' },
      clusters_path: { type: 'string', path: 'write', minLength: 1, description: 'Where the list of records with their cluster goes.', default: 'beside the output, with the ending .clusters.csv' },
      id_field: { type: 'string', path: 'none', minLength: 1, description: 'Column that tells records apart. It is never evidence.', default: 'record_id, id or unique_id when it does; else records go by a digest of what they say' },
      source_field: { type: 'string', path: 'none', minLength: 1, description: 'Column that says which list a record is from. It is never evidence.' },
      link_only: { type: 'boolean', description: 'Never match records of one source: link two lists.' },
      cardinality: { type: 'string', enum: ['one-to-one', 'many'], description: 'With --link-only: whether a record has one partner in another source, or several.', default: 'one-to-one' },
      match_threshold: { ...SHARE, minimum: 0.500001, maximum: 0.999999, description: 'Probability from which two records are one.', default: 0.9 },
      review_threshold: { ...SHARE, minimum: 0.000001, maximum: 0.999999, description: 'Probability from which a pair is put to a person.', default: 0.7 },
      threshold: { ...SHARE, minimum: 0.000001, maximum: 0.999999, description: 'Probability from which a pair is kept at all, with what speaks for and against it.', default: 0.05 },
      ...DECISIONS,
      registry_path: { ...registry_path, description: 'File of the entity registry: read, if it is there, so that clusters keep their ids from run to run, and written anew. Without it clusters are numbered.' },
      party_store_path,
      report_path: { type: 'string', path: 'write', minLength: 1, description: 'Another place for the report, a page (.html) or JSON (.json).', default: 'beside the output, with the endings .report.html and .report.json' },
      export_graph: { type: 'string', path: 'write', minLength: 1, description: 'Also write the graph of records and scored pairs, as GraphML (.graphml) and as JSON (.json): there, and the other beside it. It holds ids and no other value.' },
      ...LABEL_STUDIO,
      ...NETWORK,
      explain_plan: { type: 'boolean', description: 'Also tell, in full, what every column was taken for, which comparisons are made and how candidates are found.' },
      dist_dir: RUN_FLAGS.dist_dir,
      ...CONFIG_PROPERTIES,
      sensitive_field, mode, strict, as_of, seed, workers, cache
    },
    ['input_file']
  ),
  output,
  effects: { reads: ['inputs', 'config', 'decisions', 'store'], writes: ['store', 'outputs'], network: true, destructive: true },
  positionals: [],
  letters: { profile: 'p', config: 'c' },
  examples: [
    { line: 'resolve --input-file records.csv --output-file deduplicated.csv', says: 'one row per real thing' },
    { line: 'resolve --input-file both.csv --source-field list --link-only', says: 'find who is on both lists' },
    { line: 'resolve --input-file records.csv --registry-path entities.jsonl', says: 'with ids that stay from run to run' },
    { line: 'resolve --input-file records.csv --explain-plan', says: 'and say how it was done' }
  ],
  async run(input, host) {
    const { resolveFile } = await import('../resolve/resolve.ts')
    return resolveFile(input, host, output.$id)
  }
}
