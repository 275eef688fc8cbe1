/** The groups of all entities: members gathered, joined, ordered, and what the entity shows of them. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { ITEM_SEPARATOR, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { DatasetSchema, Source } from '../model/stages.ts'
import type { Conflicts } from './conflict.ts'
import { membersOf, picksOf, preferenceOf } from './member.ts'
import { joinerOf } from './person.ts'
import type { Roster } from './roster.ts'

/** One group of all entities, rows by entity and then by preference; the first of an entity is its primary member. */
export interface GroupRows {
  readonly name: string
  /** Entity of each row, from 0, ascending. */
  readonly entity: Uint32Array
  readonly primary: Uint32Array
  /** Row of the group in `valid`, from 1; 0 when columns of the entity spelled the member out. */
  readonly from: Uint32Array
  readonly columns: readonly Column[]
  /** `rows` from `offsets[e]` to `offsets[e + 1]` belong to entity `e`. */
  readonly offsets: Uint32Array
}

/** Gathers one group. Values that lose inside a member go to the conflicts. */
export function gatherGroup(name: string, table: Table, records: Table, schema: DatasetSchema, sources: readonly Source[], roster: Roster, conflicts: Conflicts): GroupRows {
  const group = schema.groups[name]!
  const picks = picksOf(schema.fields, name, group)
  const gather = membersOf(table, group, picks, records, roster)
  let entity = 0
  const joiner = joinerOf(group, preferenceOf(group, sources, picks), (field, kept, lost, member) =>
    conflicts.add(entity, member.source, member.row, `${name}.${field}`, kept, lost, 'same member')
  )
  const builders = group.fields.map(field => createColumnBuilder(field.name, table.rows))
  const entities: number[] = []
  const primary: number[] = []
  const from: number[] = []
  const offsets = new Uint32Array(roster.entities + 1)
  for (entity = 0; entity < roster.entities; entity++) {
    const members = gather(entity)
    const people = members.length === 0 ? [] : joiner.join(members)
    people.forEach((person, at) => {
      entities.push(entity)
      primary.push(at === 0 ? 1 : 0)
      from.push(person.members.find(member => member.from > 0)?.from ?? 0)
      builders.forEach((builder, field) => builder.push(person.values[field]!))
    })
    offsets[entity + 1] = entities.length
  }
  return { name, entity: Uint32Array.from(entities), primary: Uint32Array.from(primary), from: Uint32Array.from(from), columns: builders.map(builder => builder.finish()), offsets }
}

/** A field of the entity that shows a member: the value, and the group row (from 1) of the one that it came from. */
export interface Picked {
  readonly column: Column
  readonly winners: Uint32Array
}

/** The primary member's value; its first item when the field takes one value only. */
export function pickPrimary(group: GroupRows, field: string, name: string, multiple: boolean): Picked {
  const column = group.columns.find(each => each.name === field)
  const size = group.offsets.length - 1
  const winners = new Uint32Array(size)
  const builder = createColumnBuilder(name, size)
  for (let entity = 0; entity < size; entity++) {
    const row = group.offsets[entity]!
    const code = column === undefined || row === group.offsets[entity + 1] ? 0 : column.codes[row]!
    if (code === 0) builder.push(null)
    else {
      const text = column!.values[code - 1]!
      const cut = multiple ? -1 : text.indexOf(ITEM_SEPARATOR)
      builder.push(cut < 0 ? text : text.slice(0, cut))
      winners[entity] = group.from[row]!
    }
  }
  return { column: builder.finish(), winners }
}

/** The values of all members in order, without those that `taken` (the primary picks of the same field) hold. */
export function pickRest(group: GroupRows, field: string, name: string, taken: readonly Column[]): Picked {
  const column = group.columns.find(each => each.name === field)
  const size = group.offsets.length - 1
  const winners = new Uint32Array(size)
  const builder = createColumnBuilder(name, size)
  for (let entity = 0; entity < size; entity++) {
    const items = new Set<string>()
    for (let row = group.offsets[entity]!; row < group.offsets[entity + 1]!; row++) {
      const code = column === undefined ? 0 : column.codes[row]!
      if (code !== 0) for (const item of column!.values[code - 1]!.split(ITEM_SEPARATOR)) items.add(item)
    }
    if (items.size > 0) for (const each of taken) if (each.codes[entity] !== 0) for (const item of each.values[each.codes[entity]! - 1]!.split(ITEM_SEPARATOR)) items.delete(item)
    builder.push(items.size === 0 ? null : [...items].join(ITEM_SEPARATOR))
  }
  return { column: builder.finish(), winners }
}
