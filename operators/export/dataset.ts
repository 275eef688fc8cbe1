/** The tables of a finished dataset as every export writes them: same columns, same order, same names. */
import { columnOf, integersOf, tableOf, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import type { DatasetMeta } from '../model/stages.ts'
import { cellTypeOf, type CellType } from './cell.ts'

export interface ExportColumn {
  readonly name: string
  readonly type: CellType
  /** Holds several items per cell, by the profile. */
  readonly multiple: boolean
  /** Holds the data quality score. */
  readonly quality: boolean
  readonly column: Column
}

export interface ExportTable {
  /** `data`, the name of a group, `conflicts` or `quarantine`. */
  readonly name: string
  readonly role: 'data' | 'group' | 'conflicts' | 'quarantine'
  readonly rows: number
  readonly columns: readonly ExportColumn[]
  /** For a group: references to rows of `data`, 1 + index. Else empty. */
  readonly entity: Uint32Array
}

const EMPTY = new Uint32Array(0)
const RESERVED = new Set(['data', 'conflicts', 'quarantine'])

/** Integers as a column of text; 0 is the empty cell. */
export function integerTexts(name: string, data: Uint32Array): Column {
  const seen = new Map<number, number>()
  const values: string[] = []
  const codes = new Uint32Array(data.length)
  for (let row = 0; row < data.length; row++) {
    const value = data[row]!
    if (value === 0) continue
    let code = seen.get(value)
    if (code === undefined) {
      values.push(String(value))
      code = values.length
      seen.set(value, code)
    }
    codes[row] = code
  }
  return { name, values, kinds: null, codes }
}

/** A column that gives each row the text at `at[row]`; 0 is the empty cell. */
function lookup(name: string, at: Uint32Array, texts: readonly string[]): Column {
  return { name, values: texts, kinds: null, codes: at }
}

function plain(name: string, column: Column | undefined, rows: number, type: CellType = 'text'): ExportColumn {
  return { name, type, multiple: false, quality: false, column: column ?? { name, values: [], kinds: null, codes: new Uint32Array(rows) } }
}

function fieldColumn(table: Table, field: Field): ExportColumn {
  const quality = field.derive !== undefined && 'score' in field.derive && field.derive.score === 'quality'
  return { ...plain(field.name, columnOf(table, field.name), table.rows, quality ? 'number' : cellTypeOf(field.type)), multiple: field.multiple === true, quality }
}

/** The column by which rows of a group find their entity again: the slug, or else the first field. */
export function keyFieldOf(fields: readonly Field[]): Field | undefined {
  return fields.find(field => field.derive !== undefined && 'slug' in field.derive) ?? fields[0]
}

/** A name that no field of the group has. */
export function primaryNameOf(fields: readonly Field[]): string {
  let name = 'primary'
  while (fields.some(field => field.name === name)) name = `is_${name}`
  return name
}

function groupTable(data: Table, table: Table, fields: readonly Field[], key: Field | undefined): ExportTable {
  const entity = integersOf(table, 'entity')
  const columns: ExportColumn[] = []
  if (key !== undefined) {
    const source = columnOf(data, key.name)
    const codes = new Uint32Array(table.rows)
    if (source !== undefined) for (let row = 0; row < codes.length; row++) codes[row] = entity[row] === 0 ? 0 : source.codes[entity[row]! - 1]!
    columns.push({ ...plain(key.name, { name: key.name, values: source?.values ?? [], kinds: null, codes }, table.rows, cellTypeOf(key.type)), multiple: key.multiple === true })
  }
  for (const field of fields) columns.push(fieldColumn(table, field))
  const primary = integersOf(table, 'primary')
  const answers = new Uint32Array(table.rows)
  for (let row = 0; row < answers.length; row++) answers[row] = primary[row] === 1 ? 1 : 2
  const name = primaryNameOf(fields)
  columns.push(plain(name, lookup(name, answers, ['yes', 'no']), table.rows))
  return { name: table.name, role: 'group', rows: table.rows, columns, entity }
}

function conflictsTable(table: Table, meta: DatasetMeta): ExportTable {
  const source = integersOf(table, 'source')
  const column = (name: string): ExportColumn => plain(name, columnOf(table, name), table.rows)
  return {
    name: 'conflicts',
    role: 'conflicts',
    rows: table.rows,
    entity: EMPTY,
    columns: [
      column('entity_key'),
      column('field'),
      column('kept'),
      column('lost'),
      column('rule'),
      plain('file', lookup('file', source, meta.sources.map(one => one.file)), table.rows),
      plain('sheet', lookup('sheet', source, meta.sources.map(one => one.sheet)), table.rows),
      plain('row', integerTexts('row', integersOf(table, 'row')), table.rows, 'number')
    ]
  }
}

function quarantineTable(table: Table): ExportTable {
  const column = (name: string): ExportColumn => plain(name, columnOf(table, name), table.rows)
  return {
    name: 'quarantine',
    role: 'quarantine',
    rows: table.rows,
    entity: EMPTY,
    columns: [
      column('file'),
      column('sheet'),
      plain('row', integerTexts('row', integersOf(table, 'row')), table.rows, 'number'),
      ...['level', 'column', 'header', 'field', 'value', 'reason', 'detail', 'severity'].map(column)
    ]
  }
}

/** Everything that an export writes, in order: the data, the groups, the conflicts, the quarantine. */
export function exportTables(frame: Frame<DatasetMeta>): readonly ExportTable[] {
  const { meta } = frame
  const data = tableOf(frame, 'data')
  const key = keyFieldOf(meta.schema.fields)
  const groups = frame.tables.filter(table => !RESERVED.has(table.name) && Object.hasOwn(meta.schema.groups, table.name))
  return [
    {
      name: 'data',
      role: 'data',
      rows: data.rows,
      entity: EMPTY,
      columns: [
        ...meta.schema.fields.map(field => fieldColumn(data, field)),
        ...meta.schema.extras.map(name => plain(name, columnOf(data, name), data.rows))
      ]
    },
    ...groups.map(table => groupTable(data, table, meta.schema.groups[table.name]!.fields, key)),
    conflictsTable(tableOf(frame, 'conflicts'), meta),
    quarantineTable(tableOf(frame, 'quarantine'))
  ]
}

/** What stands between an output's base name and its ending: nothing for the data, `.contact` for a group. */
export function infixOf(table: Pick<ExportTable, 'role' | 'name'>): string {
  if (table.role === 'data') return ''
  return table.role === 'group' && (RESERVED.has(table.name) || table.name === 'report') ? `.group-${table.name}` : `.${table.name}`
}
