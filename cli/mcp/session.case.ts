/** A real session over standard input and output, against the executable, with the official client: what an agent does with a folder. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import type { Test } from 'tap'
import { registry } from '../commands/index.ts'
import { packageRoot } from '../package-root.ts'
import { makeFolder } from '../workspace.case.ts'
import { toolsOf } from './tools.ts'

const ROOT = packageRoot()
export const BIN = join(ROOT, 'build/cli/bin.js')
export const POLICY = "mcp: { policy: { tools: ['*'], read: [data], write: [dist] } }\n"

export async function connect(t: { teardown(work: () => unknown): void }, ws: string, options: ConstructorParameters<typeof Client>[1] = {}): Promise<Client> {
  const client = new Client({ name: 'session-test', version: '1.0.0' }, options)
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [BIN, 'mcp', 'serve'], cwd: ws, stderr: 'ignore' }))
  t.teardown(() => client.close())
  return client
}

/** Initialises, lists, runs the fixture, explains, validates, replays, and verifies the log. */
export async function driveSession(t: Test, fixture: 'quickstart' | 'aviation'): Promise<void> {
  const ws = makeFolder({ 'hotpass.yaml': `profile: ${fixture}\n${POLICY.replace('[data]', '[data, contracts]')}` })
  cpSync(join(ROOT, `fixtures/${fixture}/data`), join(ws, 'data'), { recursive: true })
  cpSync(join(ROOT, `profiles/${fixture}.yaml`), join(ws, `contracts/${fixture}.yaml`))
  const client = await connect(t, ws)
  t.match(client.getServerVersion(), { name: 'hotpass' })
  t.match(client.getInstructions(), /untrusted data/)
  const { tools } = await client.listTools()
  t.same(tools.map(({ name }) => name).sort(), [...toolsOf(registry).keys()].sort(), 'every command is a tool')
  const call = async (name: string, args: Record<string, unknown> = {}): Promise<any> => {
    // The client holds every structured result to the tool's output schema.
    const result = await client.callTool({ name, arguments: args })
    t.notOk(result.isError, `${name} ${JSON.stringify(result.content).slice(0, 300)}`)
    return result.structuredContent
  }

  const shares: number[] = []
  const run = (await client.callTool({ name: 'hotpass.refine', arguments: {} }, { onprogress: ({ progress }) => void shares.push(progress) })).structuredContent as any
  t.match(run, { verdict: 'succeeded', profile: fixture, outputs: [{ path: 'dist/refined.xlsx' }] })
  t.equal(run.counts.rows_in, run.counts.used + run.counts.merged + run.counts.quarantined, 'the counts add up')
  t.ok(shares.length > 3 && shares.every((share, at) => at === 0 || share > shares[at - 1]!), `progress goes on: ${shares.length} notifications`)

  t.match(await call('hotpass.explain', { run: run.run_id, row: '1', column: ['organization_name'] }), { cells: [{ column: 'organization_name', from: [{ file: /xlsx$/, cell: /^[A-Z]+\d+$/ }] }] })
  t.match(await call('hotpass.explain_provenance', { row: '1', column: ['website'] }), { run_id: run.run_id }, 'under the name of the documents')
  const contract = await client.callTool({ name: 'hotpass.contracts.validate', arguments: { data: 'dist/refined.csv', contract: `contracts/${fixture}.yaml` } })
  t.match(contract.structuredContent, { schema: 'urn:hotpass:schema:contracts-validate-result:1' }, JSON.stringify(contract.content).slice(0, 300))
  t.match(await call('hotpass.replay', { run: run.run_id }), { verdict: 'identical' })

  const resource = async (uri: string): Promise<string> => ((await client.readResource({ uri })).contents[0] as { text: string }).text
  t.match(JSON.parse(await resource(`hotpass://runs/${run.run_id}`)), { record_hash: run.record_hash })
  t.match(await resource('hotpass://runs/latest/report'), /^# /)
  t.match(JSON.parse(await resource('hotpass://runs/latest/records/merge'))[0], { identity: { operator_id: /^merge@/ } })
  t.match(await resource(`hotpass://profiles/${fixture}`), new RegExp(`^name: ${fixture}$`, 'm'))
  t.match(JSON.parse(await resource('hotpass://cell/latest/data/1/website')), { cells: [{ column: 'website' }] })
  await t.rejects(client.readResource({ uri: 'hotpass://runs/run-0000' }), /not found/i)
  t.same((await client.listPrompts()).prompts.map(({ name }) => name), ['clean-folder', 'explain-cell', 'why-gate-failed', 'audit-pack'])
  t.match((await client.getPrompt({ name: 'explain-cell', arguments: { cell: 'C7' } })).messages[0]!.content, { text: /"C7".*latest/s })
  await t.rejects(client.getPrompt({ name: 'explain-cell', arguments: {} }), /needs cell/)
  t.ok((await client.complete({ ref: { type: 'ref/prompt', name: 'explain-cell' }, argument: { name: 'run', value: 'run-' } })).completion.values.includes(run.run_id))

  const verified = await call('hotpass.audit.verify')
  t.match(verified, { valid: true, problems: [] })
  const head = ((await client.callTool({ name: 'hotpass.runs.list', arguments: {} }))._meta as any)['hotpass/audit'].head
  t.equal((await call('hotpass.audit.verify', { expect_head: head })).valid, true, 'the head that an answer told is in the log')
  t.match(await call('hotpass.audit.show', { tool: 'hotpass.refine' }), { lines: [{ outcome: 'ok', run_id: run.run_id, record_hash: run.record_hash, client: 'session-test 1.0.0' }, { outcome: 'started' }] })
}
