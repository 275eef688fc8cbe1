/**
 * Sessions over HTTP, for clients of revision 2025-11-25: only within one can the server ask the client's user, or tell
 * how a call is getting on outside of its answer. Revision 2026-07-28 needs none.
 */
import { randomUUID } from 'node:crypto'
import type { McpServerFactory } from '@modelcontextprotocol/server'
import { WebStandardStreamableHTTPServerTransport as Transport } from './sdk-http.ts'

/** Sessions at a time; of more, the one that was silent longest is ended. */
const MOST = 64
/** A session that is silent for so long is ended. Its client begins a new one when it is told that there is none. */
const SILENT_MS = 3_600_000
const NO_SESSION = { jsonrpc: '2.0', id: null, error: { code: -32_001, message: 'there is no such session (any more): begin a new one' } }

export interface Sessions {
  /** The answer to a request that belongs to a session or begins one; undefined for one that does neither. */
  answer(request: Request): Promise<Response | undefined>
  close(): Promise<void>
}

interface Session {
  readonly transport: InstanceType<typeof Transport>
  last: number
}

/** `mostBytes` of a request are read. */
export function createSessions(factory: McpServerFactory, mostBytes: number, now: () => number = Date.now): Sessions {
  const sessions = new Map<string, Session>()

  async function endSilent(): Promise<void> {
    const byAge = [...sessions].sort(([, a], [, b]) => a.last - b.last)
    const over = Math.max(0, sessions.size + 1 - MOST)
    for (const [at, [id, { transport, last }]] of byAge.entries()) {
      if (at >= over && now() - last < SILENT_MS) break
      sessions.delete(id)
      await transport.close()
    }
  }

  async function begin(request: Request): Promise<Response> {
    await endSilent()
    const transport = new Transport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: mostBytes,
      onsessioninitialized: id => void sessions.set(id, { transport, last: now() }),
      onsessionclosed: id => void sessions.delete(id)
    })
    const server = await factory({ era: 'legacy', requestInfo: request })
    await server.connect(transport)
    const response = await transport.handleRequest(request)
    // An initialization that is refused begins no session.
    if (transport.sessionId === undefined || !sessions.has(transport.sessionId)) await transport.close()
    return response
  }

  return {
    async answer(request) {
      const id = request.headers.get('mcp-session-id')
      if (id === null) return (await isInitialization(request)) ? begin(request) : undefined
      const session = sessions.get(id)
      if (session === undefined) return Response.json(NO_SESSION, { status: 404 })
      session.last = now()
      return session.transport.handleRequest(request)
    },
    async close() {
      for (const { transport } of sessions.values()) await transport.close()
      sessions.clear()
    }
  }
}

async function isInitialization(request: Request): Promise<boolean> {
  if (request.method !== 'POST') return false
  try {
    const body = (await request.clone().json()) as { readonly method?: unknown } | null
    return body?.method === 'initialize'
  } catch {
    return false
  }
}
