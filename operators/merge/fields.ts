/** The value of every field of every entity, before the entities are sorted. */
import { columnOf, integersOf, tableOf, textAt, type Column, type Frame } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import type { ValidMeta } from '../model/stages.ts'
import type { Conflicts } from './conflict.ts'
import { pickPrimary, pickRest, type GroupRows } from './groups.ts'
import type { Ranking } from './rank.ts'
import type { Roster } from './roster.ts'
import { surviveAll, surviveOne, type Survivors } from './survive.ts'

/** One column of the entities, and per entity what won: a record, or the row of a picked group (from 1; 0 = none or several). */
export interface Merged {
  readonly column: Column
  readonly winners: Uint32Array
}

type Derivation = NonNullable<Field['derive']>
type KindOf<T> = T extends unknown ? keyof T : never
type Derived<K extends KindOf<Derivation>> = Extract<Derivation, { readonly [key in K]: unknown }>

/** The field's derivation when it is of this kind. */
export function derivationOf<K extends KindOf<Derivation>>(field: Field, kind: K): Derived<K> | undefined {
  return field.derive !== undefined && kind in field.derive ? (field.derive as Derived<K>) : undefined
}

/** Everything that merging reads. */
export interface Merging {
  readonly valid: Frame<ValidMeta>
  readonly roster: Roster
  readonly ranking: Ranking
  /** Name of the date field that says how recent a record is. */
  readonly recency: string | undefined
  readonly conflicts: Conflicts
  readonly groups: ReadonlyMap<string, GroupRows>
}

/** Values that one field passes on to another (its `rest`), and values that the other need not repeat. */
interface Handed {
  readonly more: Map<number, string[]>
  readonly without: Map<number, Set<string>>
}

const toMerged = (name: string, { dictionary, codes, winners }: Survivors): Merged => ({ column: dictionary.column(name, codes), winners })

/**
 * Merges fields and extras, in the order of the schema. Fields that take the values which lost elsewhere come last.
 * Of computed fields only the picked ones are computed here: what the input brought for the others survives as usual.
 */
export function mergeFields({ valid, roster, ranking, recency, conflicts, groups }: Merging): Map<string, Merged> {
  const { schema } = valid.meta
  const records = tableOf(valid, 'records')
  const sources = integersOf(records, 'source')
  const rows = integersOf(records, 'row')
  const dates = recency === undefined ? undefined : columnOf(records, recency)
  const latestOf = (record: number): string => (dates === undefined ? '' : textAt(dates, record) ?? '')
  const handed = new Map<string, Handed>()
  for (const { rest } of schema.fields) {
    if (rest !== undefined && schema.fields.some(field => field.name === rest && field.multiple === true && field.derive === undefined)) handed.set(rest, { more: new Map(), without: new Map() })
  }

  function one(field: Field, opaque: boolean): Survivors {
    const taker = field.rest === undefined ? undefined : handed.get(field.rest)
    const survivors = surviveOne(field, columnOf(records, field.name), roster, latestOf, (entity, kept, keptRecord, lost, lostRecord, by) => {
      const rule = by ?? (keptRecord === lostRecord ? 'position' : ranking.decidedBy(keptRecord, lostRecord))
      conflicts.add(entity, sources[lostRecord]!, rows[lostRecord]!, field.name, kept, lost, taker === undefined ? rule : `${rule}, kept in ${field.rest}`)
      if (taker === undefined) return
      const list = taker.more.get(entity)
      if (list === undefined) taker.more.set(entity, [lost])
      else list.push(lost)
    }, opaque)
    if (taker !== undefined) keepFrom(taker, survivors, roster)
    return survivors
  }

  const merged = new Map<string, Merged>()
  const later: Field[] = []
  for (const field of schema.fields) {
    const pick = derivationOf(field, 'pick')
    const group = pick === undefined ? undefined : groups.get(pick.group)
    if (derivationOf(field, 'lineage') !== undefined || derivationOf(field, 'score') !== undefined) {
      // Made anew from all records; what a refined dataset brought is read there and does not compete.
      merged.set(field.name, toMerged(field.name, surviveAll(undefined, roster)))
      continue
    }
    if (pick !== undefined && group !== undefined) {
      if (pick.pick === 'primary') merged.set(field.name, pickPrimary(group, pick.field, field.name, field.multiple === true))
      else later.push(field)
    } else if (handed.has(field.name)) later.push(field)
    else merged.set(field.name, toMerged(field.name, field.multiple === true ? surviveAll(columnOf(records, field.name), roster) : one(field, false)))
  }
  for (const field of later) {
    const pick = derivationOf(field, 'pick')
    if (pick !== undefined) {
      const taken = schema.fields.filter(other => {
        const theirs = derivationOf(other, 'pick')
        return theirs?.pick === 'primary' && theirs.group === pick.group && theirs.field === pick.field
      })
      merged.set(field.name, pickRest(groups.get(pick.group)!, pick.field, field.name, taken.map(({ name }) => merged.get(name)!.column)))
    } else {
      const { more, without } = handed.get(field.name)!
      merged.set(field.name, toMerged(field.name, surviveAll(columnOf(records, field.name), roster, more, without)))
    }
  }
  for (const name of schema.extras) merged.set(name, toMerged(name, one({ name }, true)))
  return merged
}

/** Lists of merged entities do not repeat what the field that hands to them keeps. */
function keepFrom(taker: Handed, { codes, dictionary }: Survivors, roster: Roster): void {
  for (let entity = 0; entity < roster.entities; entity++) {
    if (codes[entity] === 0 || roster.offsets[entity + 1]! - roster.offsets[entity]! < 2) continue
    const kept = taker.without.get(entity) ?? new Set<string>()
    taker.without.set(entity, kept.add(dictionary.textOf(codes[entity]!)))
  }
}
