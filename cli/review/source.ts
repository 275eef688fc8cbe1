/** The linkage that a review command is about: the last run that made one, or the run that was named. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import type { Frame } from '../../kernel/artifact/table.ts'
import { openStore, type FolderStore } from '../../kernel/host/store/store.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { Store } from '../../kernel/store.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { CODECS } from '../../operators/codecs.ts'
import type { Linkage } from '../../operators/explain/pair.ts'
import type { LinkClustersMeta, LinkRecordsMeta, LinkScoresMeta } from '../../operators/linkage/stages.ts'
import { resolveRequest, type Request } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { findAttempt, readRun, type RecordedRun } from '../pipeline/store.ts'

export interface LinkageSource {
  readonly request: Request
  readonly store: FolderStore
  readonly recorded: RecordedRun
  readonly linkage: Linkage
}

/** The artifact of a kind that a run made, of several the last; undefined when it made none. */
export function artifactOfKind<T>(store: Store, { steps }: RecordedRun, kind: string): T | undefined {
  for (const { identity } of [...steps.values()].reverse()) {
    const ref = identity.output_refs.find(output => output.kind === kind)
    if (ref !== undefined) return CODECS.get(kind)!.decode(store.get(ref.hash)) as T
  }
  return undefined
}

const made = ({ steps }: RecordedRun, kind: string): boolean => [...steps.values()].some(({ identity }) => identity.output_refs.some(output => output.kind === kind))

/** The last attempt that made an artifact of this kind, or the run that `input.run` names. Throws E_UNKNOWN_NAME. */
export function recordedWith(store: Store, input: JsonObject, kind: string, what: string, hint: string): RecordedRun {
  const wanted = input['run'] as string | undefined
  if (wanted !== undefined && wanted !== 'latest') {
    const recorded = readRun(store, findAttempt(store, wanted, { finished: true }))
    if (made(recorded, kind)) return recorded
    throw new HotpassError('E_UNKNOWN_NAME', `run ${recorded.run.identity.run_id} has no ${what}`, { hint })
  }
  for (const entry of [...store.attempts()].reverse()) {
    const recorded = readRun(store, entry)
    if (made(recorded, kind)) return recorded
  }
  throw new HotpassError('E_UNKNOWN_NAME', `the store holds no run with ${what}`, { hint })
}

/** Opens the store of a request for reading. Throws E_STORE_MISSING. */
export function storeOf(request: Request, host: CommandHost): FolderStore {
  const { storeDir } = request
  if (!existsSync(storeDir)) throw new HotpassError('E_STORE_MISSING', `there is no store at ${shownPath(storeDir, host.cwd)}`, { hint: 'hotpass resolve makes one; or name it with -C or --store-dir' })
  return openStore(storeDir, { readOnly: true })
}

/** Throws E_STORE_MISSING, E_UNKNOWN_NAME, and what reading the store throws. The caller closes the store. */
export async function openLinkage(input: JsonObject, host: CommandHost): Promise<LinkageSource> {
  const request = await resolveRequest(input, host)
  const store = storeOf(request, host)
  try {
    const recorded = recordedWith(store, input, 'link-clusters', 'a linkage', 'hotpass resolve --input-file records.csv makes one')
    const [records, scores, clusters] = [artifactOfKind<Frame<LinkRecordsMeta>>(store, recorded, 'link-records'), artifactOfKind<Frame<LinkScoresMeta>>(store, recorded, 'link-scores'), artifactOfKind<Frame<LinkClustersMeta>>(store, recorded, 'link-clusters')]
    if (records === undefined || scores === undefined || clusters === undefined) throw new HotpassError('E_UNKNOWN_NAME', `run ${recorded.run.identity.run_id} did not come to an end`, { hint: 'run hotpass resolve again' })
    return { request, store, recorded, linkage: { records, scores, clusters } }
  } catch (error) {
    store.close()
    throw error
  }
}

/**
 * The file of decisions of a request: as configured or as the profile says, else decisions.jsonl in the workspace.
 * Absolute, and as people see it; `named` tells whether somebody named it, so that it has to be there.
 */
export function decisionsPath({ config, workspace }: Request, host: CommandHost): { readonly path: string; readonly shown: string; readonly named: boolean } {
  const { linkage } = config.identity['refine'] as { readonly linkage?: { readonly decisions?: string } }
  const named = config.pipeline.decisions_path ?? linkage?.decisions
  const path = resolve(workspace.root, named ?? 'decisions.jsonl')
  return { path, shown: shownPath(path, host.cwd), named: named !== undefined }
}
