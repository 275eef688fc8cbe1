/** One folder in which a command runs and is disturbed, and what must hold afterwards. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkStore } from '../../kernel/host/store/check.ts'
import { openStore } from '../../kernel/host/store/store.ts'

export const ROOT = join(import.meta.dirname, '../..')
/** The command under test; `{out}` and `{store}` are filled in for each scene. */
export const COMMAND: readonly string[] = [join(ROOT, 'build/cli/bin.js'), 'run', '--strict', '--profile', 'aviation', '--input-dir', join(ROOT, 'fixtures/aviation/data'), '--output-path', '{out}/refined.xlsx', '--store-dir', '{store}', '--json']
const INPUTS = join(ROOT, 'fixtures/aviation/data')
/** Longer than any run here takes; past that it hangs. */
const PATIENCE = 60_000

export interface Ended {
  /** As a shell gives it: 128 and the signal's number for a signal. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Milliseconds. */
  readonly took: number
}

/** Runs a program to its end, or kills its whole group after `killAfter` milliseconds. */
export function launch(program: string, args: readonly string[], options: { readonly killAfter?: number; readonly env?: Readonly<Record<string, string>> } = {}): Promise<Ended> {
  const started = performance.now()
  // libuv's threads would make strace count each for itself.
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, UV_THREADPOOL_SIZE: '1', ...options.env } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', data => (stdout += String(data)))
  child.stderr.on('data', data => (stderr += String(data)))
  const kill = (): void => {
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {}
  }
  const timer = setTimeout(kill, options.killAfter ?? PATIENCE)
  return new Promise(resolve => {
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'], stdout, stderr, took: performance.now() - started })
    })
  })
}

export interface Scene {
  readonly folder: string
  readonly store: string
  readonly out: string
  /** The command's arguments for node. */
  readonly args: readonly string[]
}

export function newScene(parent: string = tmpdir()): Scene {
  const folder = mkdtempSync(join(parent, 'hotpass-fault-'))
  const [store, out] = [join(folder, 'store'), join(folder, 'out')]
  return { folder, store, out, args: COMMAND.map(part => part.replace('{out}', out).replace('{store}', store)) }
}

export const removeScene = (scene: Scene): void => rmSync(scene.folder, { recursive: true, force: true })

/** Digest of each file under a folder, by name; what is not finished begins with a dot and does not count. */
export function digestsOf(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map()
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter(name => !/(^|\/)\./.test(name) && statSync(join(folder, name)).isFile()).sort()
  return new Map(names.map(name => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]))
}

export interface Expected {
  readonly outputs: ReadonlyMap<string, string>
  readonly inputs: ReadonlyMap<string, string>
}

/** What an undisturbed run gives. Throws when it fails. */
export async function undisturbed(): Promise<Expected> {
  const scene = newScene()
  const { code, stderr } = await launch(process.execPath, scene.args)
  if (code !== 0) throw new Error(`the command fails without any fault: exit ${code}\n${stderr.slice(-600)}`)
  const expected = { outputs: digestsOf(scene.out), inputs: digestsOf(INPUTS) }
  removeScene(scene)
  return expected
}

interface Acknowledged { readonly run_id: string; readonly attempt: number }

/** The run that a finished command says it has made; nothing unless it got to the end. */
export function acknowledgedBy({ code, stdout }: Ended): Acknowledged[] {
  if (code !== 0) return []
  const { run_id, attempt } = JSON.parse(stdout) as Acknowledged
  return [{ run_id, attempt }]
}

/** Promises that do not hold right after a fault: runs lost, objects wrong, outputs half written, inputs changed. */
export function brokenNow(scene: Scene, expected: Expected, acknowledged: readonly Acknowledged[]): string[] {
  const wrong: string[] = []
  if (existsSync(join(scene.store, 'format'))) {
    for (const { severity, code, path, message } of checkStore(scene.store, { full: true })) if (severity === 'error') wrong.push(`${code} ${path}: ${message}`)
    try {
      const store = openStore(scene.store, { readOnly: true })
      const listed = store.attempts()
      for (const { run_id, attempt } of acknowledged) if (!listed.some(entry => entry.run_id === run_id && entry.attempt === attempt)) wrong.push(`attempt ${attempt} of ${run_id} is lost`)
      for (const entry of listed) store.records(entry.run_id, entry.attempt)
      store.close()
    } catch (error) {
      wrong.push(`the store cannot be read: ${String(error)}`)
    }
  } else if (acknowledged.length > 0) wrong.push('the store is gone')
  for (const [name, hash] of digestsOf(scene.out)) if (expected.outputs.get(name) !== hash) wrong.push(`output ${name} is not whole`)
  const inputs = digestsOf(INPUTS)
  for (const [name, hash] of expected.inputs) if (inputs.get(name) !== hash) wrong.push(`input ${name} was changed`)
  return wrong
}

/** Runs the same command again, with no repair; everything must be as if nothing had happened. */
export async function brokenAfterwards(scene: Scene, expected: Expected, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const ended = await launch(process.execPath, scene.args)
  if (ended.code !== 0) return [`the next run fails with exit ${ended.code}: ${ended.stderr.trim().split('\n').at(-1)}`]
  const wrong = brokenNow(scene, expected, [...acknowledged, ...acknowledgedBy(ended)])
  const outputs = digestsOf(scene.out)
  for (const name of expected.outputs.keys()) if (!outputs.has(name)) wrong.push(`output ${name} is missing`)
  return wrong
}
