/** The thread that a query runs in, because nothing else can stop SQLite once it has begun. */
import { parentPort, workerData } from 'node:worker_threads'
import { asHotpassError } from '../render/error.ts'
import { queryStore, type QueryOrder } from './query.ts'

const port = parentPort!
const { input, storeFolder, masks } = workerData as QueryOrder
try {
  port.postMessage({ result: await queryStore(input, storeFolder, masks) })
} catch (thrown) {
  const { code, message, place, hint, stack } = asHotpassError(thrown)
  port.postMessage({ error: { code, message, place, hint, stack } })
}
