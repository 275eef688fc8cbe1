/** The thread in which a large job runs beside others. */
import { parentPort } from 'node:worker_threads'
import { obey, type Order } from './message.ts'

const port = parentPort!
port.on('message', (order: Order) => {
  void obey(order, share => port.postMessage({ type: 'progress', share })).then(answer => {
    // Outputs that share a buffer, or are part of a larger one, are copied rather than handed over.
    const whole = answer.type === 'done' ? Object.values(answer.outputs).filter(bytes => bytes.byteLength === bytes.buffer.byteLength).map(bytes => bytes.buffer as ArrayBuffer) : []
    port.postMessage(answer, [...new Set(whole)])
  })
})
