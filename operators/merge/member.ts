/** The members of an entity's groups: rows of the group, and those that columns of the entity itself spell out. */
import { ITEM_SEPARATOR, integersOf, type Table } from '../../kernel/artifact/table.ts'
import type { Field, Group } from '../../schemas/generated/profile.ts'
import type { Source } from '../model/stages.ts'
import { foldWords } from '../model/name-key.ts'
import type { Roster } from './roster.ts'

/** One member, before those that are the same are joined. */
export interface Member {
  /** By field of the group; null = empty. */
  readonly values: readonly (string | null)[]
  /** Row of the group in `valid`, from 1; 0 for a member that columns of the entity spell out. */
  readonly from: number
  /** Record (from 0) that it came with. */
  readonly record: number
  /** Position of that record among those of its entity. */
  readonly standing: number
  readonly source: number
  readonly row: number
  /** Order in a dataset that was refined before; NEW for everything else. */
  readonly carried: number
}

/** A member that comes from no refined dataset. */
export const NEW = 0xffff_ffff
/** Carried positions of members that the columns of a refined dataset list after the primary one. */
const LISTED = 0x8000_0000

/** Fields of the entity that show a member of the group: `primary` of one, `rest` of all others. */
export interface Picks {
  readonly primary: readonly { readonly field: string; readonly member: number }[]
  readonly rest: readonly { readonly field: string; readonly member: number }[]
}

/** The fields of an entity that are picked from a group; `member` is the position of the group's field. */
export function picksOf(fields: readonly Field[], groupName: string, group: Group): Picks {
  const picks: { primary: { field: string; member: number }[]; rest: { field: string; member: number }[] } = { primary: [], rest: [] }
  for (const { name, derive } of fields) {
    if (derive === undefined || !('pick' in derive) || derive.group !== groupName) continue
    const member = group.fields.findIndex(field => field.name === derive.field)
    if (member >= 0) picks[derive.pick].push({ field: name, member })
  }
  return picks
}

/** Whether every item of a value is among the items of another. */
function holds(text: string | null, value: string): boolean {
  if (text === null || text === value) return text === value
  const items = text.split(ITEM_SEPARATOR)
  return value.split(ITEM_SEPARATOR).every(item => items.includes(item))
}

/** Finds the members of each entity. Rows that hold nothing are no members. */
export function membersOf(table: Table, group: Group, picks: Picks, records: Table, roster: Roster): (entity: number) => Member[] {
  const ok = integersOf(table, 'ok')
  const references = integersOf(table, 'record')
  const sources = integersOf(table, 'source')
  const rows = integersOf(table, 'row')
  const columns = group.fields.map(field => table.columns.find(({ name }) => name === field.name))
  const head = new Uint32Array(records.rows)
  const next = new Uint32Array(table.rows)
  for (let index = table.rows - 1; index >= 0; index--) {
    const record = references[index]! - 1
    if (ok[index] === 0 || record < 0) continue
    next[index] = head[record]!
    head[record] = index + 1
  }
  const column = (name: string) => records.columns.find(each => each.name === name)
  const primary = picks.primary.flatMap(({ field, member }) => column(field) === undefined ? [] : [{ column: column(field)!, member }])
  const rest = picks.rest.flatMap(({ field, member }) => column(field) === undefined ? [] : [{ column: column(field)!, member }])
  const spelled = [...primary, ...rest]
  const recordSources = integersOf(records, 'source')
  const recordRows = integersOf(records, 'row')

  /** Adds what the columns of a record say and its own members (from `start`) do not; the primary one comes first. */
  function spelledOut(record: number, standing: number, members: Member[], start: number): void {
    const place = { from: 0, record, standing, source: recordSources[record]!, row: recordRows[record]! }
    const own = members.slice(start)
    const values = group.fields.map((): string | null => null)
    for (const { column, member } of primary) if (column.codes[record] !== 0) values[member] = column.values[column.codes[record]! - 1]!
    if (values.some(value => value !== null)) {
      const held = own.findIndex(member => values.every((value, field) => value === null || holds(member.values[field]!, value)))
      if (held < 0) members.push({ ...place, values, carried: 0 })
      else members[start + held] = { ...own[held]!, carried: 0 }
    }
    let at = 0
    for (const { column, member } of rest) {
      if (column.codes[record] === 0) continue
      for (const item of column.values[column.codes[record]! - 1]!.split(ITEM_SEPARATOR)) {
        if (own.some(each => holds(each.values[member]!, item))) continue
        members.push({ ...place, values: group.fields.map((_, field) => (field === member ? item : null)), carried: LISTED + at++ })
      }
    }
  }
  return entity => {
    const members: Member[] = []
    for (let at = roster.offsets[entity]!; at < roster.offsets[entity + 1]!; at++) {
      const record = roster.records[at]!
      const standing = at - roster.offsets[entity]!
      const refined = spelled.some(({ column }) => column.codes[record] !== 0)
      const start = members.length
      let carried = 0
      for (let index = head[record]!; index !== 0; index = next[index - 1]!) {
        const values = columns.map(each => (each === undefined || each.codes[index - 1] === 0 ? null : each.values[each.codes[index - 1]! - 1]!))
        if (values.every(value => value === null)) continue
        carried++
        members.push({ values, from: index, record, standing, source: sources[index - 1]!, row: rows[index - 1]!, carried: refined ? carried : NEW })
      }
      if (refined) spelledOut(record, standing, members, start)
    }
    return members
  }
}

