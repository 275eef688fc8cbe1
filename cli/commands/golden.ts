import type { Command } from '../../kernel/registry/command.ts'
import { COUNT, FLAG, inputOf, listOf, orNull, outputOf, recordOf, TEXT } from './properties.ts'

const CASE = recordOf({
  name: TEXT,
  status: { enum: ['same', 'differs', 'written', 'unchanged', 'failed'] },
  run_id: orNull(TEXT),
  artifacts: COUNT,
  differences: listOf(recordOf({ what: TEXT, expected: orNull(TEXT), actual: orNull(TEXT) })),
  message: TEXT
})
const INPUT = inputOf({
  cases: { type: 'array', items: { type: 'string', minLength: 1 }, description: 'Names of cases.', default: 'all' },
  golden_dir: { type: 'string', path: 'read', minLength: 1, description: 'Folder of the cases.', default: './golden' }
})
const SHARED = { aliases: [], input: INPUT, positionals: ['cases'], letters: {} } as const
const checkOutput = outputOf('golden-check-result', 1, { cases: listOf(CASE), same: FLAG })
const updateOutput = outputOf('golden-update-result', 1, { cases: listOf(CASE), tested: { const: false } })

const check: Command = {
  ...SHARED,
  path: ['golden', 'check'],
  summary: 'Run the golden cases and compare every artifact and output with the recorded digests',
  description: 'Exit 4 when one differs.',
  output: checkOutput,
  effects: { reads: ['inputs', 'config'], writes: [], network: false, destructive: false },
  examples: [{ line: 'golden check aviation', says: 'one case' }],
  async run(input, host) {
    const { checkGoldens } = await import('../golden/golden.ts')
    return checkGoldens(input, host, checkOutput.$id)
  }
}

const update: Command = {
  ...SHARED,
  input: { ...INPUT, properties: { ...INPUT.properties, golden_dir: { ...INPUT.properties['golden_dir']!, path: 'write' } } },
  path: ['golden', 'update'],
  summary: 'Record the digests of the golden cases anew; tests nothing',
  description: 'Refused where the variable CI is set. Look at the difference before you commit it.',
  output: updateOutput,
  effects: { reads: ['inputs', 'config'], writes: ['workspace'], network: false, destructive: true },
  examples: [{ line: 'golden update', says: 'after a change that was meant' }],
  async run(input, host) {
    const { updateGoldens } = await import('../golden/golden.ts')
    return updateGoldens(input, host, updateOutput.$id)
  }
}

export const goldenCommands: readonly Command[] = [check, update]
