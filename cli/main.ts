/** The command line: mounts the registry on yargs, runs one command, prints its result. */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Argv } from 'yargs'
import { EXIT, HotpassError, type ExitCode } from '../kernel/error.ts'
import { nameOf, type Registry } from '../kernel/registry/registry.ts'
import type { Command, CommandHost, PropertySchema } from '../kernel/registry/command.ts'
import { Interrupted } from '../kernel/host/signals.ts'
import { assertKnownFlags, CLI_FLAGS, flagOf, inputOf, LEADING_FLAGS, refuseCommand } from './options.ts'
import { packageVersion } from './package-root.ts'
import { asHotpassError, errorJson } from './render/error.ts'
import { createLineReader } from './render/line-reader.ts'
import { createLog, type Log, type LogFormat } from './render/log.ts'
import { createPaint, wantsColour } from './render/paint.ts'

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

interface Typed {
  readonly command: Command
  readonly flags: ReadonlyMap<string, unknown>
  readonly positionals: readonly string[]
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
    const typed = (await plainly(argv)) ?? (await parse(argv, terminal))
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

/** A command that was typed without flags, but for the folder to work in, needs no parser, which takes longer than many a command. */
async function plainly(argv: readonly string[]): Promise<Typed | undefined> {
  const at = argv.findIndex(word => word === '-C' || word === '--directory')
  const folder = at === -1 ? undefined : argv[at + 1]
  const words = at === -1 ? argv : argv.toSpliced(at, 2)
  if (words.length === 0 || [...words, folder ?? 'x'].some(word => word === '' || word.startsWith('-'))) return undefined
  const command = await commandOf(words)
  return command === undefined ? undefined : { command, flags: new Map(folder === undefined ? [] : [['directory', folder]]), positionals: [] }
}

/** An agent waits for the start of its server, which therefore loads no command but its own. */
async function commandOf(words: readonly string[]): Promise<Command | undefined> {
  const own = words[0] === 'mcp' ? (await import('./commands/mcp.ts')).mcpCommands.find(command => nameOf(command) === words.join(' ')) : undefined
  return own ?? (await import('./commands/index.ts')).registry.find(words)
}

/** What was typed, or undefined when help was shown instead. Throws E_USAGE and E_NOT_BUILT. */
async function parse(argv: readonly string[], terminal: Terminal): Promise<Typed | undefined> {
  const { registry } = await import('./commands/index.ts')
  let typed: Typed | undefined
  const parser = await mount(registry, terminal.cwd, Math.max(40, Math.min(terminal.columns, 110)), (command, args) => {
    const flags = new Map<string, unknown>()
    for (const [name, value] of Object.entries(args)) if (!['_', '$0', '--', ...command.positionals].includes(name) && value !== undefined) flags.set(name, value)
    const listed = command.positionals.flatMap(name => args[name] ?? []).map(String)
    const rest = ((args['_'] as readonly unknown[]) ?? []).slice(command.path.length).map(String)
    typed = { command, flags, positionals: [...listed, ...rest, ...((args['--'] as readonly unknown[]) ?? []).map(String)] }
  })
  let shown = ''
  let failure: Error | undefined
  await parser.parseAsync([...argv], {}, (error: Error | undefined, _args: unknown, output: string) => {
    failure = error ?? undefined
    shown = output
  })
  if (failure !== undefined) throw failure
  if (typed !== undefined && !wantsHelp(argv)) {
    assertKnownFlags(typed.command, typed.flags.keys())
    return typed
  }
  if (shown !== '') {
    terminal.out(`${shown}\n`)
    return undefined
  }
  const words = argv.filter(word => !word.startsWith('-'))
  const first = leadingWord(argv)
  if (first === undefined) {
    const unknown = argv.find(word => word.startsWith('-') && !CLI_FLAGS.some(flag => word === `--${flag.name}` || word === `-${flag.letter}`))
    if (unknown !== undefined) {
      const { didYouMean } = await import('./did-you-mean.ts')
      const name = unknown.replace(/^-+/, '').replace(/=.*$/, '')
      const known = [...CLI_FLAGS.map(flag => flag.name), ...LEADING_FLAGS]
      if (known.includes(name)) throw new HotpassError('E_USAGE', 'a command is missing', { hint: 'see hotpass --help' })
      throw new HotpassError('E_USAGE', `hotpass has no flag ${unknown.replace(/=.*$/, '')}`, { hint: didYouMean(name, known, 'see hotpass --help').replace('"', '"--') })
    }
    terminal.out(`${await parser.getHelp()}\n`)
    return undefined
  }
  const group = registry.commands.filter(command => command.path.length > 1 && command.path[0] === first)
  if (group.length > 0) {
    const second = words[words.indexOf(first) + 1]
    const verbs = group.map(command => command.path[1]!)
    if (second === undefined) throw new HotpassError('E_USAGE', `hotpass ${first} needs one of ${verbs.join(', ')}`, { hint: `see hotpass ${first} --help` })
    const { didYouMean } = await import('./did-you-mean.ts')
    throw new HotpassError('E_USAGE', `there is no command "${first} ${second}"`, { hint: didYouMean(second, verbs, `there are ${verbs.join(', ')}`) })
  }
  return refuseCommand(first, registry.commands.flatMap(command => [command.path[0]!, ...command.aliases]))
}

function wantsHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).some(word => word === '--help' || word === '-h')
}

