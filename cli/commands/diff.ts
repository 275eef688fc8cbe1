import type { Command } from '../../kernel/registry/command.ts'
import { ANY, COUNT, FLAG, inputOf, listOf, orNull, outputOf, recordOf, REVEAL, STORE_PROPERTIES, TEXT } from './properties.ts'

const output = outputOf('diff-result', 1, {
  from: TEXT,
  to: TEXT,
  identical: FLAG,
  causes: recordOf({
    inputs: listOf(recordOf({ id: TEXT, change: { enum: ['added', 'removed', 'changed'] } })),
    config: listOf(recordOf({ key: TEXT, from: ANY, to: ANY })),
    operators: listOf(recordOf({ operator: TEXT, from: orNull(TEXT), to: orNull(TEXT) })),
    implementations: listOf(TEXT),
    mode: orNull(recordOf({ from: TEXT, to: TEXT })),
    pins: listOf(recordOf({ pin: TEXT, from: ANY, to: ANY }))
  }),
  first_step: orNull(TEXT),
  key: listOf(TEXT),
  columns: recordOf({ added: listOf(TEXT), removed: listOf(TEXT) }),
  rows: recordOf({ from: COUNT, to: COUNT, added: COUNT, removed: COUNT, changed: COUNT, same: COUNT }),
  cells_changed: COUNT,
  added: listOf(TEXT),
  removed: listOf(TEXT),
  changed: listOf(recordOf({ key: TEXT, column: TEXT, from: orNull(TEXT), to: orNull(TEXT) })),
  shown: COUNT
})

export const diff: Command = {
  path: ['diff'],
  aliases: [],
  summary: 'Compare two runs: rows and cells by key, and which input, setting or operator caused it',
  description: 'Exit 0 whether they differ or not; a difference that was asked for is no fault.',
  input: inputOf(
    {
      from: { type: 'string', path: 'none', minLength: 1, description: 'The earlier run: an id, its beginning, `latest`, or `latest~1`.' },
      to: { type: 'string', path: 'none', minLength: 1, description: 'The later run.' },
      limit: { type: 'integer', minimum: 0, maximum: 100_000, description: 'How many rows and cells to show.', default: 50 },
      reveal: REVEAL,
      ...STORE_PROPERTIES
    },
    ['from', 'to']
  ),
  output,
  effects: { reads: ['store'], writes: [], network: false, destructive: false },
  positionals: ['from', 'to'],
  letters: { limit: 'n' },
  examples: [{ line: 'diff latest~1 latest', says: 'what changed since the last run' }],
  async run(input, host) {
    const { diffRuns } = await import('../pipeline/diff.ts')
    return diffRuns(input, host, output.$id)
  }
}
