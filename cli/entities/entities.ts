/** `hotpass entities list`, `show` and `history`. */
import { EXIT } from '../../kernel/error.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { currentOf, historyOf } from '../../operators/identity/history.ts'
import { recordPlaces } from './places.ts'
import { entityOf, openRegistry } from './registry-source.ts'

export async function listEntities(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const { registry, from } = await openRegistry(input, host)
  const state = input['state'] as string | undefined
  const changed = input['changed'] === true
  const touched = changed ? new Set(registry.events.filter(({ generation }) => generation === registry.generation).flatMap(({ entity_id, other }) => (other === undefined ? [entity_id] : [entity_id, other]))) : undefined
  const found = registry.entities.filter(entity => (state === undefined ? changed || entity.state === 'live' : entity.state === state) && (touched === undefined || touched.has(entity.entity_id) || entity.since === registry.generation))
  const limit = (input['limit'] as number | undefined) ?? 50
  const count = (wanted: string): number => registry.entities.reduce((sum, entity) => sum + (entity.state === wanted ? 1 : 0), 0)
  return {
    exit: EXIT.ok,
    result: {
      schema,
      from,
      generation: registry.generation,
      counts: { live: count('live'), merged: count('merged'), retired: count('retired') },
      entities: found.slice(0, limit).map(({ entity_id, state: own, since, records, into }) => ({ entity_id, state: own, since, records: records.length, now: own === 'live' ? entity_id : into === undefined ? null : currentOf(registry, entity_id) })),
      total: found.length
    }
  }
}

export async function showEntity(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const { registry, from, request } = await openRegistry(input, host)
  const id = entityOf(registry, input['entity'] as string)
  const { entity, now, absorbed } = historyOf(registry, id)!
  return { exit: EXIT.ok, result: { schema, from, entity_id: id, state: entity.state, since: entity.since, now, records: entity.records, places: recordPlaces(request, input, entity.records) as unknown as Json, absorbed } }
}

export async function entityHistory(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const { registry, from } = await openRegistry(input, host)
  const id = entityOf(registry, input['entity'] as string)
  const { entity, now, absorbed, entries } = historyOf(registry, id)!
  return { exit: EXIT.ok, result: { schema, from, entity_id: id, state: entity.state, now, absorbed, history: entries as unknown as Json } }
}
