/** The process in which a third-party parser reads one untrusted file. It has no environment, and answers once. */
import { Worker } from 'node:worker_threads'
import { obey, type Order } from './message.ts'

/** What the parent adds to an order: when this process must be gone whatever happens to the parent. */
export interface ChildOrder extends Order {
  readonly seconds: number
}

/** A thread of its own still runs when the parser loops for ever and the parent is dead. */
function dieAfter(seconds: number): void {
  const code = `setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${Math.round(seconds * 1000)})`
  new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { execArgv: [], stdout: true, stderr: true }).unref()
}

process.on('disconnect', () => process.exit(0))
process.once('message', (order: ChildOrder) => {
  dieAfter(order.seconds + 2)
  void obey(order, share => process.send?.({ type: 'progress', share })).then(answer => {
    process.send?.(answer, () => process.disconnect())
  })
})
