/** The registry that a command looks at: the file that is configured or named, else what the last run kept. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import { RUN_ID_TOKEN } from '../../kernel/artifact/files.ts'
import { readInput } from '../../kernel/host/inputs.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { didYouMean } from '../did-you-mean.ts'
import { readRegistry, type EntityRegistry } from '../../operators/identity/registry.ts'
import { resolveRequest, type Request } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { artifactOfKind, recordedWith, storeOf } from '../review/source.ts'

const LARGEST = 4096 * 1_048_576

export interface RegistrySource {
  readonly registry: EntityRegistry
  /** File or run, as people see it. */
  readonly from: string
  readonly request: Request
}

/** An artifact of a run holds the token where its own id belongs. */
function stamped(registry: EntityRegistry, runId: string): EntityRegistry {
  return { ...registry, generations: registry.generations.map(line => (line.run_id === RUN_ID_TOKEN ? { ...line, run_id: runId } : line)) }
}

/** Throws E_INPUT_MISSING for a file that is named and not there, E_INPUT_UNREADABLE, E_UNKNOWN_NAME when no run kept a registry. */
export async function openRegistry(input: JsonObject, host: CommandHost): Promise<RegistrySource> {
  const request = await resolveRequest(input, host)
  const configured = request.config.pipeline.registry_path
  if (configured !== undefined && input['run'] === undefined) {
    const path = resolve(request.workspace.root, configured)
    const shown = shownPath(path, host.cwd)
    if (existsSync(path) || input['registry_path'] !== undefined) return { registry: readRegistry(readInput({ id: shown, path, bytes: 0 }, LARGEST), shown), from: shown, request }
  }
  const store = storeOf(request, host)
  try {
    const recorded = recordedWith(store, input, 'entity-registry', 'an entity registry', 'hotpass resolve --registry-path entities.jsonl keeps one')
    const runId = recorded.run.identity.run_id
    return { registry: stamped(artifactOfKind<EntityRegistry>(store, recorded, 'entity-registry')!, runId), from: runId, request }
  } finally {
    store.close()
  }
}

/** The entity that an id, or its beginning, means; a record's id means the entity that it is in. Throws E_UNKNOWN_NAME. */
export function entityOf({ entities }: EntityRegistry, wanted: string): string {
  const exact = entities.find(({ entity_id }) => entity_id === wanted)
  if (exact !== undefined) return exact.entity_id
  const holder = entities.find(({ state, records }) => state === 'live' && records.includes(wanted))
  if (holder !== undefined) return holder.entity_id
  const prefix = wanted.startsWith('ent-') ? wanted : `ent-${wanted}`
  const starting = entities.filter(({ entity_id }) => entity_id.startsWith(prefix))
  if (starting.length === 1) return starting[0]!.entity_id
  if (starting.length > 1) throw new HotpassError('E_UNKNOWN_NAME', `several entities begin with ${wanted}: ${starting.slice(0, 4).map(({ entity_id }) => entity_id).join(', ')}`, { hint: 'give more of the id' })
  throw new HotpassError('E_UNKNOWN_NAME', `the registry has no entity and no record ${wanted}`, { hint: didYouMean(wanted, entities.slice(0, 10_000).map(({ entity_id }) => entity_id), 'hotpass entities list shows what there is') })
}
