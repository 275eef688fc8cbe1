import { EXIT } from '../../kernel/error.ts'
import type { Command } from '../../kernel/registry/command.ts'
import { inputOf, listOf, outputOf, recordOf, TEXT } from './properties.ts'

const output = outputOf('init-result', 1, {
  path: TEXT,
  files: listOf(recordOf({ path: TEXT, action: { enum: ['written', 'replaced', 'unchanged'] } })),
  next: listOf(TEXT)
})

export const init: Command = {
  path: ['init'],
  aliases: [],
  summary: 'Make a workspace with a profile, a configuration file and small messy sample files',
  description: 'The samples are invented. Nothing that is already there is touched, unless you say --force; then only the files of the samples are replaced.',
  input: inputOf({
    path: { type: 'string', path: 'write', minLength: 1, description: 'Folder of the workspace; it is made if need be.', default: '.' },
    force: { type: 'boolean', description: 'Replace files that are already there.' }
  }),
  output,
  effects: { reads: ['workspace'], writes: ['workspace'], network: false, destructive: true },
  positionals: [],
  letters: { force: 'f' },
  examples: [{ line: 'init --path ws', says: 'then: cd ws && hotpass run' }],
  async run(input, host) {
    const { createWorkspace } = await import('../workspace/create.ts')
    const path = (input['path'] as string | undefined) ?? '.'
    const files = await createWorkspace(path, input['force'] === true, host)
    return { exit: EXIT.ok, result: { schema: output.$id, path, files, next: [...(path === '.' ? [] : [`cd ${path}`]), 'hotpass run'] } }
  }
}
