/** The protocol over HTTP: on loopback unless a token guards it, and for browsers only from where it is served. */
import { timingSafeEqual } from 'node:crypto'
import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import type { McpServerFactory } from '@modelcontextprotocol/server'
import { HotpassError } from '../../kernel/error.ts'
import { digestBytes } from '../../kernel/hash.ts'
import { createMcpHandler, isLegacyRequest, toNodeHandler } from './sdk-http.ts'
import { createSessions } from './sessions.ts'
import { LONGEST_MESSAGE } from './stdio.ts'

export const PATH = '/mcp'
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export interface Listening {
  /** Where clients reach it. */
  readonly url: string
  close(): Promise<void>
}

export interface HttpOptions {
  readonly host: string
  readonly port: number
  readonly token: string | undefined
  /** Names besides the host under which clients reach it. */
  readonly names: readonly string[]
  readonly onError: (error: Error) => void
}

/** Host and port of `127.0.0.1:8080`, `[::1]:0` or `localhost:8080`. Throws E_USAGE. */
export function parseAddress(text: string): { readonly host: string; readonly port: number } {
  const [, inner, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/\s]+)):(\d{1,5})$/.exec(text) ?? []
  const host = inner ?? plain
  if (host === undefined || Number(port) > 65_535) throw new HotpassError('E_USAGE', `${text} is no address to serve on`, { hint: 'for example 127.0.0.1:8080, [::1]:8080 or localhost:8080; port 0 takes any that is free' })
  return { host, port: Number(port) }
}

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

const inBrackets = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)

/** Serves until closed. Throws E_PERMISSION where a token is needed and there is none, and E_IO when it cannot listen. */
export async function listen(factory: McpServerFactory, { host, port, token, names, onError }: HttpOptions): Promise<Listening> {
  if (!isLoopback(host) && token === undefined) {
    throw new HotpassError('E_PERMISSION', `${host} can be reached from other machines, so a token is needed`, { hint: 'put a long random text into a file that only you may read, and name it with --token-file; or serve on 127.0.0.1' })
  }
  const handler = createMcpHandler(factory, { onerror: onError, maxRequestBodySize: LONGEST_MESSAGE })
  const sessions = createSessions(factory, LONGEST_MESSAGE)
  // A client of the earlier revision that neither begins a session nor names one is served request by request.
  const fetch: typeof handler.fetch = async (request, options) => ((await isLegacyRequest(request, undefined, { maxRequestBodySize: LONGEST_MESSAGE })) ? await sessions.answer(request) : undefined) ?? handler.fetch(request, options)
  const serve = toNodeHandler({ fetch }, { onerror: onError, maxRequestBodySize: LONGEST_MESSAGE })
  const wildcard = host === '0.0.0.0' || host === '::'
  const own = [...(isLoopback(host) ? LOOPBACK : []), ...(wildcard ? [] : [inBrackets(host)])]
  let places: Places = { hosts: new Set(), origins: new Set() }
  const server = createHttpServer((request, response) => {
    const { host: named, origin } = request.headers
    if (!places.hosts.has(hostIn(named))) return refuse(response, 403, 'this host name and port are not served here')
    if (origin !== undefined && !places.origins.has(origin.toLowerCase())) return refuse(response, 403, 'pages of this origin may not call')
    if (token !== undefined && !isAuthorised(request, token)) return refuse(response, 401, 'a token is needed', { 'WWW-Authenticate': 'Bearer realm="hotpass"' })
    if (new URL(request.url ?? '/', 'http://x').pathname !== PATH) return refuse(response, 404, `the protocol is served at ${PATH}`)
    void serve(request as Parameters<typeof serve>[0], response as unknown as Parameters<typeof serve>[1])
  })
  // A client that is slow to say what it wants does not hold a connection for ever.
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  server.maxConnections = 256
  await started(server, host, port)
  const address = server.address() as { readonly port: number }
  places = placesOf(own, names, address.port)
  return {
    url: `http://${inBrackets(wildcard ? (names[0] ?? host) : host)}:${address.port}${PATH}`,
    async close() {
      await sessions.close()
      await handler.close()
      server.closeAllConnections()
      await new Promise<void>(resolve => {
        server.close(() => resolve())
      })
    }
  }
}

/** Under which hosts clients reach a server, and from which origins its own pages come: with their ports, as browsers write them. */
interface Places {
  readonly hosts: ReadonlySet<string>
  readonly origins: ReadonlySet<string>
}

/** `own` are reached at the port that is listened on; `names` there, at the standard ports of a proxy, or at a port that they say. */
function placesOf(own: readonly string[], names: readonly string[], port: number): Places {
  const urls = [
    ...own.map(name => `http://${name}:${port}`),
    ...names.flatMap(name => (/:\d{1,5}$/.test(name) ? [name] : [name, `${name}:${port}`]).flatMap(place => [`http://${place}`, `https://${place}`]))
  ].flatMap(text => (URL.canParse(text) ? [new URL(text)] : []))
  return { hosts: new Set(urls.map(({ host }) => host)), origins: new Set(urls.map(({ origin }) => origin)) }
}

/** A Host header as a URL has it; empty when it is none. */
function hostIn(header: string | undefined): string {
  if (header === undefined || !/^[\w.:[\]-]+$/.test(header) || !URL.canParse(`http://${header}`)) return ''
  return new URL(`http://${header}`).host
}

function started(server: HttpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(new HotpassError('E_IO', `nothing can be served on ${inBrackets(host)}:${port} (${cause.code ?? 'unknown'})`, { cause, hint: 'choose another port; 0 takes any that is free' })))
    server.listen(port, host, resolve)
  })
}

/** Compares digests, which have one length, so that the time taken tells nothing. */
function isAuthorised({ headers: { authorization } }: IncomingMessage, token: string): boolean {
  const given = /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1] ?? ''
  const [a, b] = [given, token].map(text => Buffer.from(digestBytes(new TextEncoder().encode(text)), 'hex'))
  return timingSafeEqual(a!, b!)
}

function refuse(response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32_000, message } }))
}