/** The first word that is neither a flag nor a flag's value. */
function leadingWord(argv: readonly string[]): string | undefined {
  const valued = new Set([...CLI_FLAGS.filter(flag => flag.type === 'string').flatMap(flag => [`--${flag.name}`, `-${flag.letter}`]), ...LEADING_FLAGS.map(flag => `--${flag}`)])
  for (let at = 0; at < argv.length; at++) {
    if (!argv[at]!.startsWith('-')) return argv[at]
    if (valued.has(argv[at]!)) at++
  }
  return undefined
}

/** A yargs instance with every command of the registry. No defaults are given to yargs: they would look like flags. */
async function mount(commands: Registry, cwd: string, columns: number, picked: (command: Command, args: Record<string, unknown>) => void): Promise<Argv> {
  const { default: yargs } = await import('yargs')
  let parser = yargs([], cwd).scriptName('hotpass')
  parser = parser
    .usage('$0 <command> [flags]\n\nTurns folders of messy spreadsheets into one governed dataset, and can prove every byte of it.')
    .parserConfiguration({ 'camel-case-expansion': false, 'dot-notation': false, 'parse-numbers': false, 'parse-positional-numbers': false, 'duplicate-arguments-array': true, 'flatten-duplicate-arrays': true, 'greedy-arrays': false, 'boolean-negation': true, 'strip-aliased': true, 'populate--': true })
    .exitProcess(false)
    .fail((message, error) => {
      throw error instanceof HotpassError ? error : new HotpassError('E_USAGE', usageFault(message), { hint: 'see hotpass --help' })
    })
    .updateStrings({ 'Options:': 'General flags:', 'Positionals:': 'Arguments:' })
    .version(false)
    .help(false)
    .wrap(columns)
    .epilogue('hotpass <command> --help shows the flags of a command.')
  for (const flag of CLI_FLAGS) {
    if (flag.name === 'help') parser = parser.help('help', flag.description).alias('help', 'h')
    else parser = parser.option(flag.name, cliOption(flag))
  }
  parser = parser.string([...LEADING_FLAGS])
  for (const [word, branch] of branchesOf(commands.commands)) parser = mountBranch(parser, word, branch, picked)
  return parser
}

/** A word of the command line: a command, words that follow it, or both (`resolve`, `resolve review`, `resolve review export`). */
interface Branch {
  command: Command | undefined
  readonly words: Map<string, Branch>
}

function branchesOf(commands: readonly Command[]): ReadonlyMap<string, Branch> {
  const root: Branch = { command: undefined, words: new Map() }
  for (const command of commands) {
    let at = root
    for (const word of command.path) {
      const next = at.words.get(word) ?? { command: undefined, words: new Map() }
      at.words.set(word, next)
      at = next
    }
    at.command = command
  }
  return root.words
}

