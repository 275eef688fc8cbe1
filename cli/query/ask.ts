/** `hotpass query`, bounded in time: the thread that asks SQLite is ended when it takes too long. */
import { existsSync } from 'node:fs'
import { EXIT, HotpassError, type ErrorCode, type ErrorPlace } from '../../kernel/error.ts'
import { startThread } from '../../kernel/host/start-thread.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { shownPath } from '../config/workspace.ts'
import { storeFolder } from '../pipeline/store.ts'
import type { QueryOrder } from './query.ts'

const DEFAULT_SECONDS = 60
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

type Answer = { readonly result: JsonObject } | { readonly error: { readonly code: ErrorCode; readonly message: string; readonly place: ErrorPlace; readonly hint: string; readonly stack: string } }

/** Throws E_STORE_MISSING, E_USAGE for a query that is wrong or takes too long, and what reading the store throws. */
export async function askStore(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const folder = await storeFolder(input, host)
  if (!existsSync(folder)) throw new HotpassError('E_STORE_MISSING', `there is no store at ${shownPath(folder, host.cwd)}`, { hint: 'hotpass run makes one; or go to the workspace, or name it with -C or --store-dir' })
  const seconds = (input['timeout'] as number | undefined) ?? DEFAULT_SECONDS
  const thread = startThread(THREAD, { workerData: { input, storeFolder: folder, masks: host.masks === true } satisfies QueryOrder, env: {} })
  let timer: NodeJS.Timeout | undefined
  let abort: (() => void) | undefined
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      thread.once('message', resolve)
      thread.once('error', reject)
      timer = setTimeout(() => reject(new HotpassError('E_USAGE', `the query took more than ${seconds} seconds`, { hint: 'ask for less, or allow more with --timeout' })), seconds * 1000)
      abort = () => reject(host.signal.reason)
      host.signal.addEventListener('abort', abort, { once: true })
    })
    if ('error' in answer) {
      const { code, message, place, hint, stack } = answer.error
      const error = new HotpassError(code, message, { place, hint })
      error.stack = stack
      throw error
    }
    return { exit: EXIT.ok, result: { schema, ...answer.result } }
  } finally {
    clearTimeout(timer)
    if (abort !== undefined) host.signal.removeEventListener('abort', abort)
    await thread.terminate()
  }
}
