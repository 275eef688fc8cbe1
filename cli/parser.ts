/** The command registry as yargs takes it: parsing and help. */
import type { Argv } from 'yargs'
import { HotpassError } from '../kernel/error.ts'
import type { Command, PropertySchema } from '../kernel/registry/command.ts'
import { nameOf, type Registry } from '../kernel/registry/registry.ts'
import { CLI_FLAGS, flagOf, LEADING_FLAGS } from './options.ts'

/** A command and its arguments, as yargs has them. Thrown out of yargs, which else renders the help of every command that it runs. */
export class Picked extends Error {
  readonly command: Command
  readonly args: Readonly<Record<string, unknown>>

  constructor(command: Command, args: Readonly<Record<string, unknown>>) {
    super(nameOf(command))
    this.command = command
    this.args = args
  }
}

/** A yargs instance with every command of the registry, which throws `Picked`. No defaults are given to yargs: they would look like flags. */
export async function createParser(commands: Registry, cwd: string, columns: number): Promise<Argv> {
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
  for (const [word, branch] of branchesOf(commands.commands)) parser = mountBranch(parser, word, branch)
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

function mountBranch(parser: Argv, word: string, { command, words }: Branch): Argv {
  const inner = (own: Argv): Argv => {
    let found = command === undefined ? own : builder(command)(own)
    for (const [next, branch] of words) found = mountBranch(found, next, branch)
    return found
  }
  if (command === undefined) return parser.command(word, `${[...words.keys()].join(' | ')}: ${GROUP_SUMMARIES.get(word) ?? ''}`, inner)
  return parser.command([usageOf(command), ...command.aliases], command.summary, inner, args => {
    throw new Picked(command, args)
  })
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
