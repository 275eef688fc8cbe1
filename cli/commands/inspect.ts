import type { Command } from '../../kernel/registry/command.ts'
import { COUNT, FLAG, inputOf, listOf, orNull, outputOf, recordOf, TEXT } from './properties.ts'

const COLUMN = recordOf({ letter: TEXT, header: TEXT, filled: COUNT, distinct: COUNT, kinds: { type: 'object', additionalProperties: COUNT }, target: orNull(TEXT), extra: orNull(TEXT), type: orNull(TEXT), confidence: { type: 'number' }, reason: TEXT })
const output = outputOf('inspect-result', 1, {
  profile: TEXT,
  files: listOf(
    recordOf({
      file: TEXT,
      format: TEXT,
      reader: TEXT,
      bytes: COUNT,
      dialect: orNull({ type: 'object' }),
      sheets: listOf(recordOf({ name: TEXT, state: TEXT, rows_present: COUNT, excluded: listOf(recordOf({ reason: TEXT, rows: COUNT, where: TEXT })), decisions: listOf(recordOf({ what: TEXT, where: TEXT, reason: TEXT })) })),
      tables: listOf(recordOf({ id: TEXT, sheet: TEXT, rows: COUNT, header_rows: listOf(COUNT), role: TEXT, role_reason: TEXT, group: TEXT, columns: listOf(COLUMN) })),
      loss: listOf(recordOf({ code: TEXT, sheet: TEXT, column: TEXT, count: COUNT, cells: listOf(TEXT), note: TEXT })),
      error: orNull(recordOf({ code: TEXT, message: TEXT, hint: TEXT }))
    })
  ),
  readable: FLAG
})

export const inspect: Command = {
  path: ['inspect'],
  aliases: [],
  summary: 'Look at files without a workspace: sheets, tables, column types, the mapping it would propose, losses',
  description: 'Nothing is written, not even to a store.',
  input: inputOf({ files: { type: 'array', path: 'read', items: { type: 'string', minLength: 1 }, minItems: 1, description: 'Files, or folders of files.' }, profile: { type: 'string', path: 'name-or-read', minLength: 1, description: 'Profile whose fields the columns are mapped to, by name or path.', default: 'generic' } }, ['files']),
  output,
  effects: { reads: ['inputs'], writes: [], network: false, destructive: false },
  positionals: ['files'],
  letters: { profile: 'p' },
  examples: [
    { line: 'inspect members.xlsx', says: 'one workbook' },
    { line: 'inspect ./data --profile aviation', says: 'how a profile would take a folder' }
  ],
  async run(input, host) {
    const { inspectFiles } = await import('../inspect/inspect.ts')
    return inspectFiles(input, host, output.$id)
  }
}
