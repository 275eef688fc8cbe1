/** Builds the frames that validate, match, merge and score read, from plain rows. For tests and measurements. */
import { columnFrom } from '../../kernel/artifact/builder.ts'
import { ITEM_SEPARATOR, textAt, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Context, Diagnostic } from '../../kernel/types.ts'
import type { Field, Group } from '../../schemas/generated/profile.ts'
import { DEFAULTS } from '../model/defaults.ts'
import { organisationKey, tradingNames } from '../model/name-key.ts'
import type { DatasetMeta, DatasetSchema, NormalisedMeta, Source } from '../model/stages.ts'
import { operator as match } from '../match/operator.ts'
import { operator as merge } from '../merge/operator.ts'
import { operator as score } from '../score/operator.ts'
import { operator as validate } from './operator.ts'

export type Cells = Readonly<Record<string, string | null | undefined>>
/** `source` counts from 1; `record` refers to the records of the example from 1, 0 = orphan. */
export interface RowOf { readonly source: number; readonly row: number; readonly cells: Cells }
export interface MemberOf extends RowOf { readonly record: number }
export interface IssueOf { readonly table: number; readonly index: number; readonly field: string; readonly value: string; readonly reason: string; readonly severity?: string }

export interface Example {
  readonly fields: readonly Field[]
  readonly groups?: Readonly<Record<string, Group>>
  readonly extras?: readonly string[]
  readonly keys?: readonly string[]
  readonly sources?: readonly Partial<Source>[]
  readonly records: readonly RowOf[]
  readonly members?: Readonly<Record<string, readonly MemberOf[]>>
  readonly issues?: readonly IssueOf[]
  readonly joins?: NormalisedMeta['joins']
  /** Rows of tables that are set aside. */
  readonly aside?: readonly { readonly source: number; readonly row: number }[]
  /** Raw cells where they differ from the normalised ones: by table (0 = records), then index. */
  readonly raw?: Readonly<Record<string, Cells>>
}

const list = (items: readonly string[]): string => items.join(ITEM_SEPARATOR)
/** A multi-valued cell. */
export const many = (...items: readonly string[]): string => list(items)

function sourcesOf(example: Example): Source[] {
  const given = example.sources ?? [{}]
  const targets = [...example.fields.map(({ name }) => name), ...Object.entries(example.groups ?? {}).flatMap(([group, { fields }]) => fields.map(({ name }) => `${group}.${name}`)), 'key']
  return given.map((source, at) => {
    const rows = new Set([...example.records, ...Object.values(example.members ?? {}).flat()].filter(row => row.source === at + 1).map(({ row }) => row))
    return {
      file: `file-${at + 1}.xlsx`, sheet: 'Sheet', table: `file-${at + 1}.xlsx#Sheet#1`, name: `Source ${at + 1}`, priority: 0, role: 'entity', role_reason: '', group: '', rows: rows.size,
      columns: [
        ...targets.map((target, column) => ({ letter: String.fromCharCode(65 + column), header: `Header ${target}`, target, extra: null, confidence: 1, reason: '' })),
        ...(example.extras ?? []).map(extra => ({ letter: 'ZZ', header: extra, target: null, extra, confidence: 0, reason: '' }))
      ],
      ...source
    }
  })
}

function tableFrom(name: string, rows: readonly (RowOf & { record?: number })[], columns: readonly string[], withRecord: boolean): Table {
  return {
    name,
    rows: rows.length,
    integers: [
      { name: 'source', data: Uint32Array.from(rows, ({ source }) => source) },
      { name: 'row', data: Uint32Array.from(rows, ({ row }) => row) },
      ...(withRecord ? [{ name: 'record', data: Uint32Array.from(rows, ({ record }) => record ?? 0) }] : [])
    ],
    columns: columns.map(column => columnFrom(column, rows.map(({ cells }) => (Object.hasOwn(cells, column) ? cells[column] ?? null : null))))
  }
}

function keysOf(column: Column): Column[] {
  const texts = Array.from(column.codes, (_, row) => textAt(column, row))
  return [
    columnFrom(`${column.name}#key`, texts.map(text => (text === null ? null : organisationKey(text)))),
    columnFrom(`${column.name}#alias`, texts.map(text => { const { aliases } = tradingNames(text ?? ''); return aliases.length === 0 ? null : list(aliases) }))
  ]
}

