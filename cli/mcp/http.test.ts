/** Over HTTP: who may come in, and both revisions of the protocol. */
import { request } from 'node:http'
import { join } from 'node:path'
import { chmodSync, writeFileSync } from 'node:fs'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import t from 'tap'
import { registry } from '../commands/index.ts'
import { makeWorkspace, say } from '../workspace.case.ts'
import { isLoopback, parseAddress } from './http.ts'
import { Server } from './sdk.ts'
import { serve } from './serve.ts'
import { createSessions } from './sessions.ts'

const POLICY = "profile: clubs\nmcp: { policy: { tools: ['@read'], read: [data] } }\n"
const TOKEN = 'a-token-of-more-than-24-characters'

async function start(t: { teardown(work: () => unknown): void }, more: Record<string, unknown> = {}, policy = POLICY): Promise<string> {
  const ws = makeWorkspace({ 'hotpass.yaml': policy })
  writeFileSync(join(ws, 'token'), `${TOKEN}\n`, { mode: 0o600 })
  const stop = new AbortController()
  let ended: Promise<unknown> = Promise.resolve()
  const url = await new Promise<string>((resolve, reject) => {
    ended = serve({ http: '127.0.0.1:0', ...more } as never, { cwd: ws, env: {}, signal: stop.signal, tell: ({ event, data }) => void (event === 'mcp.listening' && resolve(data!['url'] as string)) }, 'urn:hotpass:schema:mcp-serve-result:1', async () => registry)
    ended.catch(reject)
  })
  t.teardown(async () => {
    stop.abort()
    await ended
  })
  return url
}

/** A plain request, with whatever headers: fetch would not send a foreign Host. */
function post(url: string, headers: Record<string, string>, body: string | Buffer = '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}', method = 'POST'): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers } }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => resolve({ status: response.statusCode!, text }))
    })
    call.on('error', reject)
    call.end(method === 'GET' ? undefined : body)
  })
}

t.test('who may come in', async t => {
  const url = await start(t)
  t.equal((await post(url, {})).status, 200)
  for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example']) t.equal((await post(url, { Host: host })).status, 403, `Host: ${host}`)
  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'file://']) t.equal((await post(url, { Origin: origin })).status, 403, `Origin: ${origin}`)
  const { port } = new URL(url)
  for (const origin of ['http://localhost:3000', 'http://127.0.0.1:9', 'http://127.0.0.1', `https://127.0.0.1:${port}`, `http://127.0.0.1:${port}/`]) t.equal((await post(url, { Origin: origin })).status, 403, `Origin: ${origin}`)
  for (const host of ['127.0.0.1:9', '127.0.0.1', `x@127.0.0.1:${port}`]) t.equal((await post(url, { Host: host })).status, 403, `Host: ${host}`)
  for (const name of ['localhost', '127.0.0.1', '[::1]']) t.equal((await post(url, { Host: `${name}:${port}`, Origin: `http://${name}:${port}` })).status, 200, `a page that ${name} serves`)
  t.equal((await post(url.replace('/mcp', '/other'), {})).status, 404)
  t.equal((await post(url, {}, Buffer.alloc(5_000_000, 120))).status, 413, 'a body that is too long')
  t.equal((await post(url, {}, 'not json')).status, 400)
  t.equal((await post(url, { 'Content-Type': 'text/plain' })).status, 415)
  t.equal((await post(url, {}, '', 'GET')).status, 405)
  const proto = await post(url, {}, '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"hotpass.overview","arguments":{"__proto__":{"a":1}}}}')
  t.match(proto.text, /__proto__.*not allowed/, 'a key that a parser would drop is refused')
  t.equal((await post(url, {})).status, 200, 'it answers still')
})

t.test('names under which a proxy is reached', async t => {
  const url = await start(t, { allowed_host: ['refinery.example', 'Other.example:8443'] })
  for (const [Host, Origin, status] of [['refinery.example', 'https://refinery.example', 200], ['other.example:8443', 'https://other.example:8443', 200], ['refinery.example:9', 'https://refinery.example', 403], ['refinery.example', 'https://other.example', 403]] as const) t.equal((await post(url, { Host, Origin })).status, status, `${Host} ${Origin}`)
})

t.test('a token, where there is one', async t => {
  const url = await start(t, { token_file: 'token' })
  t.equal((await post(url, {})).status, 401)
  t.equal((await post(url, { Authorization: 'Bearer wrong' })).status, 401)
  t.equal((await post(url, { Authorization: `Basic ${TOKEN}` })).status, 401)
  t.equal((await post(url, { Authorization: `Bearer ${TOKEN}` })).status, 200)
})