function mountBranch(parser: Argv, word: string, { command, words }: Branch, picked: (command: Command, args: Record<string, unknown>) => void): Argv {
  const inner = (own: Argv): Argv => {
    let found = command === undefined ? own : builder(command)(own)
    for (const [next, branch] of words) found = mountBranch(found, next, branch, picked)
    return found
  }
  if (command === undefined) return parser.command(word, `${[...words.keys()].join(' | ')}: ${GROUP_SUMMARIES.get(word) ?? ''}`, inner)
  return parser.command([usageOf(command), ...command.aliases], command.summary, inner, args => picked(command, args))
}

/** The words of yargs in ours. */
function usageFault(message: string): string {
  const missing = /^Not enough arguments following: (.*)$/.exec(message)?.[1]
  return missing === undefined ? message.charAt(0).toLowerCase() + message.slice(1) : `--${missing} needs a value`
}

const GROUP_SUMMARIES: ReadonlyMap<string, string> = new Map([
  ['audit', 'look at what agents have done'],
  ['compliance', 'what personal data, and why'],
  ['config', 'look at the configuration'],
  ['entities', 'look at the entities that a registry keeps'],
  ['golden', 'hold outputs to recorded digests'],
  ['mcp', 'offer the commands to agents'],
  ['runs', 'look at past runs']
])

function cliOption(flag: (typeof CLI_FLAGS)[number]): Record<string, unknown> {
  return {
    type: flag.type,
    description: flag.choices === undefined ? flag.description : `${flag.description} One of ${flag.choices.join(', ')}.`,
    ...(flag.letter === undefined ? {} : { alias: flag.letter }),
    ...(flag.shownDefault === undefined ? {} : { defaultDescription: flag.shownDefault }),
    ...(flag.type === 'string' ? { requiresArg: true } : {})
  }
}

/** `inspect <files..>`: positionals are shown here and checked by `inputOf`, so none is required by yargs. */
function usageOf(command: Command): string {
  const shown = command.positionals.map(name => (command.input.properties[name]!.type === 'array' ? `[${name}..]` : `[${name}]`))
  return [command.path.at(-1), ...shown].join(' ')
}

function builder(command: Command): (inner: Argv) => Argv {
  return inner => {
    let parser = inner.usage(`$0 ${usageText(command)}\n\n${command.summary}.${command.description === '' ? '' : `\n\n${command.description}`}`)
    for (const [property, schema] of Object.entries(command.input.properties)) {
      if (command.positionals.includes(property)) parser = parser.positional(property, { type: 'string', description: schema.enum === undefined ? schema.description : `${schema.description} One of ${schema.enum.join(', ')}.` })
      else parser = parser.option(flagOf(property), optionOf(command, property, schema))
    }
    // The examples of yargs stand in two columns, which tears long command lines apart.
    const examples = command.examples.map(({ line, says }) => `  hotpass ${line}\n      ${says}`)
    return parser.epilogue(examples.length === 0 ? '' : `Examples:\n${examples.join('\n')}`)
  }
}

function usageText(command: Command): string {
  const required = new Set(command.input.required ?? [])
  const shown = command.positionals.map(name => {
    const word = `${name.toUpperCase()}${command.input.properties[name]!.type === 'array' ? '…' : ''}`
    return required.has(name) ? word : `[${word}]`
  })
  return [...command.path, ...shown, '[flags]'].join(' ')
}

function optionOf(command: Command, property: string, schema: PropertySchema): Record<string, unknown> {
  const letter = command.letters[property]
  const choices = schema.enum ?? schema.items?.enum
  const says = schema.default === undefined ? undefined : Array.isArray(schema.default) ? schema.default.join(',') : String(schema.default)
  return {
    // A list flag takes one value each time it is given; yargs gathers repeated ones by itself.
    type: schema.type === 'boolean' ? 'boolean' : 'string',
    group: 'Flags:',
    // Or the flags of `resolve` would be shown as those of `resolve review`.
    global: false,
    description: choices === undefined ? schema.description : `${schema.description} ${schema.type === 'array' ? 'Some' : 'One'} of ${choices.join(', ')}.`,
    ...(letter === undefined ? {} : { alias: letter }),
    ...(says === undefined ? {} : { defaultDescription: says }),
    ...(schema.type === 'boolean' ? {} : { requiresArg: true })
  }
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
