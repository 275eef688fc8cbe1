/**
 * `npm run fuzz`: real files, changed at random, through the reading path in a child process. Reported is what no file
 * may do: crash or hang the process, take more memory than allowed, throw what is no HotpassError, or give a table that
 * breaks its promises. Options: --minutes N · --seed S · --from N (first execution) · --corpus FOLDER (more files to
 * start from, may be repeated) · --third-party (also .xls and .xlsb, whose parser is kept in a process of its own) ·
 * --once N (execute number N alone, here).
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { attempt, inputOf } from './attempt.ts'
import { corpusOf } from './corpus.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    once: { type: 'string' },
    corpus: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'dist/fuzz' },
    'third-party': { type: 'boolean', default: false }
  }
})
const number = (text: string): number => {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new TypeError(`not a number: ${text}`)
  return value
}
const seed = number(values.seed)
const folders = values.corpus.map(folder => resolve(folder))
const thirdParty = values['third-party']

/** CPU seconds that one execution may take, and resident bytes that the process may. */
const MAX_CPU_SECONDS = 10
const MAX_RESIDENT = 700 * 1_048_576
const HEAP_MB = 400
const POLL_MS = 100

interface Finding {
  readonly number: number
  readonly what: string
  readonly detail: string
}
const findings: Finding[] = []
const outcomes = new Map<string, number>()
let executions = 0

function report(finding: Finding): void {
  findings.push(finding)
  const { name, bytes } = inputOf(corpusOf(folders, thirdParty), seed, finding.number)
  mkdirSync(values.out, { recursive: true })
  const path = join(values.out, `${seed}-${finding.number}-${name.replaceAll(/[^\w.-]/g, '_')}`)
  writeFileSync(path, bytes)
  process.stdout.write(`\n${finding.what} at execution ${finding.number} of seed ${seed}: ${path}\n${finding.detail}\n`)
}

/** CPU seconds and resident bytes of a process so far, from proc_pid_stat(5). */
function usageOf(child: ChildProcess): { readonly cpu: number; readonly resident: number } {
  try {
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, resident: Number(fields[21]) * 4096 }
  } catch {
    return { cpu: 0, resident: 0 }
  }
}

/** Executes from `first` on until the time is over or the process is lost. Returns the number to go on with. */
function generation(first: number, until: number): Promise<number> {
  const worker = join(import.meta.dirname, 'worker.ts')
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, '--import=tsx', worker, JSON.stringify({ seed, first, folders, thirdParty })], { stdio: ['ignore', 'inherit', 'pipe', 'pipe'] })
  let at = first - 1
  let cpuAtStart = 0
  let ready = false
  let ended: string | undefined
  let errors = ''
  child.stderr!.on('data', chunk => (errors = (errors + String(chunk)).slice(-2000)))
  const lines = createInterface({ input: child.stdio[3] as NodeJS.ReadableStream })
  lines.on('line', line => {
    const said = JSON.parse(line) as { ready?: number; at?: number; threw?: number; stack?: string; outcomes?: Record<string, number> }
    if (said.ready !== undefined) process.stdout.write(`${first === number(values.from) ? `${said.ready} files to start from, seed ${seed}\n` : ''}`)
    if (said.at !== undefined) {
      ready = true
      at = said.at
      executions++
      cpuAtStart = -1
    }
    if (said.threw !== undefined) report({ number: said.threw, what: 'not a HotpassError', detail: said.stack ?? '' })
    for (const [outcome, count] of Object.entries(said.outcomes ?? {})) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count)
  })
  return new Promise(done => {
    const poll = setInterval(() => {
      const { cpu, resident } = usageOf(child)
      if (cpuAtStart < 0) cpuAtStart = cpu
      if (ready && cpu - cpuAtStart > MAX_CPU_SECONDS) ended = `hang: more than ${MAX_CPU_SECONDS} CPU seconds`
      else if (resident > MAX_RESIDENT) ended = `memory: more than ${MAX_RESIDENT / 1_048_576} MB`
      else if (Date.now() < until) return
      clearInterval(poll)
      child.kill('SIGKILL')
    }, POLL_MS)
    child.on('close', (code, signal) => {
      clearInterval(poll)
      if (ended !== undefined) report({ number: at, what: ended, detail: '' })
      else if (signal !== 'SIGKILL') report({ number: at, what: `crash: exit ${code ?? signal}`, detail: errors })
      done(at + 1)
    })
  })
}

if (values.once !== undefined) {
  const { name, bytes } = inputOf(corpusOf(folders, thirdParty), seed, number(values.once))
  process.stdout.write(`${name}, ${bytes.length} bytes: ${attempt(name, bytes).refused ?? 'read'}\n`)
} else {
  const until = Date.now() + number(values.minutes) * 60_000
  for (let next = number(values.from); Date.now() < until; ) next = await generation(next, until)
  const told = [...outcomes].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `${outcome} ${count}`)
  process.stdout.write(`\n${executions} executions in ${values.minutes} minutes, ${findings.length} findings\n${told.join('\n')}\n`)
  process.exitCode = findings.length === 0 ? 0 : 1
}
