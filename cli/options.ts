/** From what was typed to a command's input: flags of the command line itself, types, unknown and retired flags. */
import { HotpassError } from '../kernel/error.ts'
import { didYouMean } from './did-you-mean.ts'
import { nameOf } from '../kernel/registry/registry.ts'
import type { Command, PropertySchema } from '../kernel/registry/command.ts'
import type { Json, JsonObject } from '../kernel/types.ts'

export interface CliFlag {
  readonly name: string
  readonly letter?: string
  readonly type: 'boolean' | 'string'
  readonly choices?: readonly string[]
  readonly description: string
  readonly shownDefault?: string
}

/** Flags that every command takes and no command sees: they are about this surface. */
export const CLI_FLAGS: readonly CliFlag[] = [
  { name: 'json', type: 'boolean', description: 'Print the result as JSON.' },
  { name: 'quiet', letter: 'q', type: 'boolean', description: 'Say nothing on standard error but errors.' },
  { name: 'verbose', letter: 'v', type: 'boolean', description: 'Say more on standard error.' },
  { name: 'debug', type: 'boolean', description: 'Show the stack of an error.' },
  { name: 'color', type: 'boolean', description: 'Use colours; --no-color turns them off.', shownDefault: 'on a terminal, unless NO_COLOR is set' },
  { name: 'log-format', type: 'string', choices: ['auto', 'rich', 'plain', 'json'], description: 'How progress is shown on standard error: with bars, as lines, or as JSON lines.', shownDefault: 'rich on a terminal, else plain' },
  { name: 'interactive', type: 'boolean', description: 'Ask before something is replaced; --no-interactive never asks.', shownDefault: 'on a terminal' },
  { name: 'directory', letter: 'C', type: 'string', description: 'Work as if started in this folder.' },
  { name: 'help', letter: 'h', type: 'boolean', description: 'Show this help.' },
  { name: 'version', type: 'boolean', description: 'Show the version.' }
]

/** Flags of several commands that may stand before the command's name. */
export const LEADING_FLAGS = ['config', 'profile', 'profile-search-path', 'sensitive-field', 'store-dir'] as const

/** Commands of earlier Hotpass versions, by the part that they need. */
export const COMMANDS_NOT_BUILT: ReadonlyMap<string, string> = new Map([
  ...['enrich', 'plan', 'crawl'].map(name => [name, 'enrichment'] as const),
  ...['setup', 'net', 'aws', 'ctx', 'env', 'arc', 'deploy', 'orchestrate'].map(name => [name, 'orchestration'] as const),
  ...['backfill', 'version'].map(name => [name, 'dataset versions'] as const),
  ...['dashboard', 'inventory', 'imports', 'distro', 'serve', 'api'].map(name => [name, 'the web surface'] as const)
])

const FLAGS_NOT_BUILT: readonly (readonly [pattern: RegExp, stage: string])[] = [
  [/^(expectation-suite)$/, 'data contracts'],
  [/^(automation-http-.+|webhook.*|crm-.+)$/, 'webhook and CRM delivery'],
  [/^(observability|telemetry-.+)$/, 'observability'],
  [/^(qa-mode)$/, 'quality presets'],
  [/^(excel-(chunk-size|engine|stage-dir))$/, 'spreadsheet engines of its own choice'],
  [/^(enable-.+|disable-.+|industry-profile)$/, 'enrichment'],
  [/^(linkage-.+|use-splink)$/, 'probabilistic linkage']
]

export const flagOf = (property: string): string => property.replaceAll('_', '-')
export const propertyOf = (flag: string): string => flag.replaceAll('-', '_')

function flagsOf(command: Command): string[] {
  return Object.keys(command.input.properties).filter(name => !command.positionals.includes(name)).map(flagOf)
}

/** Refuses flags that the command does not have. Throws E_NOT_BUILT or E_USAGE. */
export function assertKnownFlags(command: Command, typed: Iterable<string>): void {
  const known = new Set([...flagsOf(command), ...CLI_FLAGS.map(flag => flag.name)])
  const letters = new Set([...Object.values(command.letters), ...CLI_FLAGS.flatMap(flag => flag.letter ?? [])])
  for (const flag of typed) {
    if (known.has(flag) || letters.has(flag)) continue
    const stage = FLAGS_NOT_BUILT.find(([pattern]) => pattern.test(flag))?.[1]
    if (stage !== undefined) {
      throw new HotpassError('E_NOT_BUILT', `--${flag} belongs to ${stage}, which is not built yet`, { hint: 'leave the flag out; nothing is ignored silently' })
    }
    const shown = flag.length === 1 ? `-${flag}` : `--${flag}`
    const suggestion = didYouMean(flag, known, '')
    throw new HotpassError('E_USAGE', `${nameOf(command)} has no flag ${shown}`, {
      hint: suggestion === '' ? `see hotpass ${nameOf(command)} --help` : suggestion.replace('"', '"--')
    })
  }
}

