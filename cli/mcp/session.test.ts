/** Sessions with an agent's client: a short one from end to end, long work, and what the server refuses. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { makeWorkspace } from '../workspace.case.ts'
import { BIN, connect, driveSession, POLICY } from './session.case.ts'

t.test('initialise, list, run, explain, validate, replay, verify', { timeout: 120_000 }, t => driveSession(t, 'quickstart'))

t.test('long work in the background, other calls meanwhile, and cancellation', { timeout: 120_000 }, async t => {
  const rows = Array.from({ length: 30_000 }, (_, at) => `Club ${at} of the ${at % 977}th field,info${at}@club${at % 977}.example,021 555 ${String(at % 10_000).padStart(4, '0')},Town ${at % 300}`)
  const ws = makeWorkspace({ 'hotpass.yaml': `profile: clubs\n${POLICY}`, 'data/many.csv': `Club,E-mail,Tel,Town\n${rows.join('\n')}\n` })
  const client = await connect(t, ws)
  const stop = new AbortController()
  const began = performance.now()
  const doomed = client.callTool({ name: 'hotpass.run', arguments: {} }, { signal: stop.signal, onprogress: () => stop.abort('no longer wanted') })
  await t.rejects(doomed, /no longer wanted|abort/i)
  const answered = performance.now()
  t.match((await client.callTool({ name: 'hotpass.runs.list', arguments: {} })).structuredContent, { runs: [] }, 'nothing was recorded')
  t.comment(`cancelled ${Math.round(answered - began)} ms after it began; the next call took ${Math.round(performance.now() - answered)} ms`)

  const started = (await client.callTool({ name: 'hotpass.run', arguments: { background: true } })).structuredContent as any
  t.match(started, { schema: 'urn:hotpass:schema:background-run:1', state: 'running', run_id: /^run-[0-9a-f]{32}$/ })
  t.match(JSON.stringify(await client.callTool({ name: 'hotpass.run', arguments: { background: true, output_path: 'dist/other.xlsx' } })), new RegExp(`${started.run_id} is at work in the background already`))
  t.match((await client.callTool({ name: 'hotpass.run', arguments: { cancel: started.run_id } })).structuredContent, { run_id: started.run_id, state: 'cancelled' })
  t.match(JSON.stringify(await client.callTool({ name: 'hotpass.run', arguments: { cancel: started.run_id } })), /is not at work in the background/)
  t.match((await client.callTool({ name: 'hotpass.run', arguments: { background: true } })).structuredContent, { run_id: started.run_id, state: 'running' }, 'and begun again')
  let polled: any
  let polls = 0
  do {
    polled = (await client.callTool({ name: 'hotpass.runs.show', arguments: { run: started.run_id } })).structuredContent
    if (polled.state === 'running') {
      polls++
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  } while (polled.state === 'running')
  t.ok(polls > 0, `${polls} polls while it was at work`)
  t.match(polled, { outcome: 'succeeded', run_id: started.run_id })
  t.match((await client.callTool({ name: 'hotpass.doctor', arguments: { full: true } })).structuredContent, { verdict: /healthy|warnings/, exit: 0 }, 'the store is whole')
  t.match((await client.callTool({ name: 'hotpass.audit.show', arguments: { outcome: 'cancelled' } })).structuredContent, { total: 2 })
})

t.test('the user is asked in the client where the policy says so', { timeout: 60_000 }, async t => {
  const ws = makeWorkspace({ 'hotpass.yaml': "profile: clubs\nmcp: { policy: { tools: ['*'], read: [data], write: [dist], approvals: client } }\n" })
  const client = await connect(t, ws, { capabilities: { elicitation: { form: {} } } })
  const asked: string[] = []
  client.setRequestHandler('elicitation/create', ({ params }) => {
    asked.push(params.message)
    return { action: 'accept', content: { approve: asked.length === 1 } }
  })
  await client.callTool({ name: 'hotpass.run', arguments: {} })
  const explain = async (row: string): Promise<string> => JSON.stringify(await client.callTool({ name: 'hotpass.explain', arguments: { row, column: ['email'], reveal: true } }))
  t.match(await explain('1'), /hello@heron\.example/, 'after a yes')
  t.match(await explain('2'), /E_APPROVAL.*did not approve/, 'after a no')
  t.match(asked[0], /hotpass\.explain.*unmasked.*reveal/s)
})

t.test('lines that are no messages, and ones that never end, do not end the server', { timeout: 30_000 }, async t => {
  const { spawn } = await import('node:child_process')
  const ws = makeWorkspace({ 'hotpass.yaml': `profile: clubs\n${POLICY}` })
  const child = spawn(process.execPath, [BIN, 'mcp', 'serve'], { cwd: ws, stdio: ['pipe', 'pipe', 'ignore'] })
  t.teardown(() => child.kill())
  const answers: any[] = []
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    answers.push(...lines.map(line => JSON.parse(line)))
  })
  const until = async (test: () => boolean): Promise<void> => {
    for (let tries = 0; !test() && tries < 400; tries++) await new Promise(resolve => setTimeout(resolve, 25))
  }
  const say = (message: unknown): void => void child.stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`)
  say({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } } })
  say({ jsonrpc: '2.0', method: 'notifications/initialized' })
  for (const line of ['not json', '{', '[]', 'null', '42', '"text"', '{}', '{"jsonrpc":"1.0","id":7,"method":"ping"}', '\u0000\u0001', '']) say(line)
  say({ jsonrpc: '2.0', id: 2, method: 'no/such/method', params: {} })
  say({ jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'hotpass.query', arguments: { sql: 'x'.repeat(10_000_000) } } })
  say('{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"hotpass.run","arguments":{"__proto__":{"a":1}}}}')
  say({ jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 42, arguments: 'x' } })
  say({ jsonrpc: '2.0', id: 6, method: 'tools/call', params: { name: 'hotpass.overview', arguments: {} } })
  await until(() => answers.some(({ id }) => id === 6))
  const answer = (id: number): any => answers.find(one => one.id === id)
  t.match(answer(1).result, { protocolVersion: '2025-11-25', serverInfo: { name: 'hotpass' } })
  t.equal(answer(2).error.code, -32601)
  t.match(answer(3).error, { code: -32600, message: /more than 4194304 bytes/ }, 'the sender of ten megabytes gets its answer')
  t.match(JSON.stringify(answer(4).result), /__proto__.*not allowed/)
  t.ok(answer(5).error)
  t.match(answer(6).result.structuredContent, { schema: 'urn:hotpass:schema:overview-result:1' })
  t.ok(answers.filter(({ id, error }) => id === null && error !== undefined).length >= 7, 'each broken line is told')
  child.stdin.end()
  t.equal(await new Promise(resolve => child.once('exit', resolve)), 0, 'it ends when its client leaves')
  t.match(readFileSync(join(ws, '.hotpass/mcp-audit.log'), 'utf8').trim().split('\n').at(-1), /"kind":"server".*"what":"end"/)
})
