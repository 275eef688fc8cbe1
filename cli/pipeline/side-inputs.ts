/** Inputs of a run besides the files of its folder: what people decided, and the registry of the run before. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readInput } from '../../kernel/host/inputs.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { Store } from '../../kernel/store.ts'
import type { ArtifactRef } from '../../kernel/types.ts'
import { readDecisions } from '../../operators/decisions/read.ts'
import { readRegistry } from '../../operators/identity/registry.ts'
import { DECISIONS_INPUT, REGISTRY_INPUT } from '../../operators/model/side-inputs.ts'
import type { Request } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { decisionsPath } from '../review/source.ts'

const LARGEST = 2048 * 1_048_576
const NOTHING = new Uint8Array(0)

function taken(store: Pick<Store, 'put'>, id: string, bytes: Uint8Array): ArtifactRef {
  return { id, kind: 'bytes', schema: 'urn:hotpass:bytes:1', hash: store.put(bytes), bytes: bytes.length }
}

/** The path of the registry, when one is kept. */
export function registryPath({ config, workspace }: Request): string | undefined {
  const path = config.pipeline.registry_path
  return path === undefined ? undefined : resolve(workspace.root, path)
}

/**
 * Takes them into the store. `decisions.jsonl` in the workspace counts when it is there; a file that is configured must be.
 * Throws E_DECISIONS for one that contradicts itself, E_INPUT_MISSING, E_INPUT_UNREADABLE.
 */
export function sideInputs(request: Request, store: Pick<Store, 'put'>, host: CommandHost): readonly ArtifactRef[] {
  const found: ArtifactRef[] = []
  const decisions = decisionsPath(request, host)
  if (decisions.named || existsSync(decisions.path)) {
    const bytes = readInput({ id: decisions.shown, path: decisions.path, bytes: 0 }, LARGEST)
    const { standing } = readDecisions(bytes, decisions.shown)
    host.tell({ event: 'run.decisions', level: 'info', message: `${standing.length} ${standing.length === 1 ? 'decision' : 'decisions'} of people in ${decisions.shown}`, data: { file: decisions.shown, decisions: standing.length } })
    found.push(taken(store, DECISIONS_INPUT, bytes))
  }
  const registry = registryPath(request)
  if (registry !== undefined) {
    const shown = shownPath(registry, host.cwd)
    const bytes = existsSync(registry) ? readInput({ id: shown, path: registry, bytes: 0 }, LARGEST) : NOTHING
    if (bytes.length > 0) readRegistry(bytes, shown)
    found.push(taken(store, REGISTRY_INPUT, bytes))
  }
  return found
}

/** Where published files go that have a place of their own, by suffix. Absolute. */
export function ownPlaces(request: Request): ReadonlyMap<string, string> {
  const { config, workspace } = request
  const places = new Map<string, string>()
  const registry = registryPath(request)
  if (registry !== undefined) places.set('.entities.jsonl', registry)
  if (config.pipeline.party_store_path !== undefined) places.set('.parties.json', resolve(workspace.root, config.pipeline.party_store_path))
  const graph = config.pipeline.export_graph
  if (graph !== undefined) {
    const base = resolve(workspace.root, graph).replace(/\.(graphml|json)$/i, '')
    places.set('.graphml', `${base}.graphml`).set('.graph.json', `${base}.json`)
  }
  return places
}
