/** From the registry of the run before to that of this one: ids for the clusters, and what became of the entities. */
import type { NumberedDecision } from '../decisions/decision.ts'
import { assignIds, compare, type Grouped } from './assign.ts'
import type { EntityRegistry, RegistryEntity, RegistryEvent } from './registry.ts'

/** Records that an event lists; all of them are counted. */
const LISTED = 20
const MOST_ANCHORS = 16

export interface Stamped {
  /** The run, or the token that publication replaces. */
  readonly run_id: string
  readonly as_of: string | null
}

export interface Kept {
  /** By position of the group. */
  readonly ids: readonly string[]
  readonly registry: EntityRegistry
  /** The events of this run. */
  readonly news: readonly RegistryEvent[]
}

/** Records that went from one entity to another, by both ids. */
interface Flow { readonly from: string; readonly to: string; readonly records: string[] }

function flowsOf(previous: EntityRegistry, before: ReadonlyMap<string, number>, groups: readonly Grouped[], ids: readonly string[]): readonly Flow[] {
  const flows = new Map<string, Flow>()
  groups.forEach(({ records }, group) => {
    const to = ids[group]!
    for (const record of records) {
      const entity = before.get(record)
      const from = entity === undefined ? to : previous.entities[entity]!.entity_id
      if (from === to) continue
      const key = `${from} ${to}`
      const flow = flows.get(key)
      if (flow === undefined) flows.set(key, { from, to, records: [record] })
      else flow.records.push(record)
    }
  })
  return [...flows.values()].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to))
}

/**
 * The registry after this run. `groups` are the clusters, each with at least one record; `decisions` are those that
 * stand, and tell why an entity was merged or split. Where nothing changed, it is the registry as it was, byte for byte.
 */
export function keepRegistry(previous: EntityRegistry, groups: readonly Grouped[], decisions: readonly NumberedDecision[], stamp: Stamped): Kept {
  const { ids, how, before: entityBefore } = assignIds(previous, groups)
  const generation = previous.generation + 1
  const known = new Map(previous.entities.map(entity => [entity.entity_id, entity]))
  // Where the records are, and were, that decisions name.
  const named = new Set(decisions.flatMap(({ a, b }) => [a, b]))
  const before = new Map([...named].flatMap((record): [string, string][] => (entityBefore.has(record) ? [[record, previous.entities[entityBefore.get(record)!]!.entity_id]] : [])))
  const now = new Map<string, string>()
  if (named.size > 0) groups.forEach(({ records }, group) => records.forEach(record => void (named.has(record) && now.set(record, ids[group]!))))
  const live = new Set(ids)
  const position = new Map(ids.map((id, group) => [id, group]))
  const flows = flowsOf(previous, entityBefore, groups, ids)

  const because = (kind: 'must-link' | 'cannot-link', one: string, other: string, placeOf: ReadonlyMap<string, string>): RegistryEvent['because'] | undefined => {
    const found = decisions.find(({ decision, a, b }) => decision === kind && ((placeOf.get(a) === one && placeOf.get(b) === other) || (placeOf.get(a) === other && placeOf.get(b) === one)))
    return found === undefined ? undefined : { decision: kind, a: found.a, b: found.b, by: found.by, at: found.at, ...(found.why === undefined ? {} : { why: found.why }) }
  }
  const event = (name: RegistryEvent['event'], entity_id: string, other: string | undefined, records: readonly string[], reason: RegistryEvent['because'] | undefined): RegistryEvent => {
    const sorted = [...records].sort(compare)
    return { line: 'event', generation, event: name, entity_id, ...(other === undefined ? {} : { other }), count: sorted.length, records: sorted.slice(0, LISTED), ...(reason === undefined ? {} : { because: reason }) }
  }

  const news: RegistryEvent[] = []
  const entities: RegistryEntity[] = []
  const goneInto = new Map<string, Flow>()
  for (const flow of flows) {
    const { from, to, records } = flow
    if (live.has(from)) {
      const restored = how[position.get(to)!] === 'restored'
      news.push(event(restored ? 'restored' : 'split', to, from, records, because('cannot-link', to, from, now)))
    } else if (records.length > (goneInto.get(from)?.records.length ?? 0)) goneInto.set(from, flow)
  }
  for (const entity of previous.entities) {
    const { entity_id, state } = entity
    if (live.has(entity_id)) continue
    if (state !== 'live') {
      entities.push(entity)
      continue
    }
    const flow = goneInto.get(entity_id)
    // It keeps the records that it had last, so that it can be known again when the merge is undone.
    if (flow === undefined) {
      entities.push({ ...entity, state: 'retired' })
      news.push(event('retired', entity_id, undefined, entity.records, undefined))
    } else {
      entities.push({ ...entity, state: 'merged', into: flow.to })
      news.push(event('merged', entity_id, flow.to, flow.records, because('must-link', entity_id, flow.to, before)))
    }
    for (const other of flows) if (other.from === entity_id && other !== flow) news.push(event('split', other.to, entity_id, other.records, because('cannot-link', other.to, flow?.to ?? entity_id, now)))
  }
  groups.forEach(({ records, anchors }, group) => {
    const entity_id = ids[group]!
    if (how[group] === 'restored' && !news.some(line => line.event === 'restored' && line.entity_id === entity_id)) news.push(event('restored', entity_id, undefined, records, undefined))
    if (how[group] === 'recognised') news.push(event('recognised', entity_id, undefined, records, undefined))
    const kept = [...new Set(anchors)].sort(compare).slice(0, MOST_ANCHORS)
    entities.push({ line: 'entity', entity_id, since: known.get(entity_id)?.since ?? generation, state: 'live', records: [...records].sort(compare), ...(kept.length === 0 ? {} : { anchors: kept }) })
  })
  entities.sort((a, b) => compare(a.entity_id, b.entity_id))
  news.sort((a, b) => compare(a.entity_id, b.entity_id) || compare(a.event, b.event) || compare(a.other ?? '', b.other ?? ''))
  if (news.length === 0 && sameLines(previous.entities, entities)) return { ids, registry: previous, news }
  const counts = { entities: groups.length, records: groups.reduce((sum, { records }) => sum + records.length, 0) }
  return {
    ids,
    news,
    registry: {
      generation,
      generations: [...previous.generations, { line: 'generation', generation, run_id: stamp.run_id, as_of: stamp.as_of, ...counts }],
      entities,
      events: [...previous.events, ...news]
    }
  }
}

function sameTexts(a: readonly string[] = [], b: readonly string[] = []): boolean {
  return a.length === b.length && a.every((text, at) => text === b[at])
}

function sameLines(a: readonly RegistryEntity[], b: readonly RegistryEntity[]): boolean {
  return a.length === b.length && a.every(({ entity_id, state, into, since, records, anchors }, at) => {
    const other = b[at]!
    return entity_id === other.entity_id && state === other.state && into === other.into && since === other.since && sameTexts(records, other.records) && sameTexts(anchors, other.anchors)
  })
}