/** The frames `records` and `normalised` of an example. */
export function framesOf(example: Example): { records: Frame; normalised: Frame<NormalisedMeta> } {
  const groups = example.groups ?? {}
  const schema: DatasetSchema = { entity: 'organisation', inferred: false, fields: example.fields, groups, extras: example.extras ?? [], merge_keys: example.keys ?? [] }
  const names = [...example.fields.map(({ name }) => name), ...schema.extras, 'key']
  const present = names.filter(name => example.records.some(({ cells }) => Object.hasOwn(cells, name)))
  const records = tableFrom('records', example.records, present, false)
  const groupTables = Object.entries(groups).map(([name, group]) => tableFrom(name, example.members?.[name] ?? [], group.fields.map(field => field.name), true))
  const patch = (table: Table, position: number): Table => {
    const over = (index: number): Cells => example.raw?.[`${position}:${index}`] ?? {}
    return { ...table, columns: table.columns.map(column => columnFrom(column.name, Array.from(column.codes, (_, row) => (Object.hasOwn(over(row), column.name) ? over(row)[column.name] ?? null : textAt(column, row))))) }
  }
  const raws = [records, ...groupTables].map(patch)
  const aside = example.aside ?? []
  const quarantine: Table = {
    name: 'quarantine',
    rows: aside.length,
    integers: [{ name: 'source', data: Uint32Array.from(aside, ({ source }) => source) }, { name: 'row', data: Uint32Array.from(aside, ({ row }) => row) }],
    columns: [['level', 'row'], ['reason', 'SET_ASIDE'], ['severity', 'info']].map(([name, text]) => columnFrom(name!, aside.map(() => text!)))
  }
  const issues = example.issues ?? []
  const issueTable: Table = {
    name: 'issues',
    rows: issues.length,
    integers: [{ name: 'table', data: Uint32Array.from(issues, ({ table }) => table) }, { name: 'index', data: Uint32Array.from(issues, ({ index }) => index) }],
    columns: (['field', 'value', 'reason', 'detail', 'severity'] as const).map(name => columnFrom(name, issues.map(issue => (name === 'detail' ? 'cannot be read' : name === 'severity' ? issue.severity ?? 'error' : issue[name]))))
  }
  const filled: Record<string, number> = {}
  raws.forEach((table, at) => {
    for (const column of table.columns) filled[at === 0 ? column.name : `${table.name}.${column.name}`] = column.codes.filter(code => code !== 0).length
  })
  const meta: NormalisedMeta = { schema, sources: sourcesOf(example), joins: example.joins ?? [], filled, group_order: Object.keys(groups), unknown: {}, changed: {} }
  const organisations = new Set(example.fields.filter(({ type }) => type === 'organisation-name').map(({ name }) => name))
  const normalised = { ...records, columns: records.columns.flatMap(column => (organisations.has(column.name) ? [column, ...keysOf(column)] : [column])) }
  return {
    records: { meta, tables: [...raws, quarantine] },
    normalised: { meta, tables: [normalised, ...groupTables, issueTable, quarantine] }
  }
}

/** The config that the four operators see, with parts of `refine` replaced. */
export function configOf(refine: Record<string, unknown> = {}): any {
  return { country: 'ZA', refine: { ...DEFAULTS.refine, ...refine } }
}

export interface Outcome { readonly valid: Frame<any>; readonly clusters: Frame<any>; readonly entities: Frame<any>; readonly dataset: Frame<DatasetMeta>; readonly diagnostics: readonly Diagnostic[]; readonly milliseconds: readonly number[] }

/** Runs the four operators. `clock` gives milliseconds, for measurements. */
export function runAll(frames: { records: Frame; normalised: Frame }, refine: Record<string, unknown> = {}, clock: () => number = () => 0): Outcome {
  const diagnostics: Diagnostic[] = []
  const context: Context = { pins: { as_of: null, seed: '' }, diagnose: found => void diagnostics.push(found), progress: () => undefined, random: () => 0 }
  const config = configOf(refine)
  const input = (value: unknown) => [{ id: '', kind: '', hash: '', value }]
  const marks = [clock()]
  const timed = <T>(value: T): T => (marks.push(clock()), value)
  const valid = timed(validate.run({ normalised: input(frames.normalised), records: input(frames.records) }, config, context)['valid'] as Frame<any>)
  const clusters = timed(match.run({ valid: input(valid) }, config, context)['clusters'] as Frame<any>)
  const entities = timed(merge.run({ valid: input(valid), clusters: input(clusters) }, config, context)['entities'] as Frame<any>)
  const dataset = timed(score.run({ entities: input(entities), valid: input(valid) }, config, context)['dataset'] as Frame<DatasetMeta>)
  return { valid, clusters, entities, dataset, diagnostics, milliseconds: marks.slice(1).map((mark, at) => mark - marks[at]!) }
}

/** Rows of a table as objects, empty cells left out, integers included when named. Lists show as `a; b`. */
export function rowsOf(frame: Frame, name: string, integers: readonly string[] = []): Record<string, string | number>[] {
  const table = frame.tables.find(each => each.name === name)!
  return Array.from({ length: table.rows }, (_, row) => Object.fromEntries([
    ...integers.map(each => [each, table.integers.find(column => column.name === each)!.data[row]!] as const),
    ...table.columns.flatMap(column => { const text = textAt(column, row); return text === null ? [] : [[column.name, text.replaceAll(ITEM_SEPARATOR, '; ')] as const] })
  ]))
}
