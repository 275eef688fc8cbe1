import type { Command } from '../../kernel/registry/command.ts'
import { COUNT, FLAG, inputOf, listOf, outputOf, RUN_ID, STORE_PROPERTIES, TEXT } from './properties.ts'

const output = outputOf('query-result', 1, {
  columns: listOf(TEXT),
  rows: listOf(listOf({ type: ['string', 'number', 'null'] })),
  row_count: COUNT,
  truncated: FLAG,
  tables: listOf(TEXT)
})

export const query: Command = {
  path: ['query'],
  aliases: [],
  summary: 'Ask questions in SQL of runs, findings, quarantine and the dataset; read-only',
  description: 'Tables: runs, steps, inputs, outputs, diagnostics; and of one run data, quarantine, conflicts and one per group. Without SQL the tables are listed. Values are those of the dataset, not masked: a masked value could not be compared.',
  input: inputOf({
    sql: { type: 'string', path: 'none', minLength: 1, description: 'One SELECT statement (SQLite).' },
    run: { ...RUN_ID, description: 'The run whose dataset is loaded: an id, its beginning, or `latest`.' },
    format: { type: 'string', enum: ['table', 'csv', 'ndjson'], description: 'How rows are printed.', default: 'table' },
    limit: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'At most so many rows.', default: 1000 },
    timeout: { type: 'integer', minimum: 1, maximum: 86_400, description: 'Seconds after which the query is given up.', default: 60 },
    ...STORE_PROPERTIES
  }),
  output,
  effects: { reads: ['store'], writes: [], network: false, destructive: false },
  positionals: ['sql'],
  letters: { limit: 'n' },
  examples: [
    { line: 'query "select reason, count(*) from quarantine group by reason"', says: 'why rows were set aside' },
    { line: 'query --format csv "select * from data" > data.csv', says: 'the dataset as CSV' }
  ],
  async run(input, host) {
    const { askStore } = await import('../query/ask.ts')
    return askStore(input, host, output.$id)
  }
}
