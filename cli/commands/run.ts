import type { Command } from '../../kernel/registry/command.ts'
import { reporting } from '../report/reporting.ts'
import { DECISIONS } from './decisions.ts'
import { ANY, CONFIG_PROPERTIES, COUNT, DIGEST, inputOf, listOf, orNull, outputOf, recordOf, TEXT, WORKERS } from './properties.ts'

const MODE = { enum: ['strict', 'best-effort'] }
export const OUTCOME = { enum: ['succeeded', 'degraded', 'breached', 'failed', 'refused', 'differs'] }
export const FINDING = recordOf({ code: TEXT, severity: { enum: ['info', 'warning', 'error'] }, message: TEXT, details: { type: 'object' } })
export const STEP = recordOf({
  step: TEXT,
  operator_id: TEXT,
  outcome: { enum: ['succeeded', 'degraded', 'breached', 'failed', 'skipped'] },
  cache: orNull({ enum: ['hit', 'miss'] }),
  duration_ms: orNull({ type: 'number', minimum: 0 }),
  record_hash: orNull(DIGEST)
})
export const FAULT = recordOf({ code: TEXT, message: TEXT, place: { type: 'object' }, hint: TEXT, exit: COUNT })

const output = outputOf('run-result', 1, {
  run_id: { type: 'string', pattern: '^run-[0-9a-f]{32}$' },
  attempt: { type: 'integer', minimum: 1 },
  mode: MODE,
  verdict: OUTCOME,
  exit: COUNT,
  profile: TEXT,
  record_hash: DIGEST,
  config_hash: DIGEST,
  pins: recordOf({ as_of: orNull(TEXT), seed: TEXT }),
  input_dir: TEXT,
  inputs: listOf(recordOf({ id: TEXT, hash: DIGEST, bytes: COUNT })),
  counts: { type: 'object', description: 'Rows in = used + merged + quarantined, and what else the pipeline counts.' },
  outputs: listOf(recordOf({ path: TEXT, media_type: TEXT, hash: DIGEST, bytes: COUNT })),
  steps: listOf(STEP),
  cache: recordOf({ hits: COUNT, misses: COUNT }),
  findings: recordOf({ notices: COUNT, warnings: COUNT, errors: COUNT }),
  warnings: listOf(FINDING),
  errors: listOf(FINDING),
  error: orNull(FAULT),
  best_effort: ANY,
  ledger_head: DIGEST,
  store: TEXT,
  duration_ms: { type: 'number', minimum: 0 },
  next: listOf(TEXT)
})

export const RUN_FLAGS = {
  input_dir: { type: 'string', path: 'read', minLength: 1, description: 'Folder with the files to refine.', default: './data' },
  output_path: { type: 'string', path: 'write', minLength: 1, description: 'Where the dataset goes. The other outputs stand beside it under the same base name. Its ending adds that format to the configured ones; with --format it must be one of those.', default: '<dist-dir>/refined.xlsx' },
  dist_dir: { type: 'string', path: 'write', minLength: 1, description: 'Folder for outputs and the archive.', default: './dist' },
  format: { type: 'array', items: { type: 'string', enum: ['xlsx', 'csv', 'jsonl', 'parquet', 'party'] }, minItems: 1, description: 'Formats to export, comma-separated or repeated; party is the party store.', default: 'xlsx,csv' },
  ...CONFIG_PROPERTIES,
  country_code: { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 code of the country that phone numbers, regions and postcodes without one belong to.', default: 'ZA, unless the profile says otherwise' },
  sensitive_field: { type: 'array', path: 'none', items: { type: 'string', minLength: 1 }, description: 'Field whose values are masked in reports and logs, besides those of personal types. Repeatable.' },
  report_path: { type: 'string', path: 'write', minLength: 1, description: 'Another place for the report, besides the one beside the outputs. Its ending is .md, .html or .json.' },
  report_format: { type: 'string', enum: ['markdown', 'html', 'json'], description: 'Format of the report at --report-path.', default: 'by its ending, else markdown' },
  ...DECISIONS,
  registry_path: { type: 'string', path: 'write', minLength: 1, description: 'File of the entity registry: read, if it is there, so that entities keep their ids from run to run, and written anew. The dataset then has a column entity_id.' },
  party_store_path: { type: 'string', path: 'write', minLength: 1, description: 'Also write the party store (JSON) there: parties, aliases, roles and contact methods. It holds values as they are.' },
  archive: { type: 'boolean', description: 'Also put the outputs into one zip file in the dist folder.' },
  mode: { type: 'string', enum: ['strict', 'best-effort'], description: 'strict fails on a breached budget and on entropy that is not pinned; best-effort records both and goes on.', default: 'strict' },
  strict: { type: 'boolean', description: 'The same as --mode strict, and --no-strict as --mode best-effort; beats every file, profile and variable.' },
  as_of: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$', description: 'Pins the run\'s clock: a day, or an RFC 3339 instant in UTC.', default: 'SOURCE_DATE_EPOCH, else not pinned' },
  seed: { type: 'string', path: 'none', minLength: 1, description: 'Pins the run\'s random numbers.' },
  workers: WORKERS,
  cache: { type: 'boolean', description: '--no-cache runs every operator, even where the store has the result.', default: true }
} as const satisfies Command['input']['properties']

const plain: Command = {
  path: ['run'],
  aliases: ['refine'],
  summary: 'Refine a folder of spreadsheets into one governed dataset, with a report and a record',
  description: 'Without flags it takes hotpass.yaml of the workspace. The same inputs, configuration and operators give the same bytes and the same run id.',
  input: inputOf(RUN_FLAGS),
  output,
  effects: { reads: ['inputs', 'config', 'store'], writes: ['store', 'outputs'], network: false, destructive: true },
  positionals: [],
  letters: { input_dir: 'i', output_path: 'o', profile: 'p', config: 'c' },
  examples: [
    { line: 'run', says: 'what the workspace says' },
    { line: 'run --input-dir ./workbooks --profile aviation', says: 'any folder, with a bundled profile' },
    { line: 'run --strict --json', says: 'in a pipeline: branch on the exit code' },
    { line: 'run --format xlsx,parquet --report-path report.html', says: 'choose the outputs' },
    { line: 'run --report sarif=hotpass.sarif --report github', says: 'for the page of a CI' }
  ],
  async run(input, host) {
    const { refineFolder } = await import('../pipeline/refine.ts')
    return refineFolder(input, host, output.$id)
  }
}

export const run: Command = reporting(plain, async result => (await import('../report/of-run.ts')).assessRun(result))
