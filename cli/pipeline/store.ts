/** Which store a command means, and which run. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import { openStore, type FolderStore } from '../../kernel/host/store/store.ts'
import { openRun, openStep } from '../../kernel/record/seal.ts'
import type { RunRecord, StepRecord } from '../../kernel/record/types.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { AttemptEntry, Store } from '../../kernel/store.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { readConfigFile } from '../config/parse.ts'
import { findWorkspace, shownPath, splitPaths } from '../config/workspace.ts'
import { didYouMean } from '../did-you-mean.ts'

/** The folder of the store: the flag, the variable, the configuration files, else `.hotpass` in the workspace. Absolute. */
export async function storeFolder(input: JsonObject, host: CommandHost): Promise<string> {
  const flag = input['store_dir'] as string | undefined
  if (flag !== undefined) return resolve(host.cwd, flag)
  const workspace = findWorkspace(host.cwd)
  const variable = host.env['HOTPASS_STORE_DIR'] ?? ''
  if (variable !== '') return resolve(workspace.root, variable)
  const files = [...splitPaths(host.env['HOTPASS_CONFIG'] ?? '').reverse().map(path => resolve(host.cwd, path)), ...(workspace.file === undefined ? [] : [workspace.file])]
  for (const file of files) {
    const { value } = await readConfigFile(file, shownPath(file, host.cwd), 'config')
    const said = (value['pipeline'] as JsonObject | undefined)?.['store_dir']
    if (typeof said === 'string') return resolve(workspace.root, said)
  }
  return resolve(workspace.root, '.hotpass')
}

/** Opens the store for reading. Throws E_STORE_MISSING with a hint that suits where the user is. */
export async function openStoreToRead(input: JsonObject, host: CommandHost): Promise<FolderStore> {
  const folder = await storeFolder(input, host)
  if (!existsSync(folder)) throw new HotpassError('E_STORE_MISSING', `there is no store at ${shownPath(folder, host.cwd)}`, { hint: 'hotpass run makes one; or go to the workspace, or name it with -C or --store-dir' })
  return openStore(folder, { readOnly: true })
}

/** A finished or failed attempt with its records. */
export interface RecordedRun {
  readonly entry: AttemptEntry
  readonly run: RunRecord
  /** By step id. */
  readonly steps: ReadonlyMap<string, StepRecord>
}

/** Reads the records of one attempt. Throws E_STORE_MISSING, E_STORE_DAMAGED, E_RECORD_INVALID. */
export function readRun(store: Store, entry: AttemptEntry): RecordedRun {
  const stored = store.records(entry.run_id, entry.attempt)
  const own = stored.find(({ name }) => name === 'run')
  if (own === undefined) throw new HotpassError('E_STORE_MISSING', `the record of ${entry.run_id} is missing`, { hint: 'run hotpass doctor --full' })
  return {
    entry,
    run: openRun(own.record, 'run'),
    steps: new Map(stored.filter(({ name }) => name !== 'run').map(({ name, record }) => [name, openStep(record, name)]))
  }
}

const FINISHED: ReadonlySet<string> = new Set(['succeeded', 'degraded', 'breached'])

/**
 * The attempt that is meant by a run id, its beginning, `latest`, or `latest~2` for the second before it. With
 * `finished`, attempts that came to an end are preferred. Throws E_UNKNOWN_NAME.
 */
export function findAttempt(store: Store, wanted: string, options: { readonly attempt?: number; readonly finished?: boolean } = {}): AttemptEntry {
  const entries = store.attempts()
  if (entries.length === 0) throw new HotpassError('E_UNKNOWN_NAME', 'the store holds no run yet', { hint: 'hotpass run makes one' })
  const prefix = wanted.startsWith('run-') ? wanted : `run-${wanted}`
  const finished = (list: readonly AttemptEntry[]): AttemptEntry | undefined => (options.finished === true ? list.findLast(({ outcome }) => FINISHED.has(outcome)) : undefined) ?? list.at(-1)
  const back = /^latest~(\d{1,6})$/.exec(wanted)?.[1]
  if (back !== undefined) {
    const list = options.finished === true ? entries.filter(({ outcome }) => FINISHED.has(outcome)) : entries
    const found = list.at(-1 - Number(back))
    if (found === undefined) throw new HotpassError('E_UNKNOWN_NAME', `there are only ${list.length} runs that ${wanted} could count back from`, { hint: 'hotpass runs list shows what there is' })
    return found
  }
  const candidates = wanted === 'latest' ? entries : entries.filter(entry => entry.run_id.startsWith(prefix))
  const ids = [...new Set(candidates.map(entry => entry.run_id))]
  if (ids.length === 0) throw new HotpassError('E_UNKNOWN_NAME', `there is no run ${wanted} in the store`, { hint: didYouMean(wanted, new Set(entries.map(entry => entry.run_id)), 'hotpass runs list shows what there is') })
  if (wanted !== 'latest' && ids.length > 1) throw new HotpassError('E_UNKNOWN_NAME', `several runs begin with ${wanted}: ${ids.slice(0, 4).join(', ')}`, { hint: 'give more of the id' })
  if (options.attempt !== undefined) {
    const runId = wanted === 'latest' ? candidates.at(-1)!.run_id : ids[0]!
    const found = entries.find(entry => entry.run_id === runId && entry.attempt === options.attempt)
    if (found === undefined) throw new HotpassError('E_UNKNOWN_NAME', `run ${runId} has no attempt ${options.attempt}`, { hint: `it has ${entries.filter(entry => entry.run_id === runId).length}` })
    return found
  }
  return finished(candidates)!
}

/** The configuration that a run had. Throws E_STORE_MISSING or E_STORE_DAMAGED. */
export function configOf(store: Store, run: RunRecord): JsonObject {
  return JSON.parse(new TextDecoder().decode(store.get(run.identity.config_hash))) as JsonObject
}

/** The profile's name in a stored configuration; null when the configuration is gone. */
export function profileOf(store: Store, run: RunRecord): string | null {
  try {
    const name = configOf(store, run)['profile']
    return typeof name === 'string' ? name : null
  } catch {
    return null
  }
}

/** The fields that a stored configuration calls personal, besides those of personal types. */
export function piiFieldsOf(config: JsonObject): readonly string[] {
  return ((config['compliance'] as JsonObject | undefined)?.['pii_fields'] as readonly string[] | undefined) ?? []
}
