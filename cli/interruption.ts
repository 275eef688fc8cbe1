import { EXIT, type ExitCode } from '../kernel/error.ts'

/** Why a command was asked to stop: the reason of the abort signal. */
export class Interruption extends Error {
  readonly signal: 'SIGINT' | 'SIGTERM'

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(signal === 'SIGINT' ? 'interrupted' : 'terminated')
    this.name = 'Interruption'
    this.signal = signal
  }

  get exitCode(): ExitCode {
    return this.signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated
  }
}
