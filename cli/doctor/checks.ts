/** What the doctor looks at. Each check tells what it found and never throws for a fault that it can tell. */
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EXIT, type ExitCode } from '../../kernel/error.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { resolveRequest, type Request } from '../config/request.ts'
import { findWorkspace, shownPath } from '../config/workspace.ts'
import { asHotpassError } from '../render/error.ts'
import { checkOutputs } from './output-check.ts'
import { checkPackage } from './package-check.ts'
import { checkAuditLog, checkCoverage, checkLeftovers, checkStoreIntegrity } from './store-checks.ts'

export interface Finding {
  readonly status: 'ok' | 'warning' | 'error' | 'skipped' | 'fixed'
  readonly message: string
  readonly hint?: string
  readonly details?: JsonObject
  /** Of an error; else 1. */
  readonly exit?: ExitCode
}

export interface Examination {
  readonly input: JsonObject
  readonly host: CommandHost
  readonly full: boolean
  readonly autofix: boolean
  /** Undefined when the configuration is too broken to tell. */
  readonly storeFolder: string | undefined
  /** Set by the check of the configuration; later checks that need it are skipped without it. */
  request: Request | undefined
}

export interface Check {
  readonly id: string
  readonly title: string
  readonly group: 'Runtime' | 'Configuration' | 'Store' | 'Inputs' | 'Outputs' | 'Goldens' | 'Network'
  run(examination: Examination): Finding | Promise<Finding>
}

const fault = (thrown: unknown): Finding => {
  const error = asHotpassError(thrown)
  return { status: 'error', message: error.message, hint: error.hint, details: { code: error.code }, exit: error.exitCode }
}
const NO_CONFIG: Finding = { status: 'skipped', message: 'needs a configuration that resolves' }
const OLDEST_NODE = [20, 19] as const
const MEGABYTE = 1_048_576

function nodeVersion(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number]
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
  const details = { node: process.versions.node, platform: process.platform, arch: process.arch }
  return isOld
    ? { status: 'error', message: `Node ${process.versions.node} is too old`, hint: `install Node ${OLDEST_NODE.join('.')} or later`, details }
    : { status: 'ok', message: `Node ${process.versions.node} on ${process.platform} ${process.arch}`, details }
}

function unicode(): Finding {
  const { icu, unicode: version } = process.versions
  const details = { icu: icu ?? '', unicode: version ?? '' }
  // Without ICU, Node cannot decode the encodings that old spreadsheets are in.
  return icu === undefined ? { status: 'error', message: 'this Node has no ICU', hint: 'use a Node with full ICU, as those of nodejs.org', details } : { status: 'ok', message: `Unicode ${version}, ICU ${icu}`, details }
}

async function engine(): Promise<Finding> {
  const { Engine } = await import('../../operators/read/engine/engine.ts')
  try {
    const { size } = new Engine(() => new RangeError())
    return { status: 'ok', message: 'the engine that reads starts', details: { bytes: size } }
  } catch (error) {
    return fault(error)
  }
}

async function configuration(examination: Examination): Promise<Finding> {
  try {
    const request = await resolveRequest(examination.input, examination.host)
    examination.request = request
    const files = request.layers.filter(({ kind }) => kind === 'file' || kind === 'profile').map(({ name }) => name)
    return { status: 'ok', message: `${files.join(', ')}; fingerprint ${request.config.fingerprint.slice(0, 12)}`, details: { files, fingerprint: request.config.fingerprint } }
  } catch (error) {
    return fault(error)
  }
}

async function lint({ request }: Examination): Promise<Finding> {
  if (request === undefined) return NO_CONFIG
  const { lintProfile } = await import('./lint.ts')
  const notes = lintProfile(request.config.identity)
  return notes.length === 0
    ? { status: 'ok', message: `profile ${request.profile.name} refers to nothing that is not there` }
    : { status: 'warning', message: `${notes[0]}${notes.length === 1 ? '' : ` (and ${notes.length - 1} more)`}`, hint: 'correct the profile; hotpass doctor --json lists all', details: { notes } }
}

function clock({ request }: Examination): Finding {
  if (request === undefined) return NO_CONFIG
  const asOf = request.config.pipeline.as_of
  return { status: 'ok', message: asOf === undefined ? 'not pinned; nothing in the pipeline needs it' : `pinned at ${asOf}`, details: { as_of: asOf ?? null } }
}

/** Whether somebody said where the inputs are: a workspace, a file or a variable. */
function isInputFolderMeant({ workspace, config }: Request): boolean {
  return workspace.file !== undefined || config.origins.get('pipeline.input_dir')?.kind !== 'default'
}

