/** Takes personal values out of a dataset for the rows that nobody consented to. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { columnOf, integersOf, kindAt, tableOf, textAt, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { canonicalJson } from '../../kernel/json.ts'
import type { Json } from '../../kernel/types.ts'
import { maskWords } from '../masking/mask.ts'
import type { DatasetMeta } from '../model/stages.ts'

export interface Withheld {
  /** Targets whose values go as a whole. */
  readonly targets: ReadonlySet<string>
  /** Targets of free text, in which mentions of people are masked. */
  readonly texts: ReadonlySet<string>
  /** Rows of the dataset, from 0, whose people did not consent. */
  readonly out: ReadonlySet<number>
  /** A text of a row of the dataset without the people who are named in it and did not consent; null when nothing can be left of it. */
  masked(text: string, row: number, target: string): string | null
  /** A text of no row of the dataset without the people who did not consent; and without anybody. */
  others(text: string): string | null
  all(text: string): string | null
  /** Whether a row of a file may be shown as it is. */
  isAgreed(source: number, row: number): boolean
  /** Whether values of a target are held back without consent, personal or not. */
  isGated(target: string): boolean
}

/** The column built anew, so that what is taken out stands in no dictionary either. */
function rebuilt(column: Column, rows: number, instead: (text: string, row: number) => string | null): Column {
  const builder = createColumnBuilder(column.name, rows)
  for (let row = 0; row < rows; row++) {
    const text = textAt(column, row)
    builder.push(text === null ? null : instead(text, row), kindAt(column, row))
  }
  return builder.finish()
}

/** The dataset without what may not leave: values of persons, mentions of them, and what stands of their rows in conflicts and quarantine. */
export function withhold(dataset: Frame<DatasetMeta>, { targets, texts, out, masked, others, all, isAgreed, isGated }: Withheld): Frame<DatasetMeta> {
  const { groups } = dataset.meta.schema
  const cell = (target: string, entityOf: (row: number) => number) => (text: string, row: number): string | null =>
    targets.has(target) ? (out.has(entityOf(row)) ? null : text) : masked(text, entityOf(row), target)
  const isTouched = (target: string): boolean => targets.has(target) || texts.has(target)
  const key = columnOf(tableOf(dataset, 'conflicts'), 'entity_key') === undefined ? '' : keyTarget(dataset)
  const tables = dataset.tables.map((table): Table => {
    if (table.name === 'data') return { ...table, columns: table.columns.map(column => (isTouched(column.name) ? rebuilt(column, table.rows, cell(column.name, row => row)) : column)) }
    if (groups[table.name] !== undefined) {
      const entity = integersOf(table, 'entity')
      return { ...table, columns: table.columns.map(column => (isTouched(`${table.name}.${column.name}`) ? rebuilt(column, table.rows, cell(`${table.name}.${column.name}`, row => entity[row]! - 1)) : column)) }
    }
    if (table.name === 'conflicts') {
      const [entity, field] = [integersOf(table, 'entity'), columnOf(table, 'field')!]
      const value = (text: string, row: number): string | null => {
        const target = textAt(field, row) ?? ''
        return isTouched(target) ? cell(target, at => entity[at]! - 1)(text, row) : text
      }
      return { ...table, columns: table.columns.map(column => (column.name === 'kept' || column.name === 'lost' ? rebuilt(column, table.rows, value) : column.name === 'entity_key' && isTouched(key) ? rebuilt(column, table.rows, cell(key, row => entity[row]! - 1)) : column)) }
    }
    if (table.name === 'quarantine') {
      const [source, line, level, field] = [integersOf(table, 'source'), integersOf(table, 'row'), columnOf(table, 'level')!, columnOf(table, 'field')!]
      const isRow = (row: number): boolean => textAt(level, row) === 'row'
      const isOut = (row: number): boolean => !isAgreed(source[row]!, line[row]!) && (isRow(row) || isGated(textAt(field, row) ?? ''))
      const value = (text: string, row: number): string | null => {
        const mask = isOut(row) ? maskWords : (one: string): string => others(one) ?? ''
        return isRow(row) ? maskedRow(text, mask) : mask(text)
      }
      return { ...table, columns: table.columns.map(column => (column.name === 'value' ? rebuilt(column, table.rows, value) : column.name === 'detail' ? rebuilt(column, table.rows, (text, row) => (isOut(row) ? all(text) : others(text))) : column)) }
    }
    return table
  })
  return { ...dataset, tables }
}

/** The field whose value names an entity in the conflicts. */
function keyTarget({ meta: { schema: { fields } } }: Frame<DatasetMeta>): string {
  return (fields.find(({ derive }) => derive !== undefined && 'slug' in derive) ?? fields[0])?.name ?? ''
}

/** The values of a whole row that was set aside (JSON, header to text), each masked. */
function maskedRow(text: string, mask: (value: string) => string): string {
  let cells: Json
  try {
    cells = JSON.parse(text) as Json
  } catch {
    return mask(text)
  }
  if (typeof cells !== 'object' || cells === null || Array.isArray(cells)) return mask(text)
  return canonicalJson(Object.fromEntries(Object.entries(cells).map(([header, value]) => [header, typeof value === 'string' ? mask(value) : value])))
}

/** The rows of the main table. */
export const dataOf = (dataset: Frame<DatasetMeta>): Table => tableOf(dataset, 'data')
