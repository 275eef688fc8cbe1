/** QG-1: every command answers --help, its schemas compile, and its documented examples run. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Command, Example } from '../../kernel/registry/command.ts'
import { nameOf } from '../../kernel/registry/registry.ts'
import { validatorFor } from '../../kernel/schema.ts'
import { registry } from '../commands/index.ts'
import { inputSchemaOf } from '../mcp/tools.ts'
import { flagOf } from '../options.ts'
import { check, failed, passed, type Gate, type Seen } from './gate.ts'
import { binPath, loaders, makeLinkedScene, makeScene, say, sayApart, wordsOf } from './scene.ts'

/** Milliseconds that one example may take. */
const PATIENCE = 120_000
/** Milliseconds after which a server has started. */
const UP_AFTER = 3_000

async function help(command: Command, cwd: string, signal: AbortSignal): Promise<Seen> {
  const { exit, out, err } = await say(cwd, [...command.path, '--help'], signal)
  if (exit !== 0 || err !== '') return failed(`--help exits ${exit}`, 'QA_HELP_FAILED')
  const flat = out.replace(/\s+/g, ' ')
  const missing = Object.keys(command.input.properties).filter(name => !flat.includes(command.positionals.includes(name) ? name : `--${flagOf(name)}`))
  if (!flat.includes(command.summary)) return failed('--help does not say what the command does', 'QA_HELP_FAILED')
  return missing.length === 0 ? passed(`--help names ${Object.keys(command.input.properties).length} flags and arguments`) : failed(`--help leaves out ${missing.join(', ')}`, 'QA_HELP_FAILED', { flags: missing })
}

function schemas(command: Command): Seen {
  // Of the input what every surface says of it: notes to surfaces are no JSON Schema.
  for (const [what, schema] of [['input', inputSchemaOf(command)], ['output', command.output]] as const) {
    try {
      validatorFor(schema)
    } catch {
      return failed(`the ${what} schema does not compile`, 'QA_SCHEMA_INVALID')
    }
  }
  return passed(`input and ${command.output.$id} compile`)
}

/** How a line is refused here that only lacks what it needs, and not a flag or a command. */
const LACKING: Readonly<Record<string, RegExp>> = {
  person: /^E_(USAGE .*terminal|PERMISSION)/m,
  network: /^E_(NETWORK|UNKNOWN_NAME|USAGE --[a-z-]+ is missing)/m,
  id: /^E_UNKNOWN_NAME/m
}

/** A server: it has to be up after a while, and to end when it is told to. */
async function serves(folder: string, words: readonly string[], line: string): Promise<Seen> {
  const server = spawn(process.execPath, [...loaders(), binPath(), ...words], { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'], env: { PATH: process.env['PATH'], HOME: folder } })
  const ended = new Promise<number | null>(resolve => server.once('exit', code => resolve(code)))
  const early = await Promise.race([ended, setTimeout(UP_AFTER, undefined)])
  if (early !== undefined) return failed(`hotpass ${line} ends by itself with ${early}`, 'QA_EXAMPLE_FAILED', { line })
  server.kill('SIGTERM')
  const exit = await Promise.race([ended, setTimeout(10_000, undefined, { ref: false })])
  if (exit === undefined) server.kill('SIGKILL')
  return exit === 0 || exit === 143 ? passed(`hotpass ${line} serves until it is ended`) : failed(`hotpass ${line} does not end when it is told to`, 'QA_EXAMPLE_FAILED', { line })
}

async function example(command: Command, { line, exit: expected = 0, needs }: Example, scene: string, signal: AbortSignal): Promise<Seen> {
  // Each example finds the scene as it was made, whatever those before it did.
  const folder = mkdtempSync(join(tmpdir(), 'hotpass-qa-example-'))
  const timer = new AbortController()
  try {
    cpSync(scene, folder, { recursive: true })
    const { words } = wordsOf(line)
    if (needs === 'client') return await serves(folder, words, line)
    const said = await Promise.race([command.effects.only_for === undefined ? say(folder, words, AbortSignal.any([signal, timer.signal])) : sayApart(folder, words), setTimeout(PATIENCE, undefined, { signal: timer.signal, ref: false })])
    if (said === undefined) return failed(`hotpass ${line} does not end within ${PATIENCE / 1000} s`, 'QA_EXAMPLE_FAILED')
    if (needs !== undefined) {
      if (LACKING[needs]!.test(said.err)) return passed(`hotpass ${line} is understood; it needs ${needs === 'person' ? 'a person at a terminal' : needs === 'network' ? 'the network' : 'an id of your own'}`)
      if (said.exit !== 0) return failed(`hotpass ${line} exits ${said.exit}: ${said.err.split('\n').find(text => text.startsWith('E_')) ?? ''}`, 'QA_EXAMPLE_FAILED', { line })
    }
    if (said.exit !== expected) return failed(`hotpass ${line} exits ${said.exit}, not ${expected}: ${said.err.split('\n').find(text => text.startsWith('E_')) ?? ''}`, 'QA_EXAMPLE_FAILED', { line })
    if (words.includes('--json') && said.out !== '') {
      const problems = validatorFor(command.output)(JSON.parse(said.out))
      if (problems.length > 0) return failed(`the result of hotpass ${line} breaks ${command.output.$id}: ${problems[0]!.path.join('.')} ${problems[0]!.message}`, 'QA_RESULT_INVALID', { line })
    }
    return passed(`hotpass ${line} exits ${said.exit}`)
  } finally {
    timer.abort()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Commands whose examples speak of a linkage. */
const ABOUT_LINKAGE: ReadonlySet<string> = new Set(['resolve', 'entities'])

export const cliIntegrity: Gate = {
  id: 'qg1-cli-integrity',
  title: 'QG-1 CLI integrity',
  ofData: false,
  async run({ host }, tell) {
    const scene = await makeScene(host.signal)
    let linked: string | undefined
    try {
      linked = await makeLinkedScene(host.signal)
      for (const command of registry.commands) {
        host.signal.throwIfAborted()
        const name = nameOf(command)
        tell(await check(`${name}: help`, () => help(command, scene, host.signal)))
        tell(await check(`${name}: schemas`, () => schemas(command)))
        for (const one of command.examples) tell(await check(`${name}: ${one.line}`, () => example(command, one, ABOUT_LINKAGE.has(command.path[0]!) ? linked! : scene, host.signal)))
      }
    } finally {
      for (const folder of [scene, linked]) if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    }
  }
}
