/** Times a command and watches the memory of its whole process tree. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Measure {
  readonly code: number
  /** Seconds of wall time. */
  readonly wall: number
  /** Seconds of processor time, user and system, of the process with its threads and of its ended children; NaN where /proc is missing. */
  readonly cpu: number
  /** Peak resident memory of the process and its children together, in MB; NaN where /proc is missing. */
  readonly peak: number
  readonly stdout: string
  readonly stderr: string
}

function treeRss(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return Number(status[1]) * 4096 + (children === '' ? 0 : children.split(' ').reduce((sum, child) => sum + treeRss(Number(child)), 0))
  } catch {
    return 0
  }
}

/** Ticks of the kernel's clock per second: 100 on every Linux that Node runs on. */
const TICKS = 100

function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the command, in brackets, may hold spaces: utime, stime, cutime and cstime are words 11 to 14 after it, from 0.
    const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [11, 12, 13, 14].reduce((sum, at) => sum + Number(words[at]), 0) / TICKS
  } catch {
    return 0
  }
}

export function measure(command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Measure> {
  return new Promise(resolve => {
    const started = process.hrtime.bigint()
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let stdout = ''
    let stderr = ''
    let peak = 0
    let cpu = 0
    child.stdout.on('data', chunk => (stdout += String(chunk)))
    child.stderr.on('data', chunk => (stderr += String(chunk)))
    const timer = setInterval(() => {
      peak = Math.max(peak, treeRss(child.pid!))
      cpu = Math.max(cpu, cpuOf(child.pid!))
    }, 5)
    child.on('close', code => {
      clearInterval(timer)
      resolve({ code: code ?? 1, wall: Number(process.hrtime.bigint() - started) / 1e9, cpu: cpu === 0 ? Number.NaN : cpu, peak: peak === 0 ? Number.NaN : peak / 1e6, stdout, stderr })
    })
  })
}

/** The run with the middle wall time of an odd number of runs. */
export async function median(times: number, once: () => Promise<Measure>): Promise<Measure> {
  const all: Measure[] = []
  for (let at = 0; at < times; at++) all.push(await once())
  return all.sort((a, b) => a.wall - b.wall)[(times - 1) / 2]!
}
