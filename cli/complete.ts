/** Shell completion, from the registry and the workspace. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../kernel/registry/command.ts'
import type { Registry } from '../kernel/registry/registry.ts'
import { findWorkspace, listProfiles } from './config/workspace.ts'
import { CLI_FLAGS, flagOf } from './options.ts'

const bash = `_hotpass() {
    local words
    mapfile -t words < <(hotpass --complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
    mapfile -t COMPREPLY < <(compgen -W "\${words[*]}" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o bashdefault -o default -F _hotpass hotpass
`

const zsh = `#compdef hotpass
_hotpass() {
    local -a found
    local line
    while IFS= read -r line; do
        found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    done < <(hotpass --complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( \${#found} )); then _describe hotpass found; else _files; fi
}
if [[ "\${zsh_eval_context[-1]}" == loadautofunc ]]; then _hotpass "$@"; else compdef _hotpass hotpass; fi
`

const fish = `function __hotpass_complete
    set -l words (commandline -opc) (commandline -ct)
    hotpass --complete -- $words[2..-1] 2>/dev/null
end
complete -c hotpass -a '(__hotpass_complete)'
`

/** What `hotpass completion` prints. */
export const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish]
])

type Candidate = readonly [word: string, says: string]

/**
 * Candidates for the last of the words that follow `hotpass`, one to a line: the word, a tab, what it
 * is. Nothing means: let the shell offer files. Never throws: a broken workspace must not break a shell.
 */
export function complete(words: readonly string[], registry: Registry, cwd: string): string {
  let candidates: readonly Candidate[]
  try {
    candidates = candidatesFor(words, registry, cwd)
  } catch {
    candidates = []
  }
  const current = words.at(-1) ?? ''
  return candidates.filter(([word]) => word.startsWith(current)).map(([word, says]) => `${word}\t${says}\n`).join('')
}

function candidatesFor(words: readonly string[], registry: Registry, cwd: string): readonly Candidate[] {
  const current = words.at(-1) ?? ''
  const typed = words.slice(0, -1)
  const plain = typed.filter((word, at) => !word.startsWith('-') && !takesValue(typed[at - 1]))
  const command = registry.find(plain.slice(0, 3)) ?? registry.find(plain.slice(0, 2)) ?? registry.find(plain.slice(0, 1))
  const previous = typed.at(-1)
  if (previous !== undefined && takesValue(previous)) return valuesOf(previous.replace(/^-+/, '').replaceAll('-', '_'), command, cwd)
  if (current.startsWith('-')) return [...(command === undefined ? [] : flagsOf(command)), ...CLI_FLAGS.map((flag): Candidate => [`--${flag.name}`, flag.description])]
  const deeper = registry.commands.filter(({ path }) => plain.length > 0 && path.length > plain.length && plain.every((word, at) => path[at] === word))
  if (deeper.length > 0) return [...new Map(deeper.map(({ path, summary }): Candidate => [path[plain.length]!, summary]))]
  if (command === undefined) {
    if (plain.length > 0) return []
    const seen = new Set<string>()
    return registry.commands.flatMap(({ path, aliases, summary }): Candidate[] => {
      if (seen.has(path[0]!)) return []
      seen.add(path[0]!)
      return [path[0]!, ...aliases].map(word => [word, summary])
    })
  }
  const given = plain.length - command.path.length
  const property = command.positionals[Math.min(given, command.positionals.length - 1)]
  return property === undefined ? [] : valuesOf(property, command, cwd)

  function takesValue(word: string | undefined): boolean {
    if (word === undefined || !word.startsWith('-') || word.includes('=')) return false
    const name = word.replace(/^-+/, '')
    const flag = CLI_FLAGS.find(known => known.name === name || known.letter === name)
    if (flag !== undefined) return flag.type === 'string'
    return registry.commands.some(({ input, letters }) => Object.entries(input.properties).some(([key, schema]) => (flagOf(key) === name || letters[key] === name) && schema.type !== 'boolean'))
  }
}

function flagsOf(command: Command): readonly Candidate[] {
  return Object.entries(command.input.properties)
    .filter(([property]) => !command.positionals.includes(property))
    .flatMap(([property, schema]): Candidate[] => {
      const flag = flagOf(property)
      return property === 'archive' ? [[`--${flag}`, schema.description], [`--no-${flag}`, 'The opposite.']] : [[`--${flag}`, schema.description]]
    })
}

function valuesOf(property: string, command: Command | undefined, cwd: string): readonly Candidate[] {
  const schema = command?.input.properties[property]
  const choices = schema?.enum ?? schema?.items?.enum ?? CLI_FLAGS.find(flag => flag.name.replaceAll('-', '_') === property)?.choices
  if (choices !== undefined) return choices.map((choice): Candidate => [choice, ''])
  const workspace = findWorkspace(cwd)
  if (property === 'profile') return listProfiles(workspace, []).map(({ name, origin }): Candidate => [name, origin])
  if (/^(run|run_id|from|to)$/.test(property)) {
    const folder = join(workspace.root, '.hotpass', 'runs')
    return [['latest', 'the last run'], ...(existsSync(folder) ? readdirSync(folder).filter(name => name.startsWith('run-')).sort().map((name): Candidate => [name, 'run']) : [])]
  }
  return []
}
