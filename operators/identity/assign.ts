/**
 * Stable entity ids. A cluster keeps the id of the earlier entity that it shares most records with; of two that want
 * one id, the one with more of its records gets it. A part that comes out of a merge gets back the id that it had
 * before. An entity whose records were all edited is known again by its identifying values. What is left gets a new id.
 * Nothing depends on the order of the records or clusters: ties are broken by age, then by id.
 */
import { digestBytes } from '../../kernel/hash.ts'
import type { EntityRegistry, RegistryEntity } from './registry.ts'

/** The records of one entity now, in any order, and digests of what identifies it. */
export interface Grouped {
  readonly records: readonly string[]
  readonly anchors: readonly string[]
}

export interface Assigned {
  /** By position of the group. */
  readonly ids: readonly string[]
  /** How each group came by its id. */
  readonly how: readonly ('kept' | 'restored' | 'recognised' | 'new')[]
  /** Record to the live entity that it was in before, by position in the registry. */
  readonly before: ReadonlyMap<string, number>
}

interface Claim { readonly group: number; readonly entity: number; readonly shared: number }

const SPARE = 1000

/** Takes the claims in order of strength, each group and each entity once. */
function settle(claims: Claim[], entities: readonly RegistryEntity[], firsts: readonly string[], idOf: (string | undefined)[], taken: Set<number>, took: (group: number) => void): void {
  claims.sort((a, b) => b.shared - a.shared || entities[a.entity]!.since - entities[b.entity]!.since || compare(entities[a.entity]!.entity_id, entities[b.entity]!.entity_id) || compare(firsts[a.group]!, firsts[b.group]!))
  for (const { group, entity } of claims) {
    if (idOf[group] !== undefined || taken.has(entity)) continue
    idOf[group] = entities[entity]!.entity_id
    taken.add(entity)
    took(group)
  }
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Ids for groups that share no record. */
export function assignIds({ entities }: EntityRegistry, groups: readonly Grouped[]): Assigned {
  const firsts = groups.map(({ records }) => records.reduce((first, id) => (id < first ? id : first)))
  const idOf: (string | undefined)[] = groups.map(() => undefined)
  const how: Assigned['how'][number][] = groups.map(() => 'new')
  const taken = new Set<number>()

  const liveOf = new Map<string, number>()
  const goneOf = new Map<string, number[]>()
  entities.forEach(({ state, records }, entity) => {
    for (const record of records) {
      if (state === 'live') liveOf.set(record, entity)
      else if (goneOf.has(record)) goneOf.get(record)!.push(entity)
      else goneOf.set(record, [entity])
    }
  })

  const kept: Claim[] = []
  const restorable: Claim[] = []
  groups.forEach(({ records }, group) => {
    for (const [entity, shared] of countBy(records, record => liveOf.get(record))) kept.push({ group, entity, shared })
    if (goneOf.size === 0) return
    const gone = new Map<number, number>()
    for (const record of records) for (const entity of goneOf.get(record) ?? []) gone.set(entity, (gone.get(entity) ?? 0) + 1)
    // Half of a group must have been that entity's, or the old id would come to stand for something else.
    for (const [entity, shared] of gone) if (shared * 2 >= records.length) restorable.push({ group, entity, shared })
  })
  const returning = returningGroups(entities, kept, restorable)
  settle(kept.filter(({ group }) => !returning.has(group)), entities, firsts, idOf, taken, group => void (how[group] = 'kept'))
  settle(restorable, entities, firsts, idOf, taken, group => void (how[group] = 'restored'))
  settle(kept, entities, firsts, idOf, taken, group => void (how[group] = 'kept'))
  settle(recognisable(entities, groups, idOf, taken, kept), entities, firsts, idOf, taken, group => void (how[group] = 'recognised'))

  const used = new Set([...entities.map(({ entity_id }) => entity_id), ...idOf.filter(id => id !== undefined)])
  const order = groups.map((_, group) => group).filter(group => idOf[group] === undefined).sort((a, b) => compare(firsts[a]!, firsts[b]!))
  for (const group of order) {
    for (let spare = 0; spare < SPARE && idOf[group] === undefined; spare++) {
      const id = `ent-${digestBytes(`entity\u0000${firsts[group]!}\u0000${spare}`).slice(0, 16)}`
      if (used.has(id)) continue
      used.add(id)
      idOf[group] = id
    }
  }
  return { ids: idOf as string[], how, before: liveOf }
}

/** How many records of a group were in which entity. Nearly all groups were in one, and are counted without a map. */
function countBy(records: readonly string[], entityOf: (record: string) => number | undefined): Iterable<readonly [entity: number, shared: number]> {
  let [only, shared] = [-1, 0]
  for (let at = 0; at < records.length; at++) {
    const entity = entityOf(records[at]!)
    if (entity === undefined) continue
    if (only === -1) only = entity
    if (only !== entity) {
      const counts = new Map<number, number>()
      for (const record of records) {
        const each = entityOf(record)
        if (each !== undefined) counts.set(each, (counts.get(each) ?? 0) + 1)
      }
      return counts
    }
    shared++
  }
  return only === -1 ? [] : [[only, shared]]
}

/**
 * Groups that come out of a merge: of the groups that share a live entity, those that were another entity before it
 * took them in. They must not take its id by being the larger part. At least one group is left to keep it.
 */
function returningGroups(entities: readonly RegistryEntity[], kept: readonly Claim[], restorable: readonly Claim[]): ReadonlySet<number> {
  const byId = new Map(entities.map((entity, at) => [entity.entity_id, at]))
  const liveNow = (entity: number): number | undefined => {
    let at: number | undefined = entity
    for (let steps = 0; at !== undefined && entities[at]!.state === 'merged' && steps <= entities.length; steps++) at = byId.get(entities[at]!.into ?? '')
    return at
  }
  const before = new Map<number, Set<number>>()
  for (const { group, entity } of restorable) {
    const into = liveNow(entity)
    if (into !== undefined) before.set(group, (before.get(group) ?? new Set()).add(into))
  }
  const claimants = new Map<number, number[]>()
  for (const { group, entity } of kept) {
    const list = claimants.get(entity)
    if (list === undefined) claimants.set(entity, [group])
    else list.push(group)
  }
  const returning = new Set<number>()
  for (const [entity, groups] of claimants) {
    const own = groups.filter(group => before.get(group)?.has(entity) !== true)
    if (own.length > 0) for (const group of groups) if (!own.includes(group)) returning.add(group)
  }
  return returning
}

/** Groups of unknown records and entities of which no record is left, by identifying values that one of each alone bears. */
function recognisable(entities: readonly RegistryEntity[], groups: readonly Grouped[], idOf: readonly (string | undefined)[], taken: ReadonlySet<number>, kept: readonly Claim[]): Claim[] {
  const known = new Set(kept.map(({ group }) => group))
  const found = new Set(kept.map(({ entity }) => entity))
  const lost = new Map<string, number[]>()
  entities.forEach(({ state, anchors }, entity) => {
    if (state !== 'live' || taken.has(entity) || found.has(entity)) return
    for (const anchor of anchors ?? []) lost.set(anchor, [...(lost.get(anchor) ?? []), entity])
  })
  if (lost.size === 0) return []
  const bearers = new Map<string, number[]>()
  groups.forEach(({ anchors }, group) => {
    if (idOf[group] !== undefined || known.has(group)) return
    for (const anchor of anchors) if (lost.has(anchor)) bearers.set(anchor, [...(bearers.get(anchor) ?? []), group])
  })
  const shared = new Map<string, Claim>()
  for (const [anchor, of] of bearers) {
    const from = lost.get(anchor)!
    if (of.length !== 1 || from.length !== 1) continue
    const key = `${of[0]} ${from[0]}`
    shared.set(key, { group: of[0]!, entity: from[0]!, shared: (shared.get(key)?.shared ?? 0) + 1 })
  }
  return [...shared.values()]
}
