/** `hotpass mcp serve`: the server, on standard input and output or over HTTP, until its client leaves or it is ended. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'
import { stdin, stdout } from 'node:process'
import type { Server } from '@modelcontextprotocol/server'
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { readFault } from '../../kernel/host/fault.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Registry } from '../../kernel/registry/registry.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { openAuditLog } from './audit/log.ts'
import { createLanes } from './lane/lanes.ts'
import { openApprovals } from './policy/approval.ts'
import { readPolicy } from './policy/policy.ts'
import { createServer } from './server.ts'
import { createService, type Caller } from './service.ts'

/** Time in which the first answer is due, before anything else is started. */
const WARM_AFTER_MS = 250
const SHORTEST_TOKEN = 24

/** What a test adds to each server; the product adds nothing. */
export type Extend = (server: Server) => Server

/** Serves until the client closes its end or the host's signal fires. Throws what reading the configuration and opening the store throws. */
export async function serve(input: JsonObject, host: CommandHost, schema: string, registry: Registry, extend: Extend = server => server): Promise<Reply> {
  const env = withConfigs(input, host)
  const policy = await readPolicy({}, { ...host, env })
  const http = input['http'] as string | undefined
  const transport = http === undefined ? 'stdio' : 'http'
  const log = openAuditLog(policy.storeDir)
  const lanes = createLanes({ size: policy.limits.parallel })
  const service = createService({ registry, host: { cwd: host.cwd, env }, policy, log, approvals: openApprovals(policy.storeDir), lanes })
  const caller: Caller = { session: randomBytes(6).toString('hex'), transport, client: '' }
  const make = (): Server => extend(createServer(service, transport, caller.session))
  if (service.tools.size === 0) host.tell({ event: 'mcp.closed', level: 'warning', message: 'no tool may be called: mcp.policy.tools in the configuration of the workspace allows none' })
  let head = ''
  try {
    await service.note(caller, { kind: 'server', what: 'start', outcome: 'started' })
    const warm = setTimeout(() => service.warm(), WARM_AFTER_MS)
    await (http === undefined ? overStdio(make, host) : overHttp(make, http, input, host))
    clearTimeout(warm)
  } finally {
    await service.close()
    head = (await service.note(caller, { kind: 'server', what: 'end', outcome: 'ok' })).hash
  }
  host.tell({ event: 'mcp.ended', level: 'info', message: `audit log head ${head}`, data: { audit_head: head } })
  return { exit: EXIT.ok, result: { schema, audit_head: head } }
}

/** Configuration files that are given to the server hold for every call. */
function withConfigs(input: JsonObject, host: CommandHost): CommandHost['env'] {
  const files = (input['config'] as readonly string[] | undefined) ?? []
  if (files.length === 0) return host.env
  return { ...host.env, HOTPASS_CONFIG: [...(host.env['HOTPASS_CONFIG'] ?? '').split(delimiter).filter(path => path !== ''), ...files.map(path => resolve(host.cwd, path))].join(delimiter) }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    if (signal.aborted) done()
    signal.addEventListener('abort', () => done(), { once: true })
  })
}

async function overStdio(make: () => Server, host: CommandHost): Promise<void> {
  const { serveStdio } = await import('@modelcontextprotocol/server/stdio')
  const { createStdioTransport } = await import('./stdio.ts')
  const ended = new Promise<void>(done => {
    stdin.once('close', done)
    stdin.once('end', done)
  })
  const handle = serveStdio(make, { transport: createStdioTransport(stdin, stdout), onerror: error => host.tell({ event: 'mcp.error', level: 'debug', message: error.message }) })
  await Promise.race([ended, aborted(host.signal)])
  await handle.close()
  stdin.destroy()
}

async function overHttp(make: () => Server, address: string, input: JsonObject, host: CommandHost): Promise<void> {
  const { listen, parseAddress } = await import('./http.ts')
  const file = input['token_file'] as string | undefined
  const server = await listen(make, {
    ...parseAddress(address),
    token: file === undefined ? undefined : tokenIn(file, host),
    names: (input['allowed_host'] as readonly string[] | undefined) ?? [],
    onError: error => host.tell({ event: 'mcp.error', level: 'debug', message: error.message })
  })
  host.tell({ event: 'mcp.listening', level: 'info', message: `serving at ${server.url}`, data: { url: server.url } })
  await aborted(host.signal)
  await server.close()
}

/** Throws E_INPUT_MISSING, E_INPUT_UNREADABLE, and E_USAGE for a token that could be guessed. */
function tokenIn(file: string, host: CommandHost): string {
  let token: string
  try {
    token = readFileSync(resolve(host.cwd, file), 'utf8').trim()
  } catch (cause) {
    throw readFault(cause, file)
  }
  if (token.length < SHORTEST_TOKEN || /\s/.test(token)) throw new HotpassError('E_USAGE', `${file} holds no token of at least ${SHORTEST_TOKEN} characters`, { hint: 'for example: openssl rand -hex 32 > token' })
  return token
}

