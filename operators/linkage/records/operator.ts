/** The operator `linkage.records`: the table of a file as records to be linked, each field with what it means. */
import { renamed } from '../../../kernel/artifact/dictionary.ts'
import { tableOf, type Column, type Frame } from '../../../kernel/artifact/table.ts'
import { columnFrom, selectRows } from '../../../kernel/artifact/builder.ts'
import { HotpassError } from '../../../kernel/error.ts'
import { nearest } from '../../../kernel/suggest.ts'
import type { Operator } from '../../../kernel/types.ts'
import type { TablesMeta } from '../../model/stages.ts'
import { contentIds } from '../../identity/record-id.ts'
import { inferFields } from '../fields/infer.ts'
import { declaredTypes, ignoredColumns, withNamed, type LinkSettings } from '../settings.ts'
import type { LinkRecordsMeta } from '../stages.ts'
import { comparedFields, copiesOf, copyColumn, equalRows } from './copies.ts'
import { byContent } from './order.ts'

const ID_NAMES = ['record_id', 'id', 'unique_id', 'uuid', 'rowid', 'row_id']
const OWN_NUMBER = /^(record_?id|id|unique_?id|uuid|guid|row_?(id|number|no)?|index|#)$/i

interface Named { readonly names: readonly string[]; readonly columns: readonly Column[]; readonly rows: number; readonly row: Uint32Array }

/** The largest table of the file, its columns under the names of the header. */
function largest(frame: Frame<TablesMeta>): Named {
  let best = 0
  frame.tables.forEach(({ rows }, at) => void (rows > frame.tables[best]!.rows && (best = at)))
  const table = frame.tables[best]
  if (table === undefined || table.rows === 0) throw new HotpassError('E_INPUT_EMPTY', `${frame.meta.file} holds no record`, { place: { file: frame.meta.file }, hint: 'give a file with a header and at least one row' })
  const seen = new Set<string>()
  const names = frame.meta.tables[best]!.columns.map(({ letter, header }) => {
    const name = header === '' || seen.has(header) ? `${header}[${letter}]` : header
    seen.add(name)
    return name
  })
  return { names, columns: table.columns.map((column, at) => renamed(column, names[at]!)), rows: table.rows, row: table.integers.find(({ name }) => name === 'row')!.data }
}

function distinctAndFilled({ codes, values }: Column): boolean {
  return values.length === codes.length && codes.every(code => code !== 0)
}

function known(names: readonly string[], wanted: string, key: string, file: string): string {
  if (names.includes(wanted)) return wanted
  const close = nearest(wanted, [...names])
  throw new HotpassError('E_UNKNOWN_NAME', `${file} has no column "${wanted}", which ${key} names`, { place: { file }, hint: close === undefined ? `its columns are ${names.slice(0, 12).join(', ')}` : `did you mean "${close}"?` })
}

/** Records of a table. Throws E_INPUT_EMPTY, E_UNKNOWN_NAME, and E_CONFIG when the id does not tell records apart. */
export function linkRecords(frame: Frame<TablesMeta>, settings: LinkSettings): Frame<LinkRecordsMeta> {
  const { file } = frame.meta
  const { names, columns, rows, row } = largest(frame)
  const named = (name: string): Column => columns[names.indexOf(name)]!
  const idField = settings.id_field === undefined ? (names.find(name => ID_NAMES.includes(name.toLowerCase()) && distinctAndFilled(named(name))) ?? '') : known(names, settings.id_field, 'id_field', file)
  const sourceField = settings.source_field === undefined ? '' : known(names, settings.source_field, 'source_field', file)
  if (settings.link_only === true && sourceField === '') throw new HotpassError('E_CONFIG', 'link_only needs source_field: the column that says which list a record is from', { hint: 'give it with --source-field' })
  for (const name of [...(settings.ignore ?? []), ...Object.keys(settings.types ?? {})]) known(names, name, 'refine.linkage', file)
  const id = idField === '' ? columnFrom('#id', contentIds(columns, rows)) : { ...named(idField), name: '#id' }
  if (idField !== '' && !distinctAndFilled(id)) {
    const at = firstRepeated(id)
    throw new HotpassError('E_CONFIG', `${file}: column "${idField}" tells no records apart: ${id.codes[at] === 0 ? `row ${row[at]!} has no value` : `row ${row[at]!} has the value of row ${row[id.codes.indexOf(id.codes[at]!)]!}`}`, { place: { file }, hint: 'give the column that tells every record apart with --id-field, or none, and records go by what they say' })
  }
  const source = sourceField === '' ? columnFrom('#source', new Array<null>(rows).fill(null)) : { ...named(sourceField), name: '#source' }
  const ignore = new Set([idField, sourceField, ...ignoredColumns(settings), ...names.filter(name => OWN_NUMBER.test(name) && distinctAndFilled(named(name)))])
  const order = byContent([...columns.filter(({ name }) => !ignore.has(name)), source], rows)
  const placed = columns.map(column => selectRows(column, order))
  const first = equalRows(placed.filter(({ name }) => !ignore.has(name)), rows)
  const fields = withNamed(inferFields(placed, declaredTypes(settings), ignore, first), settings)
  // Records of one source are never matched: with sources there are no copies.
  const copies = settings.link_only === true ? [] : [copyColumn(fields, placed, first)]
  return {
    meta: { id_field: idField, source_field: sourceField, link_only: settings.link_only === true, fields },
    tables: [{ name: 'records', rows, columns: [selectRows(id, order), selectRows(source, order), ...placed], integers: [{ name: 'row', data: order.map(at => row[at]!) }, ...copies] }]
  }
}

function firstRepeated({ codes }: Column): number {
  const seen = new Set<number>()
  return codes.findIndex(code => code === 0 || seen.has(code) || seen.add(code) === undefined)
}

export const operator: Operator = {
  id: 'linkage.records',
  version: '1.3.1',
  summary: 'Takes the table of a file as records to be linked, and tells what each field means',
  inputs: { tables: { kind: 'tables', many: true } },
  outputs: { records: { kind: 'link-records' } },
  config: ['refine.linkage', 'refine.fields', 'compliance.pii_fields'],
  entropy: ['none'],
  run(inputs, config, context) {
    const settings = config.refine.linkage as LinkSettings
    const tables = inputs['tables']![0]!.value as Frame<TablesMeta>
    const records = linkRecords(tables, settings)
    // A profile with fields of its own may name those; what nobody has would be masked nowhere.
    if ((config.refine.fields ?? []).length === 0) for (const name of config.compliance.pii_fields as readonly string[]) known(records.meta.fields.map(field => field.name), name, '--sensitive-field or compliance.pii_fields', tables.meta.file)
    const evidence = records.meta.fields.filter(({ type }) => type !== 'ignored')
    const copies = copiesOf(tableOf(records, 'records')).reduce((sum, before) => sum + (before === 0 ? 0 : 1), 0)
    if (copies > 0) context.diagnose({ code: 'LINK_COPIES', severity: 'info', message: `${copies} record(s) are identical to an earlier one in all ${comparedFields(records.meta.fields).length} compared fields, and are put together before anything is weighed`, details: { records: copies, fields: comparedFields(records.meta.fields).length } })
    if (evidence.length === 0 && copies === 0) context.diagnose({ code: 'LINK_NO_EVIDENCE', severity: 'warning', message: 'no column can tell records apart: every record stays alone', details: { columns: records.meta.fields.length } })
    if (records.meta.id_field === '') {
      const repeated = records.meta.fields.find(({ name, filled, distinct }) => ID_NAMES.includes(name.toLowerCase()) && filled > 0 && (distinct < filled || filled < tableOf(records, 'records').rows))
      if (repeated !== undefined) context.diagnose({ code: 'LINK_ID_REPEATED', severity: 'warning', message: `column "${repeated.name}" tells no records apart (${repeated.distinct} different values in ${tableOf(records, 'records').rows} rows), so records go by a digest of what they say, and it is compared like any other column: leave it out with refine.linkage.ignore, or give another column with --id-field`, details: { column: repeated.name, distinct: repeated.distinct } })
    }
    const blank = records.meta.fields.filter(({ filled }) => filled === 0).map(({ name }) => name)
    if (blank.length > 0) context.diagnose({ code: 'LINK_COLUMN_EMPTY', severity: 'info', message: `${blank.length} empty column(s) are no evidence`, details: { columns: blank } })
    return { records }
  }
}
