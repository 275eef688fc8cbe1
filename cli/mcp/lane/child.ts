/**
 * A lane: a process that runs one command at a time for the server, so that a command that is busy neither keeps the
 * server from answering nor from ending it. It lives as long as its channel.
 */
import { HotpassError } from '../../../kernel/error.ts'
import { useBuiltValidators } from '../../../kernel/host/validators.ts'
import { registry } from '../../commands/index.ts'
import { asHotpassError, errorJson } from '../../render/error.ts'
import type { Fault, FromLane, Outcome, Task, ToLane } from './message.ts'

useBuiltValidators()

let current: AbortController | undefined
const say = (message: FromLane): void => void process.send?.(message)
const cancelled = (): HotpassError => new HotpassError('E_CANCELLED', 'the call was cancelled', { hint: 'the store is whole; the same call goes on from what it holds' })
const faultOf = (thrown: unknown): Fault => errorJson(asHotpassError(thrown))['error'] as unknown as Fault

async function perform({ command: name, input, cwd, env }: Task, signal: AbortSignal): Promise<Outcome> {
  try {
    const command = registry.find(name.split(' '))
    if (command === undefined) throw new HotpassError('E_UNKNOWN_NAME', `there is no command ${name}`)
    const { exit, result, error } = await command.run(input, { cwd, env, signal, tell: event => say({ type: 'event', event }) })
    return { exit, result, fault: error === undefined ? undefined : faultOf(error) }
  } catch (thrown) {
    const fault = faultOf(signal.aborted ? signal.reason : thrown)
    return { exit: fault.exit as Outcome['exit'], result: undefined, fault }
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
say({ type: 'ready' })
