/** Runs commands in processes of their own: as many at a time as are asked for, ended when they are no longer wanted. */
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { HotpassError } from '../../../kernel/error.ts'
import type { HostEvent } from '../../../kernel/registry/command.ts'
import type { FromLane, Outcome, Task, ToLane } from './message.ts'

const FROM_SOURCE = import.meta.url.endsWith('.ts')
const CHILD = fileURLToPath(new URL(FROM_SOURCE ? './child.ts' : './child.js', import.meta.url))
/** A command ends by itself between two steps; one that has not by then is killed, which a store survives. */
const GRACE_MS = 1_000
/** Idle lanes beyond the first are ended after this. */
const IDLE_MS = 30_000

export interface LaneOptions {
  /** Most commands at a time; more wait. */
  readonly size: number
}

export interface Lanes {
  /** Rejects with E_CANCELLED when the signal fires, and with E_IO when the process is lost. */
  run(task: Task, signal: AbortSignal, onEvent: (event: HostEvent) => void): Promise<Outcome>
  /** Starts a lane, so that the first command need not wait for it. */
  warm(): void
  /** Cancels what is at work and ends every process. */
  close(): Promise<void>
}

interface Lane {
  readonly child: ChildProcess
  readonly gone: Promise<void>
  busy: boolean
  timer: NodeJS.Timeout | undefined
}

export function createLanes({ size }: LaneOptions): Lanes {
  const lanes = new Set<Lane>()
  const waiting: (() => void)[] = []
  const closing = new AbortController()

  function start(): Lane {
    const child = spawn(process.execPath, [...(FROM_SOURCE ? [`--import=${import.meta.resolve('tsx')}`] : []), CHILD], { env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], windowsHide: true })
    const gone = new Promise<void>(resolve => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    const lane: Lane = { child, gone, busy: false, timer: undefined }
    lanes.add(lane)
    void gone.then(() => {
      clearTimeout(lane.timer)
      lanes.delete(lane)
    })
    return lane
  }

  async function take(signal: AbortSignal): Promise<Lane> {
    for (;;) {
      signal.throwIfAborted()
      const lane = [...lanes].find(({ busy }) => !busy) ?? (lanes.size < size ? start() : undefined)
      if (lane !== undefined) {
        lane.busy = true
        clearTimeout(lane.timer)
        return lane
      }
      await new Promise<void>(resolve => {
        const next = (): void => {
          signal.removeEventListener('abort', next)
          resolve()
        }
        waiting.push(next)
        signal.addEventListener('abort', next, { once: true })
      })
    }
  }

  function give(lane: Lane): void {
    lane.busy = false
    if (lanes.size > 1) {
      lane.timer = setTimeout(() => {
        if (!lane.busy && lanes.size > 1) lane.child.kill('SIGKILL')
      }, IDLE_MS)
      lane.timer.unref()
    }
    waiting.shift()?.()
  }

  return {
    async run(task, asked, onEvent) {
      // One controller a call, let go of afterwards: AbortSignal.any would be kept by the signal that outlives it.
      const stop = new AbortController()
      const { signal } = stop
      const onAsked = (): void => stop.abort(asked.reason)
      const onClosing = (): void => stop.abort(closing.signal.reason)
      if (asked.aborted) onAsked()
      if (closing.signal.aborted) onClosing()
      asked.addEventListener('abort', onAsked)
      closing.signal.addEventListener('abort', onClosing)
      try {
        const lane = await take(signal)
        try {
          return await perform(lane.child, task, signal, onEvent)
        } finally {
          if (lanes.has(lane)) give(lane)
          else waiting.shift()?.()
        }
      } finally {
        asked.removeEventListener('abort', onAsked)
        closing.signal.removeEventListener('abort', onClosing)
      }
    },
    warm() {
      if (lanes.size === 0 && !closing.signal.aborted) start()
    },
    async close() {
      closing.abort(new HotpassError('E_CANCELLED', 'the server is closing', { hint: 'the store is whole' }))
      const all = [...lanes]
      for (const lane of all) if (!lane.busy) lane.child.kill('SIGKILL')
      await Promise.all(all.map(({ gone }, at) => (all[at]!.busy ? Promise.race([gone, new Promise(resolve => setTimeout(resolve, 2 * GRACE_MS))]) : gone)))
      for (const { child } of lanes) child.kill('SIGKILL')
    }
  }
}

async function perform(child: ChildProcess, task: Task, signal: AbortSignal, onEvent: (event: HostEvent) => void): Promise<Outcome> {
  let kill: NodeJS.Timeout | undefined
  let onMessage: ((message: FromLane) => void) | undefined
  let onExit: (() => void) | undefined
  const cancel = (): void => {
    child.send({ type: 'cancel' } satisfies ToLane, () => {})
    kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  }
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      onMessage = message => {
        if (message.type === 'event') onEvent(message.event)
        else if (signal.aborted) reject(signal.reason)
        else resolve(message.outcome)
      }
      onExit = () => reject(signal.aborted ? signal.reason : new HotpassError('E_IO', 'the process of this command ended without an answer', { hint: 'call it again; if it ends again, hotpass doctor says what the machine lacks' }))
      child.on('message', onMessage)
      child.on('exit', onExit)
      signal.addEventListener('abort', cancel, { once: true })
      child.send({ type: 'run', task } satisfies ToLane, () => {})
    })
  } finally {
    clearTimeout(kill)
    signal.removeEventListener('abort', cancel)
    child.removeListener('message', onMessage!)
    child.removeListener('exit', onExit!)
  }
}
