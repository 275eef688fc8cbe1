/** Where operators run: here, in a thread beside, or in a process of their own. The result is the same. */
import type { Worker } from 'node:worker_threads'
import { setImmediate } from 'node:timers/promises'
import { performHere } from '../run/inline.ts'
import type { Job, JobResult, Lanes } from '../run/types.ts'
import { orderOf, resultOf, type Answer, type LaneModules, type Order } from './message.ts'
import { performApart } from './process-lane.ts'
import { startThread } from './start-thread.ts'

export interface LaneOptions {
  /** Steps that may run at the same time; 1 never starts a thread. */
  readonly workers: number
  readonly modules: LaneModules
  /** Bytes of input from which a job is worth a thread: starting one and decoding again cost about as much as this. */
  readonly threadBytes?: number
}

const THREAD_BYTES = 8 * 1_048_576
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url)

/** Lanes for this machine. Close them when the run is over, or threads keep the process alive. */
export function createLanes(options: LaneOptions): Lanes {
  const { workers, modules, threadBytes = THREAD_BYTES } = options
  const idle: Worker[] = []
  const threads = new Set<Worker>()
  const processes = new Set<Promise<unknown>>()
  let inThisThread = 0

  async function beside(job: Job, signal: AbortSignal | undefined): Promise<JobResult> {
    let thread = idle.pop()
    if (thread === undefined) {
      thread = startThread(THREAD, { env: {}, stdout: true, stderr: true })
      threads.add(thread)
    }
    const used = thread
    let abort: (() => void) | undefined
    try {
      const answer = await new Promise<Extract<Answer, { type: 'done' | 'failed' }>>((resolve, reject) => {
        abort = () => reject(signal!.reason)
        signal?.addEventListener('abort', abort, { once: true })
        used.on('message', (message: Answer) => (message.type === 'progress' ? job.progress(message.share) : resolve(message)))
        used.once('error', reject)
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        const order = orderOf(job, modules)
        used.postMessage(order, handedOver(order))
      })
      idle.push(used)
      return resultOf(answer)
    } finally {
      if (abort !== undefined) signal?.removeEventListener('abort', abort)
      used.removeAllListeners('message')
      used.removeAllListeners('error')
      if (!idle.includes(used)) {
        threads.delete(used)
        void used.terminate()
      }
    }
  }

  return {
    async execute(job, codecs, signal) {
      if (job.operator.isolation === 'process') {
        const running = performApart(job, modules, signal)
        const settled = running.catch(() => {})
        processes.add(settled)
        void settled.finally(() => processes.delete(settled))
        return running
      }
      inThisThread++
      try {
        // Let the steps that can start now do so: only then is it known whether this one is alone.
        await setImmediate()
        // Work in this thread would hold up the watch over the processes.
        while (processes.size > 0) await Promise.all(processes)
        signal?.throwIfAborted()
        if (job.operator.isolation !== 'none' && workers > 1 && inThisThread > 1 && sizeOf(job) >= (job.operator.isolation === 'thread' ? threadBytes / 8 : threadBytes)) {
          inThisThread--
          try {
            return await beside(job, signal)
          } finally {
            inThisThread++
          }
        }
        return performHere(job, codecs)
      } finally {
        inThisThread--
      }
    },
    async close() {
      await Promise.all([...threads].map(thread => thread.terminate()))
      threads.clear()
      idle.length = 0
    }
  }
}

/** Bytes that were read from the store for this order alone are handed over rather than copied. */
function handedOver(order: Order): ArrayBuffer[] {
  const all = Object.values(order.inputs).flat().map(({ bytes }) => bytes)
  return [...new Set(all.filter(bytes => bytes.byteLength === bytes.buffer.byteLength).map(bytes => bytes.buffer as ArrayBuffer))]
}

function sizeOf(job: Job): number {
  return Object.values(job.inputs).flat().reduce((sum, input) => sum + input.bytes_length, 0)
}
