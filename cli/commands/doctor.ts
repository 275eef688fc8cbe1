import type { Command } from '../../kernel/registry/command.ts'
import { reporting } from '../report/reporting.ts'
import { CONFIG_PROPERTIES, COUNT, inputOf, listOf, orNull, outputOf, recordOf, DIGEST, TEXT } from './properties.ts'

const output = outputOf('doctor-result', 1, {
  verdict: { enum: ['healthy', 'warnings', 'unhealthy'] },
  exit: COUNT,
  checks: listOf(recordOf({ id: TEXT, title: TEXT, group: TEXT, status: { enum: ['ok', 'warning', 'error', 'skipped', 'fixed'] }, message: TEXT, hint: TEXT, details: { type: 'object' } })),
  ledger_head: orNull(DIGEST)
})

const plain: Command = {
  path: ['doctor'],
  aliases: [],
  summary: 'Check the runtime, the store, the configuration, inputs, outputs, goldens and network switches',
  description: 'Reads only, unless --autofix is given. Exit 0 when healthy or with warnings, 1 for an environment that cannot work, 2 for a faulty configuration, 4 for a damaged store, a modified package or a golden that differs.',
  input: inputOf({
    ...CONFIG_PROPERTIES,
    full: { type: 'boolean', description: 'Hash every object and record of the store again, and run the goldens.' },
    expect_head: { type: 'string', pattern: '^(sha256:)?[0-9a-f]{64}$', description: 'The ledger\'s head as a footer or bundle told it; a store whose ledger does not lead there has lost runs.' },
    autofix: { type: 'boolean', description: 'Do what is safe: remove stale locks and leftovers of killed runs, make missing folders.' }
  }),
  output,
  effects: { reads: ['config', 'store', 'inputs', 'outputs'], writes: ['store', 'outputs'], network: false, destructive: false },
  positionals: [],
  letters: {},
  examples: [
    { line: 'doctor --full', says: 'before a deploy' },
    { line: 'doctor --config hotpass.yaml --json', says: 'in a pipeline' }
  ],
  async run(input, host) {
    const { examine } = await import('../doctor/examine.ts')
    return examine(input, host, output.$id)
  }
}

export const doctor: Command = reporting(plain, async result => (await import('../report/of-doctor.ts')).assessDoctor(result))
