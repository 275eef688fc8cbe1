/** `hotpass mcp serve`: the server, on standard input and output or over HTTP, until its client leaves or it is ended. */
import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { platform, stdin, stdout } from 'node:process'
import type { Server } from '@modelcontextprotocol/server'
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { readFault } from '../../kernel/host/fault.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Registry } from '../../kernel/registry/registry.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Caller, Service } from './service.ts'

const SHORTEST_TOKEN = 24
/** What is wrong is told by then, also where no client asks anything. */
const OPEN_AFTER_MS = 2_000

/** What a test adds to each server; the product adds nothing. */
export type Extend = (server: Server) => Server

/** Serves the commands of a registry, which is asked for after the first answer, until the client closes its end or the host's signal fires. Throws what reading the configuration and opening the store throws. */
export async function serve(input: JsonObject, host: CommandHost, schema: string, registry: () => Promise<Registry>, extend: Extend = server => server): Promise<Reply> {
  const http = input['http'] as string | undefined
  const caller: Caller = { session: randomBytes(6).toString('hex'), transport: http === undefined ? 'stdio' : 'http', client: '' }
  let opened: Promise<Service> | undefined
  const open = (): Promise<Service> => {
    if (opened === undefined) {
      opened = opening(input, host, registry, caller)
      void opened.then(look, () => {})
    }
    return opened
  }
  let looked: Promise<void> | undefined
  let isDamaged = false
  /** Of the whole log, which may be long: after the service is open, and with nobody waiting for it. */
  const look = (service: Service): Promise<void> => {
    looked ??= service.verify(caller).then(
      problems => {
        isDamaged = problems > 0
        if (isDamaged) host.tell({ event: 'mcp.audit_damaged', level: 'warning', message: `THE AUDIT LOG IS NOT AS IT WAS WRITTEN: ${problems} ${problems === 1 ? 'line was' : 'lines were'} changed, removed or moved; hotpass audit verify says which`, data: { problems } })
      },
      (thrown: unknown) => host.tell({ event: 'mcp.audit_unread', level: 'warning', message: `the audit log could not be verified: ${(thrown as Error).message}` })
    )
    return looked
  }
  const { createServer } = await import('./server.ts')
  const make = (): Server => extend(createServer(open, caller.transport, caller.session, isDamaged))
  let head = ''
  try {
    await (http === undefined ? overStdio(make, open, host) : overHttp(make, open, look, http, input, host))
  } finally {
    const service = await opened?.catch(() => undefined)
    await looked
    await service?.close()
    head = (await service?.note(caller, { kind: 'server', what: 'end', outcome: 'ok' }))?.hash ?? ''
  }
  host.tell({ event: 'mcp.ended', level: 'info', message: `audit log head ${head}`, data: { audit_head: head } })
  return { exit: EXIT.ok, result: { schema, audit_head: head } }
}

async function opening(input: JsonObject, host: CommandHost, registry: () => Promise<Registry>, caller: Caller): Promise<Service> {
  const { openService } = await import('./open.ts')
  const service = await openService(input, host, await registry())
  if (service.tools.size === 0) host.tell({ event: 'mcp.closed', level: 'warning', message: 'no tool may be called: mcp.policy.tools in the configuration of the workspace allows none' })
  await service.note(caller, { kind: 'server', what: 'start', outcome: 'started' })
  service.warm()
  return service
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    if (signal.aborted) done()
    signal.addEventListener('abort', () => done(), { once: true })
  })
}

/** The service is opened once the first answer is out, which need not wait for it. */
async function overStdio(make: () => Server, open: () => Promise<Service>, host: CommandHost): Promise<void> {
  const { serveStdio } = await import('./sdk.ts')
  const { createStdioTransport } = await import('./stdio.ts')
  const ended = new Promise<void>(done => {
    stdin.once('close', done)
    stdin.once('end', done)
  })
  let fail: (thrown: unknown) => void = () => {}
  // A configuration that is wrong ends the server; one that is right does not.
  const failed = new Promise<never>((_resolve, reject) => (fail = reject))
  const answered = (): void => void open().catch(fail)
  const late = setTimeout(answered, OPEN_AFTER_MS)
  const handle = serveStdio(make, { transport: createStdioTransport(stdin, stdout, answered), onerror: error => host.tell({ event: 'mcp.error', level: 'debug', message: error.message }) })
  try {
    await Promise.race([ended, aborted(host.signal), failed])
  } finally {
    clearTimeout(late)
    await handle.close()
    stdin.destroy()
  }
}

async function overHttp(make: () => Server, open: () => Promise<Service>, look: (service: Service) => Promise<void>, address: string, input: JsonObject, host: CommandHost): Promise<void> {
  const { listen, parseAddress } = await import('./http.ts')
  const file = input['token_file'] as string | undefined
  const options = { ...parseAddress(address), token: file === undefined ? undefined : tokenIn(file, host), names: (input['allowed_host'] as readonly string[] | undefined) ?? [] }
  // Who connects is told of a damaged log at once, where looking through it does not take long.
  await Promise.race([look(await open()), new Promise(done => setTimeout(done, OPEN_AFTER_MS).unref())])
  const server = await listen(make, { ...options, onError: error => host.tell({ event: 'mcp.error', level: 'debug', message: error.message }) })
  host.tell({ event: 'mcp.listening', level: 'info', message: `serving at ${server.url}`, data: { url: server.url } })
  await aborted(host.signal)
  await server.close()
}

/** Throws E_INPUT_MISSING, E_INPUT_UNREADABLE, E_PERMISSION for a file that others may read or write, and E_USAGE for a token that could be guessed. */
function tokenIn(file: string, host: CommandHost): string {
  let token: string
  let mode: number
  try {
    mode = statSync(resolve(host.cwd, file)).mode
    token = readFileSync(resolve(host.cwd, file), 'utf8').trim()
  } catch (cause) {
    throw readFault(cause, file)
  }
  if (platform !== 'win32' && (mode & 0o077) !== 0) throw new HotpassError('E_PERMISSION', `${file} holds the token, and others on this machine may read or write it`, { hint: `chmod 600 ${file}; if others may have read it, make a new token` })
  if (token.length < SHORTEST_TOKEN || /\s/.test(token)) throw new HotpassError('E_USAGE', `${file} holds no token of at least ${SHORTEST_TOKEN} characters`, { hint: 'for example: openssl rand -hex 32 > token && chmod 600 token' })
  return token
}