t.test('both revisions, one server', async t => {
  const url = await start(t)
  for (const [mode, revision] of [['legacy', '2025-11-25'], ['auto', '2026-07-28']] as const) {
    const client = new Client({ name: 'http-test', version: '1' }, { versionNegotiation: { mode } })
    await client.connect(new StreamableHTTPClientTransport(new URL(url)))
    t.equal(client.getNegotiatedProtocolVersion(), revision)
    t.ok((await client.listTools()).tools.every(({ annotations }) => annotations?.readOnlyHint), 'only what the policy allows is listed')
    t.match((await client.callTool({ name: 'hotpass.inspect', arguments: { files: ['data'], profile: 'clubs' } })).structuredContent, { readable: true })
    t.match(JSON.stringify(await client.callTool({ name: 'hotpass.run', arguments: {} })), /E_PERMISSION.*not among the tools/)
    await client.close()
  }
})

t.test('within a session the client\'s user can be asked, in either revision', { timeout: 120_000 }, async t => {
  const url = await start(t, {}, "profile: clubs\nmcp: { policy: { tools: ['*'], read: [data], write: [dist], approvals: client } }\n")
  for (const [mode, session] of [['legacy', 'string'], ['auto', 'undefined']] as const) {
    const client = new Client({ name: 'http-test', version: '1' }, { versionNegotiation: { mode }, capabilities: { elicitation: { form: {} } } })
    const transport = new StreamableHTTPClientTransport(new URL(url))
    const asked: string[] = []
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params.message)
      return { action: 'accept', content: { approve: asked.length === 1 } }
    })
    await client.connect(transport)
    t.equal(typeof transport.sessionId, session, mode)
    await client.callTool({ name: 'hotpass.run', arguments: {} })
    const explain = async (row: string): Promise<string> => JSON.stringify(await client.callTool({ name: 'hotpass.explain', arguments: { row, column: ['email'], reveal: true } }))
    t.match(await explain('1'), /hello@heron\.example/, 'after a yes')
    t.match(await explain('2'), /E_APPROVAL.*did not approve/, 'after a no')
    t.match(asked, [/hotpass\.explain.*unmasked/s, /hotpass\.explain/])
    const id = transport.sessionId
    if (id !== undefined) {
      await transport.terminateSession()
      t.equal((await post(url, { 'Mcp-Session-Id': id })).status, 404, 'a session that was ended is none')
    }
    await client.close()
  }
  t.equal((await post(url, { 'Mcp-Session-Id': 'guess' })).status, 404)
})

t.test('of many sessions the one that was silent longest is ended', async t => {
  let clock = 0
  const sessions = createSessions(() => new Server({ name: 'x', version: '1' }, { capabilities: {} }), 100_000, () => clock)
  t.teardown(() => sessions.close())
  const ask = (body: object, id?: string): Promise<Response | undefined> => sessions.answer(new Request('http://127.0.0.1/mcp', { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...(id === undefined ? {} : { 'Mcp-Session-Id': id }) }, body: JSON.stringify(body) }))
  const begin = async (): Promise<string> => {
    clock++
    const response = await ask({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } } })
    return response!.headers.get('mcp-session-id')!
  }
  const ping = async (id: string): Promise<number> => (await ask({ jsonrpc: '2.0', id: 2, method: 'ping' }, id))!.status
  const ids = [await begin()]
  for (let at = 1; at < 64; at++) ids.push(await begin())
  clock++
  t.equal(await ping(ids[0]!), 200)
  ids.push(await begin())
  t.same([await ping(ids[0]!), await ping(ids[1]!), await ping(ids[64]!)], [200, 404, 200])
  clock += 3_600_000
  await begin()
  t.equal(await ping(ids[64]!), 404, 'an hour of silence ends it')
  t.equal(await ask({ jsonrpc: '2.0', id: 3, method: 'ping' }), undefined, 'what belongs to no session is not its matter')
})

t.test('addresses, and what is not served without a token', async t => {
  t.same(parseAddress('[::1]:8080'), { host: '::1', port: 8080 })
  t.same(['127.0.0.1', '127.9.9.9', '::1', 'localhost', '0.0.0.0', '::', '10.0.0.1', 'example.org', '127.evil.example'].map(isLoopback), [true, true, true, true, false, false, false, false, false])
  for (const bad of ['8080', 'localhost', 'a:b', '::1:80', 'x:99999']) t.throws(() => parseAddress(bad), { code: 'E_USAGE' }, bad)
  const ws = makeWorkspace({ 'hotpass.yaml': POLICY, short: 'guess\n' })
  t.match(await say(ws, ['mcp', 'serve', '--http', '0.0.0.0:0']), { exit: 5, err: /E_PERMISSION 0\.0\.0\.0 can be reached from other machines/, out: '' })
  t.match(await say(ws, ['mcp', 'serve', '--http', '127.0.0.1:0', '--token-file', 'short']), { exit: 5, err: /E_PERMISSION short holds the token.*\n.*chmod 600 short/ })
  chmodSync(join(ws, 'short'), 0o600)
  t.match(await say(ws, ['mcp', 'serve', '--http', '127.0.0.1:0', '--token-file', 'short']), { exit: 2, err: /no token of at least 24/ })
  t.match(await say(ws, ['mcp', 'serve', '--http', '127.0.0.1:0', '--token-file', 'none']), { exit: 1, err: /none/ })
})
