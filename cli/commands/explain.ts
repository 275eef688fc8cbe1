import type { Command } from '../../kernel/registry/command.ts'
import { COUNT, FLAG, inputOf, listOf, orNull, outputOf, recordOf, REVEAL, RUN_ID, STORE_PROPERTIES, TEXT } from './properties.ts'

const CELL = recordOf({ file: TEXT, sheet: TEXT, row: COUNT, column: TEXT, header: TEXT, cell: TEXT, raw: orNull(TEXT), normalised: orNull(TEXT), rules: listOf(TEXT) })

const output = outputOf('explain-result', 1, {
  run_id: TEXT,
  row: COUNT,
  key: TEXT,
  masked: FLAG,
  dataset: orNull(TEXT),
  members: listOf(recordOf({ file: TEXT, sheet: TEXT, row: COUNT, role: { enum: ['used', 'merged'] } })),
  cells: listOf(
    recordOf({
      column: TEXT,
      type: orNull(TEXT),
      value: orNull(TEXT),
      how: { enum: ['taken', 'combined', 'derived', 'empty'] },
      reason: TEXT,
      from: listOf(CELL),
      lost: listOf(recordOf({ file: TEXT, sheet: TEXT, row: COUNT, value: orNull(TEXT), rule: TEXT }))
    })
  )
})

export const explain: Command = {
  path: ['explain'],
  aliases: ['explain-provenance'],
  summary: 'Lead a cell or row of the dataset back to file, sheet, row and column, with rules and losing values',
  description: 'Values are masked unless --reveal is given. With --dataset the run is read from the file\'s own run id.',
  input: inputOf({
    run: RUN_ID,
    row: { type: 'string', path: 'none', minLength: 1, description: 'Row of the dataset, counted from 1, or the value of its first field.' },
    column: { type: 'array', path: 'none', items: { type: 'string', minLength: 1 }, description: 'Column; repeatable.', default: 'all that have a value' },
    dataset: { type: 'string', path: 'read', minLength: 1, description: 'A dataset file that a run wrote, instead of a run.' },
    row_id: { type: 'string', path: 'none', minLength: 1, description: 'Row of the dataset, counted from 0, or the value of its first field.' },
    cell: { type: 'string', pattern: '^[A-Za-z]{1,3}[1-9][0-9]*$', description: 'Cell of the dataset\'s data sheet, such as C7, instead of row and column.' },
    output: { type: 'string', path: 'write', minLength: 1, description: 'Write the result to this file as JSON, too.' },
    reveal: REVEAL,
    ...STORE_PROPERTIES
  }),
  output,
  effects: { reads: ['store', 'outputs'], writes: ['outputs'], network: false, destructive: false },
  positionals: ['run'],
  letters: { row: 'r', column: 'k' },
  examples: [
    { line: 'explain latest --row 1 --column website', says: 'one cell' },
    { line: 'explain --dataset dist/refined.xlsx --cell C7 --reveal', says: 'as you see it in the spreadsheet' },
    { line: 'explain-provenance --dataset dist/refined.csv --row-id 0 --json', says: 'a whole row, for programs' }
  ],
  async run(input, host) {
    const { explainCells } = await import('../explain/explain.ts')
    return explainCells(input, host, output.$id)
  }
}
