/** Brings the tables of all files together: records, the members of their groups, and what belongs to neither. */
import { createColumnBuilder, selectRows } from '../../kernel/artifact/builder.ts'
import { integersOf, kindAt, textAt, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { HotpassError } from '../../kernel/error.ts'
import type { Context, Operator } from '../../kernel/types.ts'
import { identityOf } from '../model/identity.ts'
import { organisationKey } from '../model/name-key.ts'
import { plural } from '../model/plural.ts'
import type { DatasetSchema, Mapping, RecordsMeta, TablesMeta } from '../model/stages.ts'
import { stack, type Piece } from './column.ts'
import { nameContinued } from './continued.ts'
import { createDirectory } from './directory.ts'
import { filledOf } from './filled.ts'
import { partsOf, type Parts } from './parts.ts'
import { createQuarantine } from './quarantine.ts'
import { sortSatellite, type SortedSatellite } from './satellite.ts'

interface Config {
  readonly refine: { readonly orphans: 'quarantine' | 'promote' }
}

/** A stretch of the records table: rows of one source. `matched[i]` is 1 + the record that row i belongs to, or 0. */
interface Stretch {
  readonly parts: Parts
  /** Null for all rows. */
  readonly rows: Uint32Array | null
  readonly matched: Uint32Array | null
}

function countOf(stretch: Stretch): number {
  return stretch.rows === null ? stretch.parts.table.rows : stretch.rows.length
}

/** Joins the tables as the mapping says. Throws E_INTERNAL when a table of the mapping is missing. */
export function joinTables(frames: readonly Frame<TablesMeta>[], mapping: Mapping, config: Config, context: Pick<Context, 'diagnose'>): Frame<RecordsMeta> {
  const { schema, sources } = mapping
  const tables = new Map<string, Table>()
  for (const frame of frames) frame.meta.tables.forEach((shape, index) => tables.set(shape.id, frame.tables[index]!))
  const quarantine = createQuarantine()
  const entities: Parts[] = []
  const satellites: Parts[] = []
  sources.forEach((source, index) => {
    const table = tables.get(source.table)
    if (table === undefined) throw new HotpassError('E_INTERNAL', `the mapping names ${source.table}, which is no table of this run`)
    if (source.role === 'set-aside') {
      for (let row = 0; row < table.rows; row++) quarantine.add(index + 1, source, table, row, 'SET_ASIDE', source.role_reason, 'info')
    } else (source.role === 'entity' ? entities : satellites).push(partsOf(source, index + 1, table, schema))
  })

  const identity = identityOf(schema.fields, schema.merge_keys)?.name ?? ''
  const filled = filledOf(schema, [...entities, ...satellites])
  entities.forEach((entity, index) => {
    const { parts, rows } = nameContinued(entity, identity)
    if (rows === 0) return
    entities[index] = parts
    const { file, sheet } = parts.source
    context.diagnose({ code: 'ROWS_CONTINUED', severity: 'info', message: `${file}: ${plural(rows, 'row', 'rows')} of sheet ${sheet} ${rows === 1 ? 'has no name of its own and goes' : 'have no name of their own and go'} on with the row above`, details: { file, sheet, rows } })
  })

  const starts: number[] = []
  let total = 0
  for (const entity of entities) {
    starts.push(total)
    total += entity.table.rows
  }
  const slug = schema.fields.find(field => field.derive !== undefined && 'slug' in field.derive)?.name ?? ''
  const stretches: Stretch[] = entities.map(parts => ({ parts, rows: null, matched: null }))
  const sorted: SortedSatellite[] = []
  const ownStart: number[] = []
  if (satellites.length > 0) {
    const directory = createDirectory(entities, starts, { identity, slug, namesMerge: schema.merge_keys.includes(identity) })
    const reserved = new Set([identity, slug, 'key'])
    for (const parts of satellites) {
      const one = sortSatellite(parts, directory, reserved, identity, config.refine.orphans, quarantine)
      sorted.push(one)
      ownStart.push(total)
      total += one.own.length
      const rows = Uint32Array.from(one.own)
      if (rows.length > 0) stretches.push({ parts, rows, matched: rows.map(row => one.record[row]!) })
      warnOfOrphans(one, context)
    }
  }

  const columns = recordColumns(schema, stretches, entities, starts, identity)
  const records: Table = { name: 'records', rows: total, columns, integers: recordIntegers(stretches, total) }
  const groups = Object.keys(schema.groups).map(group => groupTable(group, schema, entities, starts, sorted, ownStart))
  const joins = sorted.map(({ parts: { source }, counts }) => ({ file: source.file, sheet: source.sheet, ...counts }))
  const meta: RecordsMeta = { schema, sources, joins, filled }
  return { meta, tables: [records, ...groups, quarantine.finish()] }
}

function warnOfOrphans({ parts: { source }, counts }: SortedSatellite, context: Pick<Context, 'diagnose'>): void {
  if (counts.orphans === 0) return
  const message = `${source.file}: ${counts.orphans} of ${plural(source.rows, 'row')} of sheet ${source.sheet} ${counts.orphans === 1 ? 'belongs' : 'belong'} to no known entity: in quarantine`
  context.diagnose({ code: 'ORPHANS', severity: 'warning', message, details: { file: source.file, sheet: source.sheet, orphans: counts.orphans, rows: source.rows } })
}

function recordIntegers(stretches: readonly Stretch[], total: number): Table['integers'] {
  const source = new Uint32Array(total)
  const row = new Uint32Array(total)
  let at = 0
  for (const stretch of stretches) {
    const numbers = integersOf(stretch.parts.table, 'row')
    const count = countOf(stretch)
    source.fill(stretch.parts.number, at, at + count)
    if (stretch.rows === null) row.set(numbers, at)
    else for (let index = 0; index < count; index++) row[at + index] = numbers[stretch.rows[index]!]!
    at += count
  }
  return [{ name: 'source', data: source }, { name: 'row', data: row }]
}

/** The text that a record has for a field, with its kind. */
function textOfRecord(entities: readonly Parts[], starts: readonly number[], name: string, record: number): { readonly column: Column; readonly row: number } | null {
  let at = 0
  while (at + 1 < starts.length && starts[at + 1]! <= record) at++
  const column = entities[at]?.fields.get(name)
  return column === undefined ? null : { column, row: record - starts[at]! }
}

function recordColumns(schema: DatasetSchema, stretches: readonly Stretch[], entities: readonly Parts[], starts: readonly number[], identity: string): Column[] {
  const names = [...schema.fields.map(field => field.name), 'key', ...schema.extras]
  const inherited = new Set([identity, ...schema.merge_keys])
  const out: Column[] = []
  for (const name of names) {
    if (!stretches.some(({ parts }) => parts.fields.has(name))) continue
    const pieces = stretches.map((stretch): Piece => {
      const column = stretch.parts.fields.get(name) ?? null
      const rows = countOf(stretch)
      if (stretch.rows === null) return { column, rows }
      if (!inherited.has(name)) return { column: column === null ? null : selectRows(column, stretch.rows), rows }
      return { column: inherit(name, column, stretch, entities, starts, name === identity), rows }
    })
    out.push(stack(name, pieces))
  }
  return out
}

/** A satellite's own value where it has one that names the same entity, else the value of the record that it belongs to. */
function inherit(name: string, own: Column | null, { rows, matched }: Stretch, entities: readonly Parts[], starts: readonly number[], isIdentity: boolean): Column {
  const builder = createColumnBuilder(name, rows!.length)
  for (let index = 0; index < rows!.length; index++) {
    const row = rows![index]!
    const text = own === null ? null : textAt(own, row)
    const found = matched![index] === 0 ? null : textOfRecord(entities, starts, name, matched![index]! - 1)
    const theirs = found === null ? null : textAt(found.column, found.row)
    const useOwn = text !== null && (theirs === null || !isIdentity || organisationKey(text) === organisationKey(theirs))
    if (useOwn) builder.push(text, kindAt(own!, row))
    else if (theirs === null) builder.push(null)
    else builder.push(theirs, kindAt(found!.column, found!.row))
  }
  return builder.finish()
}

function groupTable(group: string, schema: DatasetSchema, entities: readonly Parts[], starts: readonly number[], satellites: readonly SortedSatellite[], ownStart: readonly number[]): Table {
  const names = schema.groups[group]!.fields.map(field => field.name)
  const pieces = new Map(names.map(name => [name, [] as Piece[]]))
  const integers: { source: number; rows: Uint32Array; record: Uint32Array }[] = []

  function add(parts: Parts, recordOf: (row: number) => number): void {
    for (const member of parts.members) {
      if (member.group !== group) continue
      const chosen: number[] = []
      const records: number[] = []
      for (let row = 0; row < parts.table.rows; row++) {
        let any = false
        for (const column of member.telling) if (column.codes[row] !== 0) any = true
        if (!any) continue
        const record = recordOf(row)
        if (record === 0) continue
        chosen.push(row)
        records.push(record)
      }
      if (chosen.length === 0) continue
      const whole = chosen.length === parts.table.rows
      const rows = Uint32Array.from(chosen)
      const numbers = integersOf(parts.table, 'row')
      integers.push({ source: parts.number, rows: whole ? numbers : rows.map(row => numbers[row]!), record: Uint32Array.from(records) })
      for (const name of names) {
        const column = member.fields.get(name)
        pieces.get(name)!.push({ column: column === undefined ? null : whole ? column : selectRows(column, rows), rows: rows.length })
      }
    }
  }

  entities.forEach((parts, index) => add(parts, row => starts[index]! + row + 1))
  satellites.forEach((satellite, index) => {
    // A promoted row is a record of its own, and its members belong to that.
    const promoted = new Map<number, number>()
    satellite.own.forEach((row, at) => {
      if (satellite.record[row] === 0) promoted.set(row, ownStart[index]! + at + 1)
    })
    add(satellite.parts, row => satellite.record[row]! || (promoted.get(row) ?? 0))
  })
  const total = integers.reduce((sum, each) => sum + each.rows.length, 0)
  const data = { source: new Uint32Array(total), row: new Uint32Array(total), record: new Uint32Array(total) }
  let at = 0
  for (const { source, rows, record } of integers) {
    data.source.fill(source, at, at + rows.length)
    data.row.set(rows, at)
    data.record.set(record, at)
    at += rows.length
  }
  return {
    name: group,
    rows: total,
    columns: names.map(name => stack(name, pieces.get(name)!)),
    integers: [{ name: 'source', data: data.source }, { name: 'row', data: data.row }, { name: 'record', data: data.record }]
  }
}

export const operator: Operator = {
  id: 'join',
  version: '1.0.0',
  summary: 'Joins satellite rows to their entity by key, and by name where the key is broken.',
  inputs: { tables: { kind: 'tables', many: true }, mapping: { kind: 'mapping' } },
  outputs: { records: { kind: 'records' } },
  config: ['refine.orphans'],
  entropy: ['none'],
  run(inputs, config: Config, context) {
    const frames = inputs['tables']!.map(input => input.value as Frame<TablesMeta>)
    return { records: joinTables(frames, inputs['mapping']![0]!.value as Mapping, config, context) }
  }
}
