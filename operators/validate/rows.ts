/** Which rows go on: required fields, names, uniqueness. */
import { dictionaryOf, distinctOf } from '../../kernel/artifact/dictionary.ts'
import { integersOf, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import type { DatasetSchema } from '../model/stages.ts'

/** Why a row does not go on. */
export interface Verdict {
  readonly reason: string
  readonly detail: string
  readonly severity: 'error' | 'info'
  readonly field: string
}

/** Verdict of each row of a table; undefined where the row goes on. */
export type Verdicts = (Verdict | undefined)[]

/** What a filled-down column leaves in a row that nobody filled in. */
const FILLER = new Set(['0', 'false', 'FALSE', 'no'])

/** Fields that a row must bring with it: required, and neither constant nor computed. */
export function requiredFields(fields: readonly Field[]): readonly Field[] {
  return fields.filter(field => field.required === true && field.constant === undefined && field.derive === undefined)
}

/** The fields by which a row names its entity: the required ones, else the first organisation name. */
function namingFields(schema: DatasetSchema): readonly Field[] {
  const required = requiredFields(schema.fields)
  return required.length > 0 ? required : schema.fields.filter(({ type, derive }) => type === 'organisation-name' && derive === undefined).slice(0, 1)
}

/** Marks rows without a required field; `failed` tells whether the row's value for a field was refused, and why. */
export function judgeRequired(table: Table, fields: readonly Field[], verdicts: Verdicts, failed: (index: number, field: string) => string | null, applies: (index: number) => boolean): void {
  for (const field of requiredFields(fields)) {
    const column = table.columns.find(({ name }) => name === field.name)
    for (let index = 0; index < table.rows; index++) {
      if ((column !== undefined && column.codes[index] !== 0) || verdicts[index] !== undefined || !applies(index)) continue
      const why = failed(index, field.name)
      verdicts[index] =
        why === null
          ? { reason: 'REQUIRED_MISSING', detail: `${field.name} is empty`, severity: 'error', field: field.name }
          : { reason: 'REQUIRED_INVALID', detail: `${field.name} holds no valid value (${why})`, severity: 'error', field: field.name }
    }
  }
}

/**
 * Marks records that have an identifier at most: rows that were numbered in advance and never filled in. Whether a
 * row has more is asked of its own cells, and by `hasMore` of its group members and refused values.
 */
export function judgeNames(records: Table, schema: DatasetSchema, verdicts: Verdicts, hasMore: (index: number) => boolean): void {
  const naming = namingFields(schema)
  if (naming.length === 0) return
  const names = naming.map(field => records.columns.find(({ name }) => name === field.name))
  const idle = new Set(schema.fields.filter(({ type }) => type === 'identifier' || type === 'boolean').map(({ name }) => name))
  const telling = records.columns.filter(({ name }) => name !== 'key' && !name.includes('#') && !idle.has(name))
  const filler = telling.map(column => {
    const marked = new Uint8Array(distinctOf(column))
    dictionaryOf(column).each((value, index) => {
      if (FILLER.has(value)) marked[index] = 1
    })
    return marked
  })
  for (let index = 0; index < records.rows; index++) {
    if (names.some(column => column !== undefined && column.codes[index] !== 0)) continue
    const filled = telling.some((column, at) => column.codes[index] !== 0 && filler[at]![column.codes[index]! - 1] !== 1)
    if (filled || hasMore(index)) continue
    verdicts[index] = { reason: 'ROW_WITHOUT_NAME', detail: 'the row holds an identifier at most', severity: 'info', field: naming[0]!.name }
  }
}

/** Marks, within each source, the later rows that repeat a value of a unique field. Rows already marked do not count. */
export function judgeUnique(table: Table, fields: readonly Field[], verdicts: Verdicts): void {
  const sources = integersOf(table, 'source')
  const rows = integersOf(table, 'row')
  const unique = fields.filter(field => field.unique === true).flatMap(field => table.columns.find(({ name }) => name === field.name) ?? [])
  if (unique.length === 0) return
  const order = Uint32Array.from({ length: table.rows }, (_, index) => index).sort((a, b) => sources[a]! - sources[b]! || rows[a]! - rows[b]! || a - b)
  for (const column of unique) markRepeats(column, order, sources, rows, verdicts)
}

function markRepeats(column: Column, order: Uint32Array, sources: Uint32Array, rows: Uint32Array, verdicts: Verdicts): void {
  const first = new Map<number, number>()
  const size = distinctOf(column) + 1
  for (const index of order) {
    const code = column.codes[index]!
    if (code === 0 || verdicts[index] !== undefined) continue
    const key = sources[index]! * size + code
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, index)
    else verdicts[index] = { reason: 'DUPLICATE_VALUE', detail: `${column.name} repeats the value of row ${rows[earlier]}`, severity: 'error', field: column.name }
  }
}
