/** From the words of a command line to a command and its flags. */
import { HotpassError } from '../kernel/error.ts'
import type { Command } from '../kernel/registry/command.ts'
import { nameOf } from '../kernel/registry/registry.ts'
import type { Terminal } from './main.ts'
import { assertKnownFlags, CLI_FLAGS, LEADING_FLAGS, refuseCommand } from './options.ts'
import { createParser, Picked } from './parser.ts'

export interface Typed {
  readonly command: Command
  readonly flags: ReadonlyMap<string, unknown>
  readonly positionals: readonly string[]
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

function typedOf({ command, args }: Picked): Typed {
  const flags = new Map<string, unknown>()
  for (const [name, value] of Object.entries(args)) if (!['_', '$0', '--', ...command.positionals].includes(name) && value !== undefined) flags.set(name, value)
  const listed = command.positionals.flatMap(name => args[name] ?? []).map(String)
  const rest = ((args['_'] as readonly unknown[]) ?? []).slice(command.path.length).map(String)
  return { command, flags, positionals: [...listed, ...rest, ...((args['--'] as readonly unknown[]) ?? []).map(String)] }
}

/** What was typed, or undefined when help was shown instead. Throws E_USAGE and E_NOT_BUILT. */
export async function readTyped(argv: readonly string[], terminal: Pick<Terminal, 'cwd' | 'columns' | 'out'>): Promise<Typed | undefined> {
  return (await plainly(argv)) ?? parse(argv, terminal)
}

async function parse(argv: readonly string[], terminal: Pick<Terminal, 'cwd' | 'columns' | 'out'>): Promise<Typed | undefined> {
  const { registry } = await import('./commands/index.ts')
  const parser = await createParser(registry, terminal.cwd, Math.max(40, Math.min(terminal.columns, 110)))
  let typed: Typed | undefined
  let shown = ''
  let failure: Error | undefined
  try {
    await parser.parseAsync([...argv], {}, (error: Error | undefined, _args: unknown, output: string) => {
      failure = error ?? undefined
      shown = output
    })
  } catch (thrown) {
    if (!(thrown instanceof Picked)) throw thrown
    typed = typedOf(thrown)
  }
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
