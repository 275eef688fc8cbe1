/**
 * Start-up of the agent surface and what a thousand calls cost: `npm run bench:mcp`. Start-up is told beside that of
 * the bare runtime, and a call beside the same command typed, each in a process of its own.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const BIN = join(import.meta.dirname, '../../build/cli/bin.js')
const CALLS = 1_000
const ws = mkdtempSync(join(tmpdir(), 'hotpass-bench-mcp-'))
mkdirSync(join(ws, 'data'))
writeFileSync(join(ws, 'hotpass.yaml'), "mcp: { policy: { tools: ['@read', hotpass.run], read: [data], write: [dist] } }\n")
writeFileSync(join(ws, 'data/clubs.csv'), `Club,Town\n${Array.from({ length: 500 }, (_, at) => `Club ${at},Town ${at % 30}`).join('\n')}\n`)

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const at = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!

interface Session {
  ask(method: string, params: object): Promise<any>
  readonly pid: number
  close(): Promise<void>
}

function open(): Session {
  const child = spawn(process.execPath, [BIN, 'mcp', 'serve'], { cwd: ws, stdio: ['pipe', 'pipe', 'ignore'] })
  const waiting = new Map<number, (message: any) => void>()
  createInterface({ input: child.stdout }).on('line', line => {
    const message = JSON.parse(line) as { readonly id: number }
    waiting.get(message.id)?.(message)
    waiting.delete(message.id)
  })
  let last = 0
  return {
    pid: child.pid!,
    ask: (method, params) =>
      new Promise(resolve => {
        const id = ++last
        waiting.set(id, resolve)
        child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
      }),
    async close() {
      child.stdin.end()
      await new Promise(resolve => child.once('exit', resolve))
    }
  }
}

const HELLO = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } }
/** Resident memory of a process and of those it started, in MB, from /proc; 0 where there is none. */
function memory(pid: number): { readonly server: number; readonly lanes: number } {
  const resident = (of: number): number => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${of}/status`, 'utf8'))?.[1] ?? 0) / 1024
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
    return { server: resident(pid), lanes: children.reduce((sum, child) => sum + resident(child), 0) }
  } catch {
    return { server: 0, lanes: 0 }
  }
}

try {
  const bare = Array.from({ length: 7 }, () => {
    const began = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - began
  })
  const starts: number[] = []
  const lists: number[] = []
  for (let round = 0; round < 7; round++) {
    const began = performance.now()
    const session = open()
    await session.ask('initialize', HELLO)
    starts.push(performance.now() - began)
    await session.ask('tools/list', {})
    lists.push(performance.now() - began)
    await session.close()
  }
  process.stdout.write(`start-up to the first answer   ${Math.round(middle(starts))} ms (from ${Math.round(Math.min(...starts))} to ${Math.round(Math.max(...starts))}), ${(middle(starts) / middle(bare)).toFixed(1)} times that of the bare runtime (${Math.round(middle(bare))} ms)\nstart-up to the list of tools     ${Math.round(middle(lists))} ms (from ${Math.round(Math.min(...lists))} to ${Math.round(Math.max(...lists))})\n`)

  const session = open()
  await session.ask('initialize', HELLO)
  await session.ask('tools/call', { name: 'hotpass.run', arguments: {} })
  const asked = ['hotpass.runs.list', 'hotpass.runs.show', 'hotpass.config.show', 'hotpass.overview']
  const one = async (number: number): Promise<number> => {
    const began = performance.now()
    const { result } = await session.ask('tools/call', { name: asked[number % asked.length]!, arguments: {} })
    if (result?.structuredContent === undefined) throw new Error(JSON.stringify(result))
    return performance.now() - began
  }
  for (let number = 0; number < 100; number++) await one(number)
  const seen = [memory(session.pid)]
  const times: number[] = []
  const began = performance.now()
  for (let number = 0; number < CALLS; number++) {
    times.push(await one(number))
    if ((number + 1) % 200 === 0) seen.push(memory(session.pid))
  }
  const total = performance.now() - began
  await session.close()
  const typed = Array.from({ length: 5 }, () => {
    const start = performance.now()
    spawnSync(process.execPath, [BIN, 'runs', 'list', '--json'], { cwd: ws })
    return performance.now() - start
  })
  process.stdout.write(`${CALLS} read-only calls           ${(total / 1000).toFixed(1)} s; median ${middle(times).toFixed(1)} ms, 99 of 100 below ${at(times, 0.99).toFixed(1)} ms; ${(middle(times) / middle(typed)).toFixed(3)} times the same command typed (${Math.round(middle(typed))} ms)\n`)
  process.stdout.write(`resident memory, MB            server ${seen.map(({ server }) => Math.round(server)).join(' ')}; lanes ${seen.map(({ lanes }) => Math.round(lanes)).join(' ')} (after 100 calls, then every 200)\n`)
} finally {
  rmSync(ws, { recursive: true, force: true })
}
