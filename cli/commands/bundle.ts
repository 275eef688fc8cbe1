import type { Command } from '../../kernel/registry/command.ts'
import { COUNT, DIGEST, inputOf, listOf, outputOf, RUN_ID, STORE_PROPERTIES, TEXT } from './properties.ts'

const output = outputOf('bundle-result', 1, { run_id: TEXT, attempts: listOf(COUNT), path: TEXT, bytes: COUNT, hash: DIGEST, objects: COUNT, ledger_head: DIGEST })

export const bundle: Command = {
  path: ['bundle'],
  aliases: [],
  summary: 'Pack a run into one file that replays on another machine',
  description: 'The file holds the inputs, the configuration, the records and the outputs, and so all personal data in them. Nobody else may read it. The same attempts give the same bytes.',
  input: inputOf({ run: RUN_ID, output_path: { type: 'string', path: 'write', minLength: 1, description: 'Where the file goes.', default: '<run id>.hotpass' }, force: { type: 'boolean', description: 'Replace a file that is already there.' }, ...STORE_PROPERTIES }),
  output,
  effects: { reads: ['store'], writes: ['outputs'], network: false, destructive: true },
  positionals: ['run'],
  letters: { output_path: 'o' },
  examples: [{ line: 'bundle latest -o march.hotpass', says: 'then, elsewhere: hotpass replay march.hotpass' }],
  async run(input, host) {
    const { bundleRun } = await import('../pipeline/bundle.ts')
    return bundleRun(input, host, output.$id)
  }
}
