/** What became of one entity, from the registry's ledger. */
import { compare } from './assign.ts'
import type { EntityRegistry, RegistryEntity, RegistryEvent } from './registry.ts'

export interface HistoryEntry {
  readonly generation: number
  readonly run_id: string
  readonly as_of: string | null
  /** `appeared`, or the event's name as this entity sees it: `took in`, `gave up`. */
  readonly what: 'appeared' | 'merged' | 'took-in' | 'split' | 'gave-up' | 'restored' | 'retired' | 'recognised'
  readonly other: string | null
  readonly count: number
  readonly records: readonly string[]
  readonly because: RegistryEvent['because'] | null
}

export interface History {
  readonly entity: RegistryEntity
  /** The live entity that its records are in now; null when it is retired. */
  readonly now: string | null
  readonly entries: readonly HistoryEntry[]
  /** Ids that were merged into it and still are. */
  readonly absorbed: readonly string[]
}

/** The live entity that an id leads to; null when its records are gone. */
export function currentOf(registry: EntityRegistry, id: string): string | null {
  const byId = new Map(registry.entities.map(entity => [entity.entity_id, entity]))
  let entity = byId.get(id)
  for (let steps = 0; entity !== undefined && entity.state === 'merged' && steps <= registry.entities.length; steps++) entity = byId.get(entity.into ?? '')
  return entity?.state === 'live' ? entity.entity_id : null
}

/** The history of an entity, oldest first; undefined when the registry does not know it. */
export function historyOf(registry: EntityRegistry, id: string): History | undefined {
  const entity = registry.entities.find(({ entity_id }) => entity_id === id)
  if (entity === undefined) return undefined
  const made = new Map(registry.generations.map(line => [line.generation, line]))
  const stamp = (generation: number): { generation: number; run_id: string; as_of: string | null } => ({ generation, run_id: made.get(generation)?.run_id ?? '', as_of: made.get(generation)?.as_of ?? null })
  const entries: HistoryEntry[] = []
  const own = registry.events.filter(({ entity_id, other }) => entity_id === id || other === id)
  // An entity that came out of another one appears by that event.
  if (!own.some(({ event, entity_id, generation }) => event === 'split' && entity_id === id && generation === entity.since)) {
    entries.push({ ...stamp(entity.since), what: 'appeared', other: null, count: 0, records: [], because: null })
  }
  for (const { generation, event, entity_id, other, count, records, because } of own) {
    const what = entity_id === id ? event : event === 'merged' ? 'took-in' : 'gave-up'
    entries.push({ ...stamp(generation), what, other: (entity_id === id ? other : entity_id) ?? null, count, records, because: because ?? null })
  }
  const absorbed = registry.entities.filter(({ state, into }) => state === 'merged' && into === id).map(({ entity_id }) => entity_id).sort(compare)
  return { entity, now: currentOf(registry, id), entries, absorbed }
}