async function inputs({ request, host }: Examination): Promise<Finding> {
  if (request === undefined) return NO_CONFIG
  if (!isInputFolderMeant(request) && !existsSync(request.inputDir)) return { status: 'skipped', message: `there is no workspace here, and no folder ${shownPath(request.inputDir, host.cwd)}: hotpass run takes any other with --input-dir` }
  const { listInputs } = await import('../../kernel/host/inputs.ts')
  const ingest = request.config.identity['ingest'] as { readonly include: readonly string[]; readonly exclude: readonly string[]; readonly limits: { readonly file_bytes: number } }
  try {
    const shown = shownPath(request.inputDir, host.cwd)
    const { files, passed } = await listInputs({ folder: request.inputDir, shown, include: ingest.include, exclude: ingest.exclude, fileBytes: ingest.limits.file_bytes })
    for (const { id, path } of files) {
      try {
        accessSync(path, constants.R_OK)
      } catch {
        return { status: 'error', message: `${id} may not be read`, hint: 'give yourself the right to read it', details: { file: id } }
      }
    }
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    const details = { files: files.map(({ id }) => id), bytes, passed: passed.map(({ id }) => id) }
    return passed.length > 0 ? { status: 'warning', message: `${files.length} files in ${shown}; ${passed[0]!.id} is passed over: ${passed[0]!.reason}`, details } : { status: 'ok', message: `${files.length} ${files.length === 1 ? 'file' : 'files'} in ${shown}`, details }
  } catch (error) {
    return fault(error)
  }
}

/** The folder itself, or the nearest one above it that exists. */
function existing(folder: string): string {
  for (let at = folder; ; at = dirname(at)) if (existsSync(at) || dirname(at) === at) return at
}

function writable({ request, autofix, host }: Examination): Finding {
  if (request === undefined) return NO_CONFIG
  const folder = dirname(request.outputBase)
  const shown = shownPath(folder, host.cwd)
  try {
    accessSync(existing(folder), constants.W_OK)
    if (!existsSync(folder)) {
      if (!autofix) return { status: 'ok', message: `${shown} will be made by the first run` }
      mkdirSync(folder, { recursive: true })
      return { status: 'fixed', message: `${shown} was made` }
    }
    return { status: 'ok', message: `${shown} is writable` }
  } catch {
    return { status: 'error', message: `${shown} is not writable`, hint: 'choose another place with --output-path or --dist-dir' }
  }
}

function space({ request }: Examination): Finding {
  if (request === undefined) return NO_CONFIG
  try {
    const facts = statfsSync(existing(dirname(request.outputBase)))
    const free = facts.bavail * facts.bsize
    const details = { free_bytes: free }
    return free < 256 * MEGABYTE ? { status: 'warning', message: `${Math.floor(free / MEGABYTE)} MB are free`, hint: 'a run needs about ten times the size of its inputs', details } : { status: 'ok', message: `${Math.floor(free / MEGABYTE)} MB are free`, details }
  } catch (error) {
    return { ...fault(error), status: 'warning' }
  }
}

async function goldens({ host, full }: Examination): Promise<Finding> {
  const folder = join(findWorkspace(host.cwd).root, 'golden')
  if (!existsSync(folder)) return { status: 'skipped', message: 'this workspace has none' }
  if (!full) return { status: 'skipped', message: 'run with --full' }
  const { checkGoldens } = await import('../golden/golden.ts')
  try {
    const { result, exit } = await checkGoldens({ golden_dir: folder }, host, '')
    const cases = result['cases'] as readonly { readonly name: string; readonly status: string }[]
    const wrong = cases.filter(({ status }) => status !== 'same').map(({ name }) => name)
    return exit === EXIT.ok ? { status: 'ok', message: `${cases.length} cases are the same`, details: { cases: cases.map(({ name }) => name) } } : { status: 'error', message: `${wrong.join(', ')} differs`, hint: 'see hotpass golden check', exit, details: { cases: wrong } }
  } catch (error) {
    return fault(error)
  }
}

async function network(): Promise<Finding> {
  const { OPERATORS } = await import('../../operators/index.ts')
  const users: string[] = []
  for (const [id, load] of OPERATORS) if ((await load()).operator.entropy.includes('network')) users.push(id)
  return users.length === 0 ? { status: 'ok', message: 'closed: no operator can use it' } : { status: 'warning', message: `${users.join(', ')} can use it`, details: { operators: users } }
}

export const CHECKS: readonly Check[] = [
  { id: 'runtime.node', title: 'Node', group: 'Runtime', run: nodeVersion },
  { id: 'runtime.unicode', title: 'Unicode', group: 'Runtime', run: unicode },
  { id: 'runtime.engine', title: 'engine', group: 'Runtime', run: engine },
  { id: 'runtime.package', title: 'package', group: 'Runtime', run: checkPackage },
  { id: 'config.resolves', title: 'configuration', group: 'Configuration', run: configuration },
  { id: 'config.lint', title: 'profile', group: 'Configuration', run: lint },
  { id: 'config.clock', title: 'clock', group: 'Configuration', run: clock },
  { id: 'store.integrity', title: 'integrity', group: 'Store', run: checkStoreIntegrity },
  { id: 'store.coverage', title: 'records', group: 'Store', run: checkCoverage },
  { id: 'store.leftovers', title: 'leftovers and locks', group: 'Store', run: checkLeftovers },
  { id: 'store.audit', title: 'log of agents', group: 'Store', run: checkAuditLog },
  { id: 'inputs.readable', title: 'inputs', group: 'Inputs', run: inputs },
  { id: 'outputs.writable', title: 'folder', group: 'Outputs', run: writable },
  { id: 'outputs.unaltered', title: 'files', group: 'Outputs', run: checkOutputs },
  { id: 'outputs.space', title: 'space', group: 'Outputs', run: space },
  { id: 'golden.digests', title: 'golden cases', group: 'Goldens', run: goldens },
  { id: 'network.switches', title: 'network', group: 'Network', run: network }
]

