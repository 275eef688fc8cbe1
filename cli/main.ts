/** The command line: runs the one command that was typed, prints its result. */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { EXIT, HotpassError, type ExitCode } from '../kernel/error.ts'
import { nameOf } from '../kernel/registry/registry.ts'
import type { CommandHost } from '../kernel/registry/command.ts'
import { Interrupted } from '../kernel/host/signals.ts'
import { CLI_FLAGS, inputOf } from './options.ts'
import { packageVersion } from './package-root.ts'
import { asHotpassError, errorJson } from './render/error.ts'
import { createLineReader } from './render/line-reader.ts'
import { createLog, type Log, type LogFormat } from './render/log.ts'
import { createPaint, wantsColour } from './render/paint.ts'
import { readTyped, type Typed } from './typed.ts'

/** What the command line is attached to. Tests give their own. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  readonly outIsTerminal: boolean
  readonly errIsTerminal: boolean
  readonly inIsTerminal: boolean
  readonly columns: number
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
  readonly signal: AbortSignal
  /** Milliseconds from an arbitrary start. */
  elapsed(): number
  /** Reads a line that is typed after the text; null at the end of input. Left out: from standard input. */
  readLine?(text: string): Promise<string | null>
}

/** Runs what was typed and returns the exit code; never throws for a fault that it can tell. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const surface = surfaceOf(argv, terminal)
  try {
    if (argv[0] === '--complete') {
      const { complete } = await import('./complete.ts')
      const { registry } = await import('./commands/index.ts')
      terminal.out(complete(argv.slice(1).filter((word, at) => at > 0 || word !== '--'), registry, terminal.cwd))
      return EXIT.ok
    }
    if (argv.includes('--version') && argv.every(word => word.startsWith('-'))) {
      terminal.out(`${packageVersion()}\n`)
      return EXIT.ok
    }
    const typed = await readTyped(argv, terminal)
    if (typed === undefined) return EXIT.ok
    return await runCommand(typed, surface, terminal)
  } catch (thrown) {
    surface.log.clear()
    const reason = terminal.signal.aborted ? terminal.signal.reason : thrown
    if (reason instanceof Interrupted) {
      terminal.err(`${reason.message}; the store is whole, and the same command goes on from what it holds\n`)
      return reason.exitCode as ExitCode
    }
    const error = asHotpassError(thrown)
    if (surface.json) terminal.out(`${JSON.stringify(errorJson(error), null, 2)}\n`)
    surface.log.fail(error, surface.debug)
    return error.exitCode
  }
}

interface Surface {
  readonly json: boolean
  readonly debug: boolean
  readonly outColour: boolean
  readonly errColour: boolean
  readonly interactive: boolean
  readonly log: Log
  readonly formatGiven: boolean
}

/** What the flags of the command line itself ask for. Read from the words, so that it holds when parsing fails. */
function surfaceOf(argv: readonly string[], terminal: Terminal): Surface {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  const has = (name: string, letter = ''): boolean => words.includes(`--${name}`) || words.includes(`--${name}=true`) || (letter !== '' && words.some(word => new RegExp(`^-[a-z]*${letter}[a-z]*$`).test(word)))
  const colour = has('no-color') || words.includes('--color=false') ? false : has('color') ? true : undefined
  const errColour = wantsColour(colour, terminal.env, terminal.errIsTerminal)
  const at = words.findIndex(word => word === '--log-format' || word.startsWith('--log-format='))
  const given = at === -1 ? undefined : words[at]!.includes('=') ? words[at]!.slice('--log-format='.length) : words[at + 1]
  return {
    json: has('json'),
    debug: has('debug'),
    outColour: wantsColour(colour, terminal.env, terminal.outIsTerminal),
    errColour,
    interactive: !has('no-interactive') && terminal.inIsTerminal && terminal.errIsTerminal && (terminal.env['CI'] ?? '') === '',
    log: createLog(logFormat(given, terminal), {
      write: terminal.err,
      colour: errColour,
      columns: terminal.columns,
      level: has('quiet', 'q') ? 'quiet' : has('verbose', 'v') ? 'verbose' : 'normal',
      elapsed: terminal.elapsed
    }),
    formatGiven: given !== undefined
  }
}

