/** SIGINT, SIGTERM and SIGHUP as an abort: the run ends between two steps, and the store stays whole. */
import { EXIT } from '../error.ts'

/** Why a run was aborted. `exitCode` is 128 + the signal's number. */
export class Interrupted extends Error {
  readonly signal: NodeJS.Signals
  readonly exitCode: number

  constructor(signal: NodeJS.Signals) {
    super(`stopped by ${signal}`)
    this.name = 'Interrupted'
    this.signal = signal
    this.exitCode = EXIT_CODES.get(signal)!
  }
}

const EXIT_CODES: ReadonlyMap<NodeJS.Signals, number> = new Map([
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
  ['SIGHUP', 129]
])

/**
 * An AbortSignal that these signals abort, with an `Interrupted` as its reason. The second signal ends the process at
 * once, by default action; the store is whole even then. Call `release` when the run is over.
 */
export function abortOnSignals(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController()
  const listeners = [...EXIT_CODES.keys()].map(signal => {
    const listener = (): void => {
      controller.abort(new Interrupted(signal))
      release()
    }
    process.on(signal, listener)
    return [signal, listener] as const
  })
  function release(): void {
    for (const [signal, listener] of listeners) process.removeListener(signal, listener)
  }
  return { signal: controller.signal, release }
}
