/** QG-1: every command answers --help, its schemas compile, and its documented examples run. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Command, Example } from '../../kernel/registry/command.ts'
import { nameOf } from '../../kernel/registry/registry.ts'
import { validatorFor } from '../../kernel/schema.ts'
import { registry } from '../commands/index.ts'
import { flagOf } from '../options.ts'
import { check, failed, passed, type Gate, type Seen } from './gate.ts'
import { makeScene, say, sayApart, wordsOf } from './scene.ts'

/** Milliseconds that one example may take. */
const PATIENCE = 120_000

async function help(command: Command, cwd: string, signal: AbortSignal): Promise<Seen> {
  const { exit, out, err } = await say(cwd, [...command.path, '--help'], signal)
  if (exit !== 0 || err !== '') return failed(`--help exits ${exit}`, 'QA_HELP_FAILED')
  const flat = out.replace(/\s+/g, ' ')
  const missing = Object.keys(command.input.properties).filter(name => !flat.includes(command.positionals.includes(name) ? name : `--${flagOf(name)}`))
  if (!flat.includes(command.summary)) return failed('--help does not say what the command does', 'QA_HELP_FAILED')
  return missing.length === 0 ? passed(`--help names ${Object.keys(command.input.properties).length} flags and arguments`) : failed(`--help leaves out ${missing.join(', ')}`, 'QA_HELP_FAILED', { flags: missing })
}

function schemas(command: Command): Seen {
  for (const [what, schema] of [['input', command.input], ['output', command.output]] as const) {
    try {
      validatorFor(schema)
    } catch {
      return failed(`the ${what} schema does not compile`, 'QA_SCHEMA_INVALID')
    }
  }
  return passed(`input and ${command.output.$id} compile`)
}

async function example(command: Command, { line, exit: expected = 0 }: Example, scene: string, signal: AbortSignal): Promise<Seen> {
  // Each example finds the scene as it was made, whatever those before it did.
  const folder = mkdtempSync(join(tmpdir(), 'hotpass-qa-example-'))
  const timer = new AbortController()
  try {
    cpSync(scene, folder, { recursive: true })
    const { words } = wordsOf(line)
    const said = await Promise.race([command.effects.only_for === undefined ? say(folder, words, AbortSignal.any([signal, timer.signal])) : sayApart(folder, words), setTimeout(PATIENCE, undefined, { signal: timer.signal, ref: false })])
    if (said === undefined) return failed(`hotpass ${line} does not end within ${PATIENCE / 1000} s`, 'QA_EXAMPLE_FAILED')
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

export const cliIntegrity: Gate = {
  id: 'qg1-cli-integrity',
  title: 'QG-1 CLI integrity',
  ofData: false,
  async run({ host }, tell) {
    const scene = await makeScene(host.signal)
    try {
      for (const command of registry.commands) {
        host.signal.throwIfAborted()
        const name = nameOf(command)
        tell(await check(`${name}: help`, () => help(command, scene, host.signal)))
        tell(await check(`${name}: schemas`, () => schemas(command)))
        for (const one of command.examples) tell(await check(`${name}: ${one.line}`, () => example(command, one, scene, host.signal)))
      }
    } finally {
      rmSync(scene, { recursive: true, force: true })
    }
  }
}