function logFormat(wanted: string | undefined, terminal: Terminal): LogFormat {
  if (wanted === 'json' || wanted === 'plain') return wanted
  return terminal.errIsTerminal && terminal.env['TERM'] !== 'dumb' && (terminal.env['CI'] ?? '') === '' ? 'rich' : 'plain'
}

async function runCommand(typed: Typed, surface: Surface, terminal: Terminal): Promise<ExitCode> {
  const folder = typed.flags.get('directory') ?? typed.flags.get('C')
  if (Array.isArray(folder)) throw new HotpassError('E_USAGE', '-C is given more than once')
  const cwd = folder === undefined ? terminal.cwd : resolve(terminal.cwd, String(folder))
  if (folder !== undefined && !(existsSync(cwd) && statSync(cwd).isDirectory())) throw new HotpassError('E_USAGE', `there is no folder ${String(folder)}`, { hint: '-C takes a folder that exists' })
  for (const flag of CLI_FLAGS) {
    const value = typed.flags.get(flag.name)
    if (flag.choices !== undefined && value !== undefined && !flag.choices.includes(String(value))) throw new HotpassError('E_USAGE', `--${flag.name} is one of ${flag.choices.join(', ')}`, { hint: '' })
  }
  const input = inputOf(typed.command, typed.flags, typed.positionals)
  const host: CommandHost = {
    cwd,
    env: terminal.env,
    signal: terminal.signal,
    tell(event) {
      if (event.event === 'log.format') {
        if (!surface.formatGiven) surface.log.setFormat(logFormat(event.data?.['format'] as string, terminal))
        return
      }
      if (event.event === 'report.annotations') {
        // Read by a machine, line by line: shown as it is, in every log format and however quiet.
        surface.log.clear()
        terminal.err(event.message)
        return
      }
      surface.log.tell(event)
    },
    ...(surface.interactive ? { ask: question => ask(question, surface.log, terminal), prompt: text => prompt(text) } : {})
  }
  const lines = terminal.readLine === undefined ? createLineReader(terminal.signal) : { read: terminal.readLine, close: () => {} }
  const prompt = (text: string): Promise<string | null> => {
    surface.log.clear()
    return lines.read(text)
  }
  const work = typed.command.run(input, host).finally(() => lines.close())
  // A command that writes ends by itself between two steps; one that only looks may be left at once.
  const reply = await (typed.command.effects.writes.length > 0 ? work : Promise.race([work, whenAborted(terminal.signal)]))
  surface.log.clear()
  if (typed.command.effects.only_for === 'terminal') return reply.exit
  if (surface.json || input['json'] === true) terminal.out(`${JSON.stringify(reply.result, null, 2)}\n`)
  else {
    const { renderers } = await import('./render/index.ts')
    const render = renderers.get(nameOf(typed.command))
    if (render === undefined) throw new TypeError(`no text for ${nameOf(typed.command)}`)
    const text = render(reply.result, { paint: createPaint(surface.outColour), columns: terminal.outIsTerminal ? terminal.columns : Infinity, input })
    if (text !== '') terminal.out(text.endsWith('\n') ? text : `${text}\n`)
  }
  if (reply.error !== undefined) surface.log.fail(asHotpassError(reply.error), surface.debug)
  return reply.exit
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function ask(question: string, log: Log, terminal: Terminal): Promise<boolean> {
  log.clear()
  const { createInterface } = await import('node:readline/promises')
  const { stdin, stderr } = await import('node:process')
  const lines = createInterface({ input: stdin, output: stderr })
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `, { signal: terminal.signal })).trim())
  } finally {
    lines.close()
  }
}
