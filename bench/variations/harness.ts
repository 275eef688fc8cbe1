/** Runs the command under a variation and says whether the bytes and the run id are those of the base. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../cli/package-root.ts'
import { POISON, quote, type Place, type Variation } from './variations.ts'

export interface Workload {
  readonly name: string
  /** Folder with the input files. */
  readonly input: string
  readonly profile: string
}

/** What a run gave: its id, the hash of its record, and a hash over every output file's name and bytes. */
export interface Outcome {
  readonly runId: string
  readonly recordHash: string
  readonly outputs: string
}

export interface Verdict {
  readonly variation: string
  readonly status: 'same' | 'different' | 'not run'
  /** Whether the control changed; null when the variation has none. */
  readonly control: boolean | null
  readonly detail: string
}

const BIN = join(packageRoot(), 'build/cli/bin.js')
const BASE: Variation = { name: 'base', wrap: () => 'env -i PATH="$PATH" HOME=/root TZ=UTC LC_ALL=C.UTF-8 "$@"', control: null }

function bash(script: string, args: readonly string[], cwd: string): { code: number; stdout: string; stderr: string } {
  const result = spawnSync('bash', ['-c', script, 'bash', ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 300_000 })
  return { code: result.status ?? 1, stdout: result.stdout, stderr: result.stderr }
}

/** Hash over the files below a folder, by name and content. */
export function folderDigest(folder: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name)
    if (!existsSync(path) || readdirSyncSafe(path)) continue
    hash.update(`${name}\0`).update(createHash('sha256').update(readFileSync(path)).digest())
  }
  return hash.digest('hex')
}

function readdirSyncSafe(path: string): boolean {
  try {
    readdirSync(path)
    return true
  } catch {
    return false
  }
}

function findPoison(folder: string): string | null {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!readdirSyncSafe(path) && readFileSync(path).includes(POISON)) return name
  }
  return null
}

/** Everything that one variation needs: its folders, its wrapper and a way to run commands under it. */
function stage(variation: Variation, workload: Workload, node: string): { place: Place; wrapped(args: readonly string[]): ReturnType<typeof bash>; done(): void; ready: string } {
  const scratch = mkdtempSync(join(tmpdir(), 'hotpass-variation-'))
  mkdirSync(join(scratch, 'work/data'), { recursive: true })
  cpSync(workload.input, join(scratch, 'work/data'), { recursive: true })
  const place: Place = { scratch, input: join(scratch, 'work/data'), cwd: join(scratch, 'work'), node }
  const prepared = variation.prepare?.(place) ?? ':'
  const ready = bash(`chmod 755 ${quote(scratch)}; ${prepared}`, [], scratch)
  return {
    place,
    ready: ready.code === 0 ? '' : ready.stderr.trim().split('\n')[0]!,
    wrapped: args => bash((variation.wrap ?? (() => '"$@"'))(place), [place.node, ...args], place.cwd),
    done() {
      if (variation.cleanUp !== undefined) bash(variation.cleanUp(place), [], scratch)
      rmSync(scratch, { recursive: true, force: true })
    }
  }
}

function runArgs(workload: Workload, place: Place, extra: readonly string[]): string[] {
  return [BIN, 'run', '--strict', '--profile', workload.profile, '--input-dir', place.input, '--output-path', join(place.scratch, 'out/refined.xlsx'), '--store-dir', join(place.scratch, 'store'), '--json', ...extra]
}

function outcomeOf(stdout: string, place: Place): Outcome {
  const start = stdout.indexOf('{')
  const result = JSON.parse(stdout.slice(start, stdout.lastIndexOf('}') + 1)) as { run_id: string; record_hash: string }
  return { runId: result.run_id, recordHash: result.record_hash, outputs: folderDigest(join(place.scratch, 'out')) }
}

/** The base: one run in a plain environment, kept until `done`, so that others replay what it stored. */
export function createBase(workload: Workload, node: string): { outcome: Outcome; store: string; done(): void } {
  const staged = stage(BASE, workload, node)
  const result = staged.wrapped(runArgs(workload, staged.place, []))
  if (result.code !== 0) throw new Error(`the base run failed with ${result.code}: ${result.stderr}`)
  return { outcome: outcomeOf(result.stdout, staged.place), store: join(staged.place.scratch, 'store'), done: staged.done }
}

/** Runs and replays under a variation: run there, replay the base's run there, replay its run in plain surroundings. */
export function tryVariation(variation: Variation, workload: Workload, node: string, base: { outcome: Outcome; store: string }, plainNode: string): Verdict {
  const missing = (variation.needs ?? []).filter(program => bash('command -v "$1" >/dev/null', [program], '/').code !== 0)
  if (missing.length > 0) return { variation: variation.name, status: 'not run', control: null, detail: `needs ${missing.join(', ')}` }
  const staged = stage(variation, workload, node)
  const { place } = staged
  try {
    if (staged.ready !== '') return { variation: variation.name, status: 'not run', control: null, detail: staged.ready }
    const different = (detail: string): Verdict => ({ variation: variation.name, status: 'different', control, detail })
    const sample = `${place.input}/${readdirSync(place.input).sort()[0]!}`
    let control: boolean | null = null
    if (variation.control !== null) {
      const copied = join(place.scratch, 'work/data')
      const plain = bash('env -i PATH="$PATH" HOME=/root TZ=UTC LC_ALL=C.UTF-8 "$@"', [plainNode, '-p', variation.control, `${copied}/${readdirSync(copied).sort()[0]!}`], tmpdir())
      const varied = staged.wrapped(['-p', variation.control, sample])
      control = varied.code === 0 && plain.stdout.trim() !== varied.stdout.trim()
    }
    const result = staged.wrapped(runArgs(workload, place, variation.args ?? []))
    if (result.code !== 0) return different(`run exits ${result.code}: ${result.stderr.trim().split('\n').slice(-3).join(' | ')}`)
    const outcome = outcomeOf(result.stdout, place)
    for (const key of ['runId', 'recordHash', 'outputs'] as const) if (outcome[key] !== base.outcome[key]) return different(`${key} is ${outcome[key]}, not ${base.outcome[key]}`)
    const poisoned = findPoison(join(place.scratch, 'out')) ?? null
    if (poisoned !== null) return different(`poison in ${poisoned}`)
    cpSync(base.store, join(place.scratch, 'base-store'), { recursive: true })
    bash(`chmod -R a+rwX ${quote(join(place.scratch, 'base-store'))}`, [], '/')
    const there = staged.wrapped([BIN, 'replay', base.outcome.runId, '--store-dir', join(place.scratch, 'base-store')])
    if (there.code !== 0) return different(`replay of the base run exits ${there.code}: ${there.stderr.trim().split('\n').slice(-3).join(' | ')}`)
    const back = bash('env -i PATH="$PATH" HOME=/root TZ=UTC LC_ALL=C.UTF-8 "$@"', [plainNode, BIN, 'replay', outcome.runId, '--store-dir', join(place.scratch, 'store')], tmpdir())
    if (back.code !== 0) return different(`replay in plain surroundings exits ${back.code}: ${back.stderr.trim().split('\n').slice(-3).join(' | ')}`)
    return { variation: variation.name, status: 'same', control, detail: variation.reason ?? '' }
  } finally {
    staged.done()
  }
}
