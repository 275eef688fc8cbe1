import type { Command } from '../../kernel/registry/command.ts'
import { ANY, COUNT, DIGEST, FLAG, inputOf, listOf, orNull, outputOf, recordOf, REVEAL, RUN_ID, STORE_PROPERTIES, TEXT, WORKERS } from './properties.ts'

const output = outputOf('replay-result', 1, {
  run_id: TEXT,
  attempt: COUNT,
  verdict: { enum: ['identical', 'differs', 'input-missing', 'input-damaged', 'result-damaged', 'operator-unavailable', 'record-damaged'] },
  exit: COUNT,
  masked: FLAG,
  operator_calls: COUNT,
  steps_compared: COUNT,
  differences: listOf(
    recordOf({
      step: TEXT,
      operator_id: TEXT,
      parts: listOf(TEXT),
      artifacts: listOf(recordOf({ slot: TEXT, before: orNull(DIGEST), after: orNull(DIGEST), cells: listOf(recordOf({ where: TEXT, table: TEXT, row: COUNT, column: TEXT, path: TEXT, offset: COUNT, before: ANY, after: ANY }, ['table', 'row', 'column', 'path', 'offset'])) }))
    })
  ),
  published: listOf(recordOf({ suffix: TEXT, before: orNull(DIGEST), after: orNull(DIGEST) })),
  notes: listOf(TEXT)
})

export const replay: Command = {
  path: ['replay'],
  aliases: [],
  summary: 'Run every operator of a past run again, from the store alone, and compare',
  description: 'Nothing is taken from the cache and the original files are not needed. Exit 0 when everything is identical; 4 when something differs, and then the first operator and the first cells are named.',
  input: inputOf({ run: { ...RUN_ID, description: 'A run id, its beginning, `latest`, or the file of a bundle.' }, attempt: { type: 'integer', minimum: 1, description: 'Which attempt of the run.', default: 'the last one that finished' }, reveal: REVEAL, workers: WORKERS, ...STORE_PROPERTIES }),
  output,
  effects: { reads: ['store'], writes: [], network: false, destructive: false },
  positionals: ['run'],
  letters: {},
  examples: [
    { line: 'replay latest', says: 'the last run here' },
    { line: 'replay run.hotpass', says: 'a bundle from another machine' }
  ],
  async run(input, host) {
    const { replayRun } = await import('../pipeline/replay.ts')
    return replayRun(input, host, output.$id)
  }
}
