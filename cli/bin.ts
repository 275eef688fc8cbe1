#!/usr/bin/env node
/** The executable: the only place that touches the process as a whole, and that sets the exit code. */
import { packageVersion } from './package-root.ts'

const typed = process.argv.slice(2)
if (typed.length === 1 && (typed[0] === '--version' || typed[0] === '-V')) {
  // Answered before anything heavy is loaded, because scripts ask for it often.
  process.stdout.write(`${packageVersion()}\n`)
} else {
  const { main } = await import('./main.ts')
  const { abortOnSignals } = await import('../kernel/host/signals.ts')
  const { useBuiltValidators } = await import('../kernel/host/validators.ts')
  useBuiltValidators()
  // A reader that has seen enough (`hotpass query … | head`) closes the pipe; that is no fault.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', error => {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
    })
  }
  process.exitCode = await main(typed, {
    out: text => process.stdout.write(text),
    err: text => process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    inIsTerminal: process.stdin.isTTY === true,
    columns: process.stderr.columns ?? process.stdout.columns ?? 100,
    cwd: process.cwd(),
    env: process.env,
    signal: abortOnSignals().signal,
    elapsed: () => performance.now()
  })
}
