/** Who a temporary file or a lock belongs to, and whether that process still lives. */
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { digestBytes } from '../../hash.ts'

/** `unknown`: the owner is on another machine or in another container, where it cannot be seen from here. */
export type Life = 'alive' | 'dead' | 'unknown'

export interface Owner {
  /** Names this process: fit for a file name, never the same for two processes of one machine. */
  readonly name: string
  lifeOf(name: string): Life
}

const PATTERN = /^([0-9]+)\.([0-9]*)\.([0-9a-f]*)\.([0-9]*)\.([0-9a-f]*)$/

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

/** State letter and start time (clock ticks since boot) of a process, from /proc/PID/stat (proc(5)); empty where there is no /proc. */
function procStat(pid: number | 'self'): { state: string; start: string } {
  const text = textOf(`/proc/${pid}/stat`)
  // The second field is the program's name in brackets and may hold anything, so count from the last bracket.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', start: fields[19] ?? '' }
}

function pidNamespace(): string {
  try {
    return /[0-9]+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''
  } catch {
    return ''
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

let cached: Owner | undefined

/** This process. Its number alone is not enough: numbers are used again, and start from 1 in every container. */
export function thisProcess(): Owner {
  if (cached !== undefined) return cached
  const boot = textOf('/proc/sys/kernel/random/boot_id').replaceAll('-', '').slice(0, 12)
  const machine = digestBytes(textOf('/etc/machine-id') || hostname()).slice(0, 12)
  const namespace = pidNamespace()
  cached = {
    name: [process.pid, procStat('self').start, boot, namespace, machine].join('.'),
    lifeOf(name) {
      const found = PATTERN.exec(name)
      if (found === null) return 'unknown'
      const [, pid, start, itsBoot, itsNamespace, itsMachine] = found
      if (itsBoot !== boot) return itsMachine === machine ? 'dead' : 'unknown'
      if (itsNamespace !== namespace) return 'unknown'
      if (!exists(Number(pid))) return 'dead'
      const now = procStat(Number(pid))
      if (now.state === 'Z' || now.state === 'X') return 'dead'
      return now.start === '' || start === '' || now.start === start ? 'alive' : 'dead'
    }
  }
  return cached
}
