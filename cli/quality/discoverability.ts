/** QG-4: the surface for agents lists exactly the commands of the registry. It is asked as an agent asks: over its own protocol. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { registry } from '../commands/index.ts'
import { inputSchemaOf } from '../mcp/tools.ts'
import { check, failed, notBuilt, passed, type Gate, type Seen } from './gate.ts'
import { binPath, loaders } from './scene.ts'

/** Milliseconds for the whole conversation. */
const PATIENCE = 60_000

interface Tool { readonly name: string; readonly inputSchema: { readonly properties?: JsonObject }; readonly outputSchema?: JsonObject }

/** Starts the server, asks for its tools, page by page, and ends it. */
async function listTools(cwd: string): Promise<readonly Tool[]> {
  const server = spawn(process.execPath, [...loaders(), binPath(), 'mcp', 'serve'], { cwd, stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env['PATH'], HOME: cwd } })
  const timer = setTimeout(() => server.kill(), PATIENCE)
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]()
  let last = 0
  const ask = async (method: string, params: JsonObject): Promise<any> => {
    const id = ++last
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
    for (;;) {
      const { value, done } = await lines.next()
      if (done === true) throw new Error(`the server ended before it answered ${method}`)
      const message = JSON.parse(value) as { readonly id?: Json; readonly result?: unknown; readonly error?: { readonly message: string } }
      if (message.id !== id) continue
      if (message.error !== undefined) throw new Error(`${method}: ${message.error.message}`)
      return message.result
    }
  }
  try {
    await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'hotpass-qa', version: '1' } })
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`)
    const tools: Tool[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await ask('tools/list', cursor === undefined ? {} : { cursor })
      tools.push(...page.tools)
      cursor = page.nextCursor
      if (cursor === undefined) return tools
    }
  } finally {
    clearTimeout(timer)
    server.stdin.end()
    server.kill()
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((word, at) => word === b[at])

async function compare(): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'hotpass-qa-agent-'))
  // Nothing may be called where no policy says so; listed is what may be called.
  writeFileSync(join(folder, 'hotpass.yaml'), "mcp: { policy: { tools: ['*'] } }\n")
  let tools: readonly Tool[]
  try {
    tools = await listTools(folder)
  } catch (error) {
    return failed(error instanceof Error ? error.message : 'the server cannot be asked', 'QA_AGENT_SURFACE')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const offered = registry.commands.filter(({ effects }) => effects.only_for === undefined)
  const named = (words: readonly string[]): string => `hotpass.${words.join('.').replaceAll('-', '_')}`
  const expected = new Map(offered.flatMap(command => [[named(command.path), command] as const, ...command.aliases.map(alias => [named([alias]), command] as const)]))
  const missing = [...expected.keys()].filter(name => !tools.some(tool => tool.name === name))
  const foreign = tools.map(({ name }) => name).filter(name => !expected.has(name))
  if (missing.length > 0 || foreign.length > 0) return failed(`${missing.length > 0 ? `no tool for ${missing.join(', ')}` : ''}${missing.length > 0 && foreign.length > 0 ? '; ' : ''}${foreign.length > 0 ? `no command for ${foreign.join(', ')}` : ''}`, 'QA_AGENT_SURFACE', { missing, foreign })
  const odd = tools.filter(({ name, inputSchema }) => !same(Object.keys(inputSchema.properties ?? {}).sort(), Object.keys(inputSchemaOf(expected.get(name)!)['properties'] as JsonObject).sort())).map(({ name }) => name)
  if (odd.length > 0) return failed(`the arguments of ${odd.join(', ')} are not those of the command`, 'QA_AGENT_SURFACE', { odd })
  return passed(`${tools.length} tools for ${offered.length} commands, with their arguments; ${registry.commands.length - offered.length} are for a person or a terminal alone`)
}

export const discoverability: Gate = {
  id: 'qg4-discoverability',
  title: 'QG-4 discoverability',
  ofData: false,
  async run(_context, tell) {
    const isServed = registry.find(['mcp', 'serve']) !== undefined
    tell(await check('the agent surface lists the registry', () => (isServed ? compare() : notBuilt('the agent surface does not exist yet'))))
  }
}
