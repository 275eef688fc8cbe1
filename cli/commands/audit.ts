import { EXIT } from '../../kernel/error.ts'
import type { Command } from '../../kernel/registry/command.ts'
import { COUNT, DIGEST, FLAG, inputOf, listOf, outputOf, recordOf, STORE_PROPERTIES, TEXT } from './properties.ts'

const SHARED = { aliases: [], effects: { reads: ['store'], writes: [], network: false, destructive: false }, positionals: [] } as const

const verifyOutput = outputOf('audit-verify-result', 1, { log: TEXT, valid: FLAG, lines: COUNT, head: DIGEST, unfinished_bytes: COUNT, problems: listOf(recordOf({ line: COUNT, what: TEXT })) })

const verify: Command = {
  ...SHARED,
  path: ['audit', 'verify'],
  summary: 'Check that no line of the log of agents\' calls was edited, removed or moved',
  description: 'Exit 0 when the log is one unbroken chain, else 4. A tail that was cut off leaves a whole chain behind: it is noticed with --expect-head, a head that was kept elsewhere. The server tells its head with every answer and when it ends.',
  input: inputOf({ expect_head: { type: 'string', pattern: '^(sha256:)?[0-9a-f]{64}$', description: 'Hash of a line that has to be in the log.' }, ...STORE_PROPERTIES }),
  output: verifyOutput,
  letters: {},
  examples: [{ line: 'audit verify', says: 'the log of this workspace' }],
  async run(input, host) {
    const { verifyStoredLog } = await import('../mcp/audit/stored.ts')
    const { path, check } = await verifyStoredLog(input, host)
    const { lines, head, problems, unfinished } = check
    const valid = problems.length === 0
    return { exit: valid ? EXIT.ok : EXIT.integrity, result: { schema: verifyOutput.$id, log: path, valid, lines, head, unfinished_bytes: unfinished, problems: problems.map(({ line, what }) => ({ line, what })) } }
  }
}

const OUTCOMES = ['started', 'ok', 'failed', 'refused', 'approval', 'cancelled'] as const
const LINE = recordOf({
  sequence: COUNT,
  time: TEXT,
  kind: TEXT,
  what: TEXT,
  session: TEXT,
  transport: TEXT,
  client: TEXT,
  arguments: { type: 'object' },
  arguments_hash: DIGEST,
  outcome: { enum: [...OUTCOMES] },
  code: TEXT,
  message: TEXT,
  run_id: TEXT,
  record_hash: TEXT,
  flags: listOf({ type: 'object' }),
  duration_ms: COUNT,
  previous: DIGEST,
  hash: DIGEST
})
const showOutput = outputOf('audit-show-result', 1, { log: TEXT, lines: listOf(LINE), total: COUNT })

const show: Command = {
  ...SHARED,
  path: ['audit', 'show'],
  summary: 'Show what agents have asked for here and what came of it, the latest first',
  description: 'Personal values in arguments are masked. Lines that are not as they were written are left out; hotpass audit verify tells them.',
  input: inputOf({
    limit: { type: 'integer', minimum: 1, maximum: 100_000, description: 'How many lines.', default: 20 },
    tool: { type: 'string', path: 'none', minLength: 1, description: 'Only calls of this tool.' },
    outcome: { type: 'string', enum: OUTCOMES, description: 'Only what came out so.' },
    ...STORE_PROPERTIES
  }),
  output: showOutput,
  letters: { limit: 'n' },
  examples: [{ line: 'audit show --outcome refused', says: 'what was refused' }],
  async run(input, host) {
    const { showStoredLog } = await import('../mcp/audit/stored.ts')
    return { exit: EXIT.ok, result: { schema: showOutput.$id, ...(await showStoredLog(input, host)) } }
  }
}

export const auditCommands: readonly Command[] = [show, verify]
