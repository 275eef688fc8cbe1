/** What the built server loads until its first answer, for which an agent waits. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../package-root.ts'

const BUILD = join(packageRoot(), 'build')
const HELLO = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } } }

/** Tells the address of every module before it is loaded. */
const TELLS = `export async function resolve(name, context, next) { const found = await next(name, context); process._rawDebug('loads ' + found.url); return found }`
const LOADER = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(TELLS)}`)})`

t.test('until the first answer nothing is loaded that it does not need', async t => {
  const cwd = mkdtempSync(join(tmpdir(), 'hotpass-start-'))
  t.teardown(() => rmSync(cwd, { recursive: true, force: true }))
  // Both streams into one pipe, which keeps their order.
  const child = spawn('sh', ['-c', 'unset NODE_OPTIONS; exec "$0" "$@" 2>&1', process.execPath, `--import=data:text/javascript,${encodeURIComponent(LOADER)}`, join(BUILD, 'cli/bin.js'), 'mcp', 'serve'], { cwd, stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(`${JSON.stringify(HELLO)}\n`)
  let said = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) said += chunk as string
  const answer = said.indexOf('{"')
  t.ok(answer > 0, 'it answers')
  t.match(JSON.parse(said.slice(answer, said.indexOf('\n', answer))), { id: 1, result: { serverInfo: { name: 'hotpass' } } })
  const loaded = [...new Set([...said.slice(0, answer).matchAll(/^loads file:\/\/(.*)$/gm)].map(match => match[1]!))]
  t.ok(loaded.some(path => path.endsWith('/cli/mcp/sdk.js')), 'the trace works')
  t.same(loaded.filter(path => path.includes('node_modules')), [], 'no package is loaded file by file')
  t.same(loaded.filter(path => /\/cli\/commands\//.test(path) && !/\/(mcp|properties)\.js$/.test(path)), [], 'no command but its own')
  t.ok(loaded.length < 45, `${loaded.length} modules`)
})

t.test('the packages in the built files keep their licences beside them', t => {
  const notices = readFileSync(join(BUILD, 'cli/mcp/sdk.licences.txt'), 'utf8')
  for (const name of ['@modelcontextprotocol/server 2', '@modelcontextprotocol/core 2', '@modelcontextprotocol/node 2', 'zod 4', 'hono', '@hono/node-server']) t.ok(notices.includes(`\n${name}`), name)
  t.match(notices, /Apache License[\s\S]*MIT License/)
  t.end()
})
