/** What a table gives to each field: one column per target, put together from those that feed it. */
import { ITEM_SEPARATOR, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import type { DatasetSchema, Source } from '../model/stages.ts'
import { beside, either } from './column.ts'

/** A member of a row's group: its columns by field. */
export interface MemberColumns {
  readonly group: string
  readonly fields: ReadonlyMap<string, Column>
  /** Columns that say more than yes or no: a row without any of them is no member. */
  readonly telling: readonly Column[]
}

export interface Parts {
  readonly source: Source
  /** Index into the mapping's sources, plus one. */
  readonly number: number
  readonly table: Table
  /** Entity fields and extras by name, and `key`. */
  readonly fields: ReadonlyMap<string, Column>
  readonly members: readonly MemberColumns[]
}

interface Fed {
  readonly whole: Column[]
  readonly given: Column[]
  readonly family: Column[]
}

function feed(map: Map<string, Fed>, name: string, part: string, column: Column): void {
  const fed = map.get(name) ?? { whole: [], given: [], family: [] }
  map.set(name, fed)
  if (part === 'given') fed.given.push(column)
  else if (part === 'family') fed.family.push(column)
  else fed.whole.push(column)
}

function compose({ whole, given, family }: Fed, field: Field | undefined): Column {
  const separator = field?.type === 'address' && field.multiple !== true ? ', ' : ITEM_SEPARATOR
  const named = [...given, ...family]
  if (named.length === 0) return beside(whole, separator)
  const name = beside(named, ' ')
  return whole.length === 0 ? name : either(beside(whole, separator), name)
}

/** The parts of one table. Columns of set-aside tables are not looked at. */
export function partsOf(source: Source, number: number, table: Table, schema: DatasetSchema): Parts {
  const own = new Map<string, Fed>()
  const members = new Map<string, { group: string; fed: Map<string, Fed> }>()
  source.columns.forEach(({ target, extra, member }, index) => {
    const column = table.columns[index]!
    const name = target ?? extra
    if (name === null) return
    const slash = target === null ? -1 : target.indexOf('/')
    const base = slash < 0 ? name : name.slice(0, slash)
    const part = slash < 0 ? '' : name.slice(slash + 1)
    const dot = target === null ? -1 : base.indexOf('.')
    if (dot < 0) {
      feed(own, base, part, column)
      return
    }
    const group = base.slice(0, dot)
    const id = `${group}.${member ?? 1}`
    const found = members.get(id) ?? { group, fed: new Map<string, Fed>() }
    members.set(id, found)
    feed(found.fed, base.slice(dot + 1), part, column)
  })
  const fields = new Map<string, Column>()
  const declared = new Map(schema.fields.map(field => [field.name, field]))
  for (const [name, fed] of own) fields.set(name, compose(fed, declared.get(name)))
  return { source, number, table, fields, members: [...members.values()].map(({ group, fed }) => memberOf(group, fed, schema)) }
}

function memberOf(group: string, fed: ReadonlyMap<string, Fed>, schema: DatasetSchema): MemberColumns {
  const declared = Object.hasOwn(schema.groups, group) ? schema.groups[group]!.fields : []
  const fields = new Map<string, Column>()
  const telling: Column[] = []
  for (const [name, columns] of fed) {
    const field = declared.find(each => each.name === name)
    const column = compose(columns, field)
    fields.set(name, column)
    if (field?.type !== 'boolean') telling.push(column)
  }
  return { group, fields, telling }
}