/** Refuses a command name. Throws E_NOT_BUILT or E_USAGE. */
export function refuseCommand(word: string, known: readonly string[]): never {
  const part = COMMANDS_NOT_BUILT.get(word)
  if (part !== undefined) throw new HotpassError('E_NOT_BUILT', `hotpass ${word} belongs to ${part}, which is not built yet`, { hint: 'see hotpass overview for what there is' })
  throw new HotpassError('E_USAGE', `there is no command "${word}"`, { hint: didYouMean(word, known, 'see hotpass --help') })
}

/** One value of a flag, converted to its type. Throws E_USAGE. */
function convert(name: string, schema: PropertySchema, value: unknown): Json {
  const fail = (says: string, hint = ''): never => {
    throw new HotpassError('E_USAGE', `${name} ${says}`, { hint })
  }
  const single = (): string => {
    if (Array.isArray(value)) return fail('is given more than once')
    if (typeof value !== 'string') return fail('needs a value')
    if (value === '') return fail('needs a value')
    return value
  }
  switch (schema.type) {
    case 'boolean':
      if (Array.isArray(value)) return value.every(item => item === value[0]) ? Boolean(value[0]) : fail('is given both ways')
      return Boolean(value)
    case 'integer':
    case 'number': {
      const text = single()
      const number = Number(text)
      if (text.trim() === '' || !Number.isFinite(number) || (schema.type === 'integer' && !(/^[+-]?\d+$/.test(text) && Number.isSafeInteger(number)))) return fail(`needs ${schema.type === 'integer' ? 'a whole number' : 'a number'}`)
      if (schema.minimum !== undefined && number < schema.minimum) return fail(`must be at least ${schema.minimum}`)
      if (schema.maximum !== undefined && number > schema.maximum) return fail(`must be at most ${schema.maximum}`)
      return number
    }
    case 'string': {
      const text = single()
      if (schema.enum !== undefined && !schema.enum.includes(text)) return fail(`is one of ${schema.enum.join(', ')}`, didYouMean(text, schema.enum))
      if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(text)) return fail(`is not of the right form: ${schema.description}`)
      return text
    }
    case 'array': {
      const choices = schema.items?.enum
      const items = (Array.isArray(value) ? value : [value]).flatMap(item => (typeof item === 'string' ? (choices === undefined ? [item] : item.split(',')) : fail('needs a value')))
      for (const item of items) {
        if (item === '') fail('needs a value')
        if (choices !== undefined && !choices.includes(item)) fail(`is one of ${choices.join(', ')}`, didYouMean(item, choices))
      }
      return items
    }
  }
}

/**
 * The input of a command from parsed flags (dashed names) and positionals. Only what was typed is in it:
 * defaults belong to the config layer. Throws E_USAGE.
 */
export function inputOf(command: Command, flags: ReadonlyMap<string, unknown>, positionals: readonly string[]): JsonObject {
  const input: { [property: string]: Json } = {}
  for (const [property, schema] of Object.entries(command.input.properties)) {
    if (command.positionals.includes(property)) continue
    const value = flags.get(flagOf(property)) ?? flags.get(command.letters[property] ?? '')
    if (value !== undefined) input[property] = convert(`--${flagOf(property)}`, schema, value)
  }
  const rest = [...positionals]
  for (const property of command.positionals) {
    const schema = command.input.properties[property]!
    if (schema.type === 'array') {
      if (rest.length > 0) input[property] = convert(property.toUpperCase(), schema, rest.splice(0))
    } else if (rest.length > 0) input[property] = convert(property.toUpperCase(), schema, rest.shift())
  }
  if (rest.length > 0) throw new HotpassError('E_USAGE', `${nameOf(command)} does not take "${rest[0]}"`, { hint: `see hotpass ${nameOf(command)} --help` })
  for (const property of command.input.required ?? []) {
    if (input[property] === undefined) {
      const shown = command.positionals.includes(property) ? property.toUpperCase() : `--${flagOf(property)}`
      throw new HotpassError('E_USAGE', `${nameOf(command)} needs ${shown}`, { hint: `see hotpass ${nameOf(command)} --help` })
    }
  }
  return input
}
