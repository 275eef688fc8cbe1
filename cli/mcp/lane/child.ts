/**
 * A lane: a process that does one thing at a time for the server, so that work that is busy neither keeps the server
 * from answering nor from ending it. It lives as long as its channel.
 */
import { EXIT, HotpassError } from '../../../kernel/error.ts'
import { useBuiltValidators } from '../../../kernel/host/validators.ts'
import type { CommandHost } from '../../../kernel/registry/command.ts'
import { registry } from '../../commands/index.ts'
import { asHotpassError, errorJson } from '../../render/error.ts'
import { readDocument } from './documents.ts'
import { finishResult } from './finish.ts'
import type { Fault, FromLane, Outcome, Task, ToLane } from './message.ts'

useBuiltValidators()

let current: AbortController | undefined
const say = (message: FromLane): void => void process.send?.(message)
const cancelled = (): HotpassError => new HotpassError('E_CANCELLED', 'the call was cancelled', { hint: 'the store is whole; the same call goes on from what it holds' })

const faultOf = (thrown: unknown): Fault => errorJson(asHotpassError(thrown))['error'] as unknown as Fault

async function perform({ work, input, cwd, env, masks }: Task, signal: AbortSignal): Promise<Outcome> {
  try {
    const host: CommandHost = { cwd, env, signal, masks, tell: event => say({ type: 'event', event }) }
    if (work.type === 'document') return { exit: EXIT.ok, fault: undefined, ...(await finishResult(await readDocument(work.name, input, host), masks, input, host)) }
    const command = registry.find(work.name.split(' '))
    if (command === undefined) throw new HotpassError('E_UNKNOWN_NAME', `there is no command ${work.name}`)
    const { exit, result, error } = await command.run(input, host)
    return { exit, fault: error === undefined ? undefined : faultOf(error), ...(await finishResult(result, masks, input, host)) }
  } catch (thrown) {
    const fault = faultOf(signal.aborted ? signal.reason : thrown)
    return { exit: fault.exit as Outcome['exit'], result: undefined, fault, flags: [] }
  }
}

process.on('message', (message: ToLane) => {
  if (message.type === 'cancel') return current?.abort(cancelled())
  current = new AbortController()
  void perform(message.task, current.signal).then(outcome => {
    current = undefined
    say({ type: 'end', outcome })
  })
})
// The server is gone: end between two steps.
process.on('disconnect', () => current?.abort(cancelled()))