/** What decides which member goes first; smaller goes first. */
export type Preference = (values: readonly (string | null)[], member: Member) => readonly number[]

/** Whether a role contains all words of one of the preferred roles: the position of the first such; else their number. */
function roleOrder(roles: readonly string[]): (text: string | null) => number {
  const wanted = roles.map(role => foldWords(role).split(' '))
  const known = new Map<string, number>()
  return text => {
    if (text === null || wanted.length === 0) return wanted.length
    let order = known.get(text)
    if (order === undefined) {
      const items = text.split(ITEM_SEPARATOR).map(item => new Set(foldWords(item).split(' ')))
      order = wanted.findIndex(words => items.some(item => words.every(word => item.has(word))))
      if (order < 0) order = wanted.length
      known.set(text, order)
    }
    return order
  }
}

/**
 * The preference of a group: those that have something to show (a value that the entity picks) first, valid ones next, then as `prefer.order` says, then the order of a refined dataset, then
 * the rank of the record. Position in the sources decides what is left. A refined dataset has one priority for all,
 * so there its own order stands in for priority.
 */
export function preferenceOf(group: Group, sources: readonly Source[], picks: Picks): Preference {
  const prefer = group.prefer ?? {}
  const at = (name: string | undefined): number => group.fields.findIndex(field => field.name === name)
  const invalid = at(prefer.invalid)
  const role = at(prefer.role)
  const order = prefer.order ?? ['role', 'priority', 'completeness']
  const orderOf = roleOrder(prefer.roles ?? [])
  const shown = picks.primary.length > 0 ? picks.primary.map(({ member }) => member) : group.fields.map((_, field) => field).filter(field => field !== invalid)
  return (values, member) => {
    const vector: number[] = [shown.some(field => values[field] !== null) ? 0 : 1, invalid >= 0 && values[invalid] === 'true' ? 1 : 0]
    for (const criterion of order) {
      if (criterion === 'priority') vector.push(-(sources[member.source - 1]?.priority ?? 0), member.carried)
      else if (criterion === 'completeness') vector.push(-values.filter((value, field) => value !== null && field !== invalid).length)
      else vector.push(role < 0 ? 0 : orderOf(values[role]!))
    }
    vector.push(member.carried, member.standing, member.source, member.row, member.from)
    return vector
  }
}

/** Compares vectors of equal length. */
export function compareVectors(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at]! - b[at]!
  return 0
}
