/** The normalise operator: every value in the form of its semantic type, and an issue for every value that has none. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { columnOf, integersOf, tableOf, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { mapColumn } from '../../kernel/artifact/builder.ts'
import { ITEM_SEPARATOR } from '../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../kernel/types.ts'
import type { Field, SemanticType } from '../../schemas/generated/profile.ts'
import { organisationKey, tradingNames } from '../model/name-key.ts'
import type { NormalisedMeta, RecordsMeta } from '../model/stages.ts'
import { normaliseColumn, type Place, type Transfer } from './column.ts'
import type { DraftColumn } from './draft-column.ts'
import { Ledger } from './ledger.ts'
import type { NormaliseOptions } from './normaliser.ts'
import { keeping, optionsFor, typeOf, withEvidence, type NormaliseConfig } from './options.ts'
import { fieldOfPart, isNamePart, joinNames } from './person-columns.ts'
import { mappedTargets, normaliseParts, signsOf, type MappedTargets } from './decimal-by-source.ts'
import { carryOut, type DraftTable } from './transfers.ts'

const KEY: Field = { name: 'key', type: 'identifier' }

/** Columns of a table in the order of output: parts of a name stand where the whole name will. */
function columnNames(table: Table): readonly string[] {
  return [...new Set(table.columns.map(({ name }) => (isNamePart(name) ? fieldOfPart(name) : name)))]
}

function fieldFor(name: string, table: DraftTable): Field | null {
  return table.fields.get(name) ?? (table.index === 0 && name === 'key' ? KEY : null)
}

/** The options for a field. The order of its dates comes from the column where the profile declares no fields. */
function fieldOptions(field: Field | null, { schema }: RecordsMeta, config: NormaliseConfig): NormaliseOptions {
  const options = optionsFor(field, config)
  return schema.inferred && field?.date_order !== undefined ? { ...options, date_order_shown: true } : options
}

function normaliseTable(table: Table, draft: DraftTable, meta: RecordsMeta, mapped: MappedTargets, config: NormaliseConfig, ledger: Ledger, transfers: Transfer[]): void {
  const parted = new Set(table.columns.flatMap(({ name }) => (isNamePart(name) ? [fieldOfPart(name)] : [])))
  for (const [position, name] of columnNames(table).entries()) {
    const field = fieldFor(name, draft)
    const place: Place = { table: draft.index, column: position, target: draft.index === 0 ? name : `${draft.name}.${name}` }
    let column = columnOf(table, name)
    let type: SemanticType = typeOf(field)
    if (parted.has(name)) {
      const names = joinNames(table, name)
      column = names.column
      type = field?.type ?? 'person-name'
      ledger.changed(place.target, 'NAME_JOINED', names.joined)
      for (const { row, value } of names.surplus) transfers.push({ place, row, what: 'extra', misplaced: { type, value, reason: 'EXTRA_VALUE' } })
    }
    const options = withEvidence(type, dictionaryOf(column!), column!.kinds, keeping(mapped.kept.get(place.target) ?? [], fieldOptions(field, meta, config)))
    const signs = signsOf(place.target, type, mapped, meta.sources.length, config)
    draft.columns.set(name, normaliseParts(column!, signs === null ? null : draft.source, signs, options, part => normaliseColumn(part.column, type, part.options, place, ledger, transfers)))
  }
}

/** `#key` and `#alias` of every organisation name. */
function derivedColumns(draft: DraftTable, columns: readonly Column[]): readonly Column[] {
  const out: Column[] = []
  for (const column of columns) {
    const field = draft.fields.get(column.name)
    if (field?.type !== 'organisation-name') continue
    out.push(mapColumn(column, `${column.name}#key`, text => list(text, organisationKey)))
    out.push(mapColumn(column, `${column.name}#alias`, text => list(text, item => tradingNames(item).aliases.join(ITEM_SEPARATOR))))
  }
  return out
}

function list(text: string, change: (item: string) => string): string | null {
  const items = text.includes(ITEM_SEPARATOR) ? [...new Set(text.split(ITEM_SEPARATOR).map(change).filter(item => item !== ''))].join(ITEM_SEPARATOR) : change(text)
  return items === '' ? null : items
}

function draftOf(table: Table, index: number, meta: RecordsMeta): DraftTable {
  const group = index === 0 ? null : meta.schema.groups[table.name]!
  const fields = group === null ? meta.schema.fields : group.fields
  return {
    name: table.name,
    index,
    rows: table.rows,
    fields: new Map(fields.map(field => [field.name, field])),
    columns: new Map<string, DraftColumn>(),
    group,
    source: integersOf(table, 'source'),
    row: integersOf(table, 'row'),
    record: group === null ? null : integersOf(table, 'record')
  }
}

/** Tells people which setting would have saved the values that can be read two ways. */
function diagnoseAmbiguous(ledger: Ledger, context: Context): void {
  for (const [reason, what, key] of [['DATE_AMBIGUOUS', 'dates', 'refine.normalise.date_order'], ['NUMBER_AMBIGUOUS', 'numbers', 'refine.normalise.decimal'], ['CURRENCY_AMBIGUOUS', 'amounts', 'refine.normalise.decimal']] as const) {
    for (const [field, count] of ledger.countsOf(reason)) {
      context.diagnose({ code: reason, severity: 'warning', message: `${count} ${what} in ${field} can be read two ways and were left out; set ${key}`, details: { field, count, setting: key } })
    }
  }
}

function run(frame: Frame<RecordsMeta>, config: NormaliseConfig, context: Context): Frame<NormalisedMeta> {
  const { meta } = frame
  const groups = frame.tables.filter(table => table.name !== 'records' && table.name !== 'quarantine' && Object.hasOwn(meta.schema.groups, table.name))
  const sources = [tableOf(frame, 'records'), ...groups]
  const ledger = new Ledger()
  const transfers: Transfer[] = []
  const mapped = mappedTargets(meta.sources)
  const drafts = sources.map((table, index) => draftOf(table, index, meta))
  for (const [index, table] of sources.entries()) {
    normaliseTable(table, drafts[index]!, meta, mapped, config, ledger, transfers)
    context.progress((index + 1) / (sources.length + 1))
  }
  carryOut(transfers, drafts, meta.schema, config, ledger)
  diagnoseAmbiguous(ledger, context)
  const tables = frame.tables.map(table => {
    const index = sources.indexOf(table)
    if (index === -1) return table
    const columns = [...drafts[index]!.columns.values()].map(column => column.finish())
    return { name: table.name, rows: table.rows, columns: [...columns, ...derivedColumns(drafts[index]!, columns)], integers: table.integers }
  })
  return { meta: { ...meta, group_order: groups.map(group => group.name), ...ledger.counts() }, tables: [...tables, ledger.issues()] }
}

export const operator: Operator = {
  id: 'normalise',
  version: '1.2.0',
  summary: 'Brings every value into the form of its semantic type',
  inputs: { records: { kind: 'records' } },
  outputs: { normalised: { kind: 'normalised' } },
  config: ['country', 'refine.normalise'],
  entropy: ['none'],
  run: (inputs, config, context) => ({ normalised: run(inputs['records']![0]!.value, config as NormaliseConfig, context) })
}
