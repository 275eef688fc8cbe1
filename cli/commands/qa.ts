import type { Command } from '../../kernel/registry/command.ts'
import { reporting } from '../report/reporting.ts'
import { CONFIG_PROPERTIES, COUNT, inputOf, listOf, outputOf, recordOf, TEXT } from './properties.ts'
import { FINDING, RUN_FLAGS } from './run.ts'

const TARGETS = ['all', 'cli', 'contracts', 'docs', 'profiles', 'fitness', 'data-quality', 'ta'] as const

const SECONDS = { type: 'number', minimum: 0 } as const
/** What `schemas/quality-gate.v1.json` says, and where the summary is. */
const GATE = recordOf({
  schema: TEXT,
  gate: TEXT,
  title: TEXT,
  status: { enum: ['passed', 'failed', 'not-built', 'incomplete'] },
  message: TEXT,
  started_at: TEXT,
  seconds: SECONDS,
  counts: recordOf({ passed: COUNT, failed: COUNT, not_built: COUNT, not_run: COUNT }),
  checks: listOf(recordOf({ name: TEXT, status: { enum: ['passed', 'failed', 'not-built', 'not-run'] }, message: TEXT, seconds: SECONDS, findings: listOf(FINDING) })),
  artifacts: listOf(TEXT),
  summary: TEXT
})

const output = outputOf('qa-result', 1, {
  target: { enum: [...TARGETS] },
  verdict: { enum: ['passed', 'passed with exceptions', 'incomplete', 'failed'] },
  exit: COUNT,
  excepted: listOf(TEXT),
  gates: listOf(GATE)
})

const plain: Command = {
  path: ['qa'],
  aliases: [],
  summary: 'Run quality gates that test outcomes: the command line, data, contracts, profiles, documentation, architecture',
  description: 'Each gate writes dist/quality-gates/GATE/summary.json. A gate says passed only of what it checked: a part that does not exist is "not built", and what cannot be checked here is "incomplete". `all` runs every gate. `ta` is the release switch: it runs every gate and exits 0 only when each one passed; --except names gates that may be not built or incomplete, which the result says. A check that failed counts all the same. Exit 3 when data alone failed, 1 when anything else did.',
  input: inputOf({
    target: { type: 'string', enum: TARGETS, description: 'Which gates.', default: 'all' },
    except: { type: 'array', items: { type: 'string', minLength: 1 }, description: 'A gate, by the name of its folder, that need not be built and may be incomplete. Repeatable.' },
    input_dir: RUN_FLAGS.input_dir,
    dist_dir: RUN_FLAGS.dist_dir,
    ...CONFIG_PROPERTIES,
    as_of: RUN_FLAGS.as_of
  }),
  output,
  effects: { reads: ['inputs', 'config', 'store', 'workspace'], writes: ['store', 'outputs'], network: false, destructive: true },
  positionals: ['target'],
  letters: { input_dir: 'i', profile: 'p', config: 'c' },
  examples: [
    { line: 'qa profiles --report junit=qa.xml', says: 'for the page of a CI' },
    { line: 'qa profiles', says: 'after a change to a profile' }
  ],
  async run(input, host) {
    const { runGates } = await import('../quality/run-gates.ts')
    return runGates(input, host, output.$id)
  }
}

export const qa: Command = reporting(plain, async result => (await import('../report/of-qa.ts')).assessQa(result))
