import type { Command } from '../../kernel/registry/command.ts'
import { ANY, COUNT, DIGEST, inputOf, listOf, orNull, outputOf, recordOf, RUN_ID, STORE_PROPERTIES, TEXT } from './properties.ts'
import { FINDING, OUTCOME, STEP } from './run.ts'

const listOutput = outputOf('runs-list-result', 1, {
  runs: listOf(recordOf({ sequence: COUNT, run_id: TEXT, attempt: COUNT, outcome: OUTCOME, mode: TEXT, profile: orNull(TEXT), started_at: TEXT, duration_ms: { type: 'number' }, inputs: COUNT, counts: { type: 'object' }, cache: recordOf({ hits: COUNT, misses: COUNT }), record_hash: DIGEST })),
  total: COUNT,
  ledger_head: DIGEST,
  store: TEXT
})
const SHARED = { aliases: [], effects: { reads: ['store'], writes: [], network: false, destructive: false }, letters: {} } as const

const list: Command = {
  ...SHARED,
  path: ['runs', 'list'],
  summary: 'List the runs of the store, the newest first',
  description: '',
  input: inputOf({ limit: { type: 'integer', minimum: 1, maximum: 10_000, description: 'How many.', default: 20 }, ...STORE_PROPERTIES }),
  output: listOutput,
  positionals: [],
  letters: { limit: 'n' },
  examples: [{ line: 'runs list -n 5', says: 'the last five' }],
  async run(input, host) {
    const { listRuns } = await import('../pipeline/runs.ts')
    return listRuns(input, host, listOutput.$id)
  }
}

const showOutput = outputOf('runs-show-result', 1, {
  run_id: TEXT,
  attempt: COUNT,
  attempts: COUNT,
  outcome: OUTCOME,
  mode: TEXT,
  profile: orNull(TEXT),
  pipeline: recordOf({ id: TEXT, version: TEXT }),
  record_hash: DIGEST,
  config_hash: DIGEST,
  pins: recordOf({ as_of: orNull(TEXT), seed: TEXT }),
  inputs: listOf(recordOf({ id: TEXT, kind: TEXT, schema: TEXT, hash: DIGEST, bytes: COUNT })),
  counts: { type: 'object' },
  outputs: listOf(recordOf({ suffix: TEXT, media_type: TEXT, hash: DIGEST, bytes: COUNT })),
  dataset: ANY,
  steps: listOf(STEP),
  notices: listOf(FINDING),
  warnings: listOf(FINDING),
  errors: listOf(FINDING),
  best_effort: ANY,
  observed: { type: 'object' }
})

const show: Command = {
  ...SHARED,
  path: ['runs', 'show'],
  summary: 'Show one run: its inputs, its steps with cache and time, its findings and its outputs',
  description: '',
  input: inputOf({ run: RUN_ID, attempt: { type: 'integer', minimum: 1, description: 'Which attempt of the run.', default: 'the last' }, ...STORE_PROPERTIES }),
  output: showOutput,
  positionals: ['run'],
  examples: [{ line: 'runs show latest', says: 'what ran and what came from the cache' }],
  async run(input, host) {
    const { showRun } = await import('../pipeline/runs.ts')
    return showRun(input, host, showOutput.$id)
  }
}

export const runsCommands: readonly Command[] = [list, show]
