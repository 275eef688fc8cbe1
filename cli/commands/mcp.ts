import { EXIT, HotpassError } from '../../kernel/error.ts'
import type { Command } from '../../kernel/registry/command.ts'
import { CONFIG_PROPERTIES, COUNT, DIGEST, FLAG, inputOf, listOf, orNull, outputOf, recordOf, STORE_PROPERTIES, TEXT } from './properties.ts'

const serveOutput = outputOf('mcp-serve-result', 1, { audit_head: DIGEST })

const serve: Command = {
  path: ['mcp', 'serve'],
  aliases: [],
  summary: 'Offer every command to an agent as a tool of the Model Context Protocol',
  description: 'Over standard input and output, or with --http over HTTP. What an agent may do is said by mcp.policy in the configuration of the workspace, and is nothing when it says nothing. Every call is kept in the audit log of the store.',
  input: inputOf({
    http: { type: 'string', pattern: '^(\\[[0-9a-fA-F:.]+\\]|[^:\\[\\]\\s/]+):[0-9]{1,5}$', description: 'Serve over HTTP at HOST:PORT, path /mcp, instead of standard input and output. Port 0 takes any that is free.' },
    token_file: { type: 'string', path: 'read', minLength: 1, description: 'File with the token that clients have to send as a bearer token. Needed on anything but loopback.' },
    allowed_host: { type: 'array', items: { type: 'string', minLength: 1 }, description: 'Host name under which clients reach it, besides that of --http, and which pages in a browser may come from. Repeatable.' },
    config: CONFIG_PROPERTIES.config
  }),
  output: serveOutput,
  effects: { reads: ['inputs', 'config', 'store', 'outputs'], writes: ['store', 'outputs', 'workspace'], network: false, destructive: false, only_for: 'terminal' },
  positionals: [],
  letters: { config: 'c' },
  examples: [
    { line: 'mcp serve -C ./workspace', says: 'as an agent\'s configuration starts it' },
    { line: 'mcp serve --http 127.0.0.1:8080', says: 'for clients that speak HTTP', needs: 'client' }
  ],
  async run(input, host) {
    const { serve: start } = await import('../mcp/serve.ts')
    return start(input, host, serveOutput.$id, async () => (await import('./index.ts')).registry)
  }
}

const APPROVAL = recordOf({ id: TEXT, tool: TEXT, kinds: listOf(TEXT), arguments: { type: 'object' }, asked_at: TEXT, granted_at: orNull(TEXT) })
const approvalsOutput = outputOf('mcp-approvals-result', 1, { approvals: listOf(APPROVAL) })

const approvals: Command = {
  path: ['mcp', 'approvals'],
  aliases: [],
  summary: 'List the calls of agents that wait for a person\'s approval',
  description: 'They lapse after an hour.',
  input: inputOf(STORE_PROPERTIES),
  output: approvalsOutput,
  effects: { reads: ['store'], writes: [], network: false, destructive: false, only_for: 'person' },
  positionals: [],
  letters: {},
  examples: [{ line: 'mcp approvals', says: 'what agents here have asked for' }],
  async run(input, host) {
    const { approvalsShown } = await import('../mcp/policy/ask.ts')
    return { exit: EXIT.ok, result: { schema: approvalsOutput.$id, approvals: await approvalsShown(input, host) } }
  }
}

const approveOutput = outputOf('mcp-approve-result', 1, { id: TEXT, approved: FLAG, valid_seconds: COUNT })

const approve: Command = {
  path: ['mcp', 'approve'],
  aliases: [],
  summary: 'Approve a call that an agent has asked for, once',
  description: 'Shows what it would do and asks, so it works at a terminal alone. The approval holds for the very same call, once, for an hour.',
  input: inputOf({ id: { type: 'string', pattern: '^[0-9a-f]{12}$', description: 'The id that the agent was given: twelve digits and letters from a to f.' }, ...STORE_PROPERTIES }, ['id']),
  output: approveOutput,
  effects: { reads: ['store'], writes: ['store'], network: false, destructive: false, only_for: 'person' },
  positionals: ['id'],
  letters: {},
  examples: [{ line: 'mcp approve 3f9a0c12b7de', says: 'then the agent makes the same call again', needs: 'person' }],
  async run(input, host) {
    if (host.ask === undefined) throw new HotpassError('E_PERMISSION', 'an approval is given by a person at a terminal', { hint: 'type the command into a terminal; it takes no flag that says yes' })
    const { approveCall, VALID_SECONDS } = await import('../mcp/policy/ask.ts')
    const id = input['id'] as string
    return { exit: EXIT.ok, result: { schema: approveOutput.$id, id, approved: await approveCall(id, input, host, host.ask), valid_seconds: VALID_SECONDS } }
  }
}

export const mcpCommands: readonly Command[] = [approvals, approve, serve]
