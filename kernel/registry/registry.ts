/** The set of commands, checked once: every surface reads it from here. */
import type { Command } from './command.ts'

const WORD = /^[a-z][a-z0-9-]*$/
const PROPERTY = /^[a-z][a-z0-9_]*$/

export interface Registry {
  /** In code unit order of their names. */
  readonly commands: readonly Command[]
  /** By words, or by alias. */
  find(path: readonly string[]): Command | undefined
}

/** The name that people and other surfaces use: `runs list`. */
export function nameOf(command: Command): string {
  return command.path.join(' ')
}

/** Throws TypeError when a declaration breaks the rules that surfaces rely on; that is a bug. */
export function createRegistry(commands: readonly Command[]): Registry {
  const byName = new Map<string, Command>()
  const ids = new Set<string>()
  for (const command of commands) {
    const name = nameOf(command)
    for (const word of [...command.path, ...command.aliases]) if (!WORD.test(word)) throw new TypeError(`${name}: "${word}" is not a command word`)
    if (command.aliases.length > 0 && command.path.length !== 1) throw new TypeError(`${name}: only a command of one word has aliases`)
    for (const key of [name, ...command.aliases]) {
      if (byName.has(key)) throw new TypeError(`two commands are named ${key}`)
      byName.set(key, command)
    }
    const properties = Object.keys(command.input.properties)
    for (const property of properties) if (!PROPERTY.test(property)) throw new TypeError(`${name}: "${property}" is not a property name`)
    for (const property of [...command.positionals, ...Object.keys(command.letters), ...(command.input.required ?? [])]) {
      if (!properties.includes(property)) throw new TypeError(`${name}: there is no property ${property}`)
    }
    if (!/^urn:hotpass:schema:[a-z-]+:\d+$/.test(command.output.$id)) throw new TypeError(`${name}: ${command.output.$id} is not a schema id with a version`)
    if (ids.has(command.output.$id)) throw new TypeError(`${name}: ${command.output.$id} is the schema of another command`)
    ids.add(command.output.$id)
    if (!command.output.required.includes('schema')) throw new TypeError(`${name}: its result must name its schema`)
  }
  const sorted = [...commands].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  return { commands: sorted, find: path => byName.get(path.join(' ')) }
}
