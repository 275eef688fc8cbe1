/** Runs one job in a process of its own, with limits on time and memory that hold whatever the parser does. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { HotpassError } from '../error.ts'
import type { Job, JobResult } from '../run/types.ts'
import type { ChildOrder } from './child.ts'
import { isAnswer, orderOf, resultOf, type LaneModules } from './message.ts'

const FROM_SOURCE = import.meta.url.endsWith('.ts')
const CHILD = fileURLToPath(new URL(FROM_SOURCE ? './child.ts' : './child.js', import.meta.url))
const POLL_MS = 20

/** Flags of the child: what a parser has no use for is taken away. */
function flags(memoryMb: number): readonly string[] {
  const heap = `--max-old-space-size=${memoryMb}`
  const hardened = [heap, '--disallow-code-generation-from-strings', '--disable-proto=delete']
  return FROM_SOURCE ? [...hardened, `--import=${import.meta.resolve('tsx')}`] : hardened
}

/** Resident memory of a process in bytes, from proc_pid_status(5); 0 where there is no /proc or no process. */
function residentBytes(pid: number): number {
  try {
    const found = /^VmRSS:\s+([0-9]+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found === null ? 0 : Number(found[1]) * 1024
  } catch {
    return 0
  }
}

/** Signals with which Node ends when V8 runs out of heap. */
const OUT_OF_MEMORY: ReadonlySet<string> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL'])

/**
 * Runs the job. Rejects with what the operator threw; E_INPUT_LIMIT when it took longer than `limits.seconds` or more
 * than `limits.memory_mb`; E_INPUT_UNREADABLE when the process ended without an answer; or the signal's reason.
 */
export async function performApart(job: Job, modules: LaneModules, signal: AbortSignal | undefined): Promise<JobResult> {
  const { seconds, memory_mb } = job.limits
  const file = Object.values(job.inputs).flat()[0]?.id ?? job.step
  const order: ChildOrder = { ...orderOf(job, modules), seconds }
  const child = spawn(process.execPath, [...flags(memory_mb), CHILD], {
    env: {},
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    windowsHide: true
  })
  let largest = 0
  let timer: NodeJS.Timeout | undefined
  let poll: NodeJS.Timeout | undefined
  let abort: (() => void) | undefined
  try {
    return await new Promise<JobResult>((resolve, reject) => {
      const limit = (what: string, key: string): HotpassError =>
        new HotpassError('E_INPUT_LIMIT', `${file} ${what} to read`, { place: { file }, hint: `raise ingest.limits.${key} if the file is what you expect` })
      timer = setTimeout(() => reject(limit(`took more than ${seconds} seconds`, 'seconds')), seconds * 1000)
      poll = setInterval(() => {
        largest = Math.max(largest, residentBytes(child.pid ?? 0))
        if (largest > memory_mb * 1_048_576) reject(limit(`took more than ${memory_mb} MB of memory`, 'memory_mb'))
      }, POLL_MS)
      abort = () => reject(signal!.reason)
      if (signal?.aborted === true) abort()
      signal?.addEventListener('abort', abort, { once: true })
      child.on('message', message => {
        if (!isAnswer(message)) return reject(new HotpassError('E_INPUT_UNREADABLE', `${file} made its reader answer nonsense`, { place: { file } }))
        if (message.type === 'progress') return job.progress(message.share)
        try {
          resolve(resultOf(message))
        } catch (error) {
          reject(error)
        }
      })
      child.on('error', cause => reject(new HotpassError('E_IO', 'a process to read files in could not be started', { cause, hint: 'check the limits on processes and memory' })))
      child.on('exit', (code, ended) => {
        if (ended !== null && OUT_OF_MEMORY.has(ended) && largest > memory_mb * 524_288) return reject(limit(`took more than ${memory_mb} MB of memory`, 'memory_mb'))
        reject(new HotpassError('E_INPUT_UNREADABLE', `${file} made its reader stop`, { place: { file }, hint: 'open it in a spreadsheet program and save it as .xlsx', details: { code, signal: ended } }))
      })
      // A child that is gone already is told by its exit.
      child.send(order, () => {})
    })
  } finally {
    clearTimeout(timer)
    clearInterval(poll)
    if (abort !== undefined) signal?.removeEventListener('abort', abort)
    child.removeAllListeners('exit')
    child.kill('SIGKILL')
  }
}
