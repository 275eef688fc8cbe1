#!/usr/bin/env node
/** The executable: the only place that touches the process as a whole, and that sets the exit code. */
import { setImmediate } from 'node:timers/promises'
import { EXIT, HotpassError } from '../kernel/error.ts'
import { packageVersion } from './package-root.ts'

/** The width that a variable asks for; shells export it only when they are told to, so it counts before the terminal's own. */
function columnsIn(text: string | undefined): number | undefined {
  return /^[1-9][0-9]{0,3}$/.test(text ?? '') ? Number(text) : undefined
}

/** The streams that could not be written to, with the system's word for why. */
const lost = new Map<string, string>()
for (const [name, stream] of [['standard output', process.stdout], ['standard error', process.stderr]] as const) {
  stream.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`hotpass query … | head`) closes the pipe; that is no fault.
    if (code !== 'EPIPE' && !lost.has(name)) lost.set(name, code)
  })
}

/** Sets the exit code, which is never 0 when the result or the log could not be written. */
async function end(code: number): Promise<void> {
  // Failed writes are told in the next turn.
  await setImmediate()
  if (!lost.has('standard error')) {
    for (const [name, why] of lost) process.stderr.write(`${why === 'ENOSPC' || why === 'EDQUOT' ? 'E_DISK_FULL' : 'E_IO'} ${name} could not be written (${why})\n  hint: what was done is done and the store is whole; ask for the result again where there is room\n`)
  }
  process.exitCode = lost.size === 0 ? code : code || EXIT.failed
}

/** The current folder. Throws E_INPUT_MISSING when it was removed after the shell had gone there. */
function currentFolder(): string {
  try {
    return process.cwd()
  } catch (cause) {
    throw new HotpassError('E_INPUT_MISSING', 'the current folder does not exist any more', { cause, hint: 'go to a folder that exists' })
  }
}

const typed = process.argv.slice(2)
if (typed.length === 1 && (typed[0] === '--version' || typed[0] === '-V')) {
  // Answered before anything heavy is loaded, because scripts ask for it often.
  process.stdout.write(`${packageVersion()}\n`)
  await end(0)
} else {
  const { main } = await import('./main.ts')
  const { abortOnSignals } = await import('../kernel/host/signals.ts')
  const { useBuiltValidators } = await import('../kernel/host/validators.ts')
  useBuiltValidators()
  await end(await main(typed, {
    out: text => process.stdout.write(text),
    err: text => process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    inIsTerminal: process.stdin.isTTY === true,
    columns: columnsIn(process.env['COLUMNS']) ?? process.stderr.columns ?? process.stdout.columns ?? 100,
    get cwd() {
      return currentFolder()
    },
    env: process.env,
    signal: abortOnSignals().signal,
    elapsed: () => performance.now()
  }))
}
