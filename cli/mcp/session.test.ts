/** A session over standard input and output with the official client, against the executable. */
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import t from 'tap'
import { registry } from '../commands/index.ts'
import { makeWorkspace } from '../workspace.case.ts'
import { toolsOf } from './tools.ts'

const BIN = join(import.meta.dirname, '../../build/cli/bin.js')

t.test('a session', async t => {
  const ws = makeWorkspace({ 'hotpass.yaml': "profile: clubs\nmcp: { policy: { tools: ['*'], read: [data], write: [dist] } }\n" })
  const client = new Client({ name: 'session-test', version: '1.0.0' })
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [BIN, 'mcp', 'serve'], cwd: ws, stderr: 'ignore' }))
  t.teardown(() => client.close())
  const { tools } = await client.listTools()
  t.same(tools.map(({ name }) => name).sort(), [...toolsOf(registry).keys()].sort())
  const run = await client.callTool({ name: 'hotpass.refine', arguments: {} })
  t.match(run.structuredContent, { verdict: 'succeeded', profile: 'clubs' })
  const refused = await client.callTool({ name: 'hotpass.run', arguments: JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown> })
  t.equal(refused.isError, true)
  t.match(JSON.stringify(refused.content), /__proto__.*not allowed/)
})
