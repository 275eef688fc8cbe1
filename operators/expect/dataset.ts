/** The tables of a finished dataset, as exported, as what a contract is held against; cells lead back to the files. */
import { columnOf, integersOf, tableOf, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { exportTables, type ExportTable } from '../export/dataset.ts'
import type { CheckPlace } from '../model/checks.ts'
import type { Masker } from '../masking/masker.ts'
import type { DatasetMeta, EntitiesMeta, Source, ValidMeta } from '../model/stages.ts'
import type { Subject } from './subject.ts'

/** What leads from a row of the dataset to the row of a file. */
export interface Origins {
  readonly entities: Frame<EntitiesMeta>
  readonly valid: Frame<ValidMeta>
}

/** By group; '' is the main table. `origins` null: places are rows of the dataset. `processed`: the dataset before consent withheld anything. */
export function datasetSubjects(dataset: Frame<DatasetMeta>, origins: Origins | null, masker: () => Masker, processed: Frame<DatasetMeta> = dataset): ReadonlyMap<string, Subject> {
  const subjects = new Map<string, Subject>()
  for (const table of exportTables(dataset)) {
    if (table.role !== 'data' && table.role !== 'group') continue
    const group = table.role === 'data' ? '' : table.name
    const columns = new Map(table.columns.map(each => [each.name, each.column.name === each.name ? each.column : { ...each.column, name: each.name }]))
    const prefix = group === '' ? '' : `${group}.`
    const keyed = group === '' ? undefined : table.columns[0]?.name
    subjects.set(group, {
      rows: table.rows,
      names: table.columns.map(({ name }) => name),
      column: field => columns.get(field),
      repeats: () => [],
      place: origins === null ? row => ({ file: '', sheet: '', cell: '', row: row + 1 }) : placesOf(table, group, dataset, origins),
      ...(processed === dataset ? {} : { isWithheld: withheldIn(processed, group === '' ? 'data' : group, columns) }),
      shown: (text, field) => masker().value(text, field === keyed ? field : prefix + field)
    })
  }
  return subjects
}

/** Whether a cell that is empty was filled before; rows keep their order. */
function withheldIn(processed: Frame<DatasetMeta>, name: string, columns: ReadonlyMap<string, Column>): (row: number, field: string) => boolean {
  const table = tableOf(processed, name)
  return (row, field) => (columns.get(field)?.codes[row] ?? 0) === 0 && (columnOf(table, field)?.codes[row] ?? 0) !== 0
}

function placesOf(table: ExportTable, group: string, dataset: Frame<DatasetMeta>, { entities, valid }: Origins): Subject['place'] {
  const { schema, sources } = dataset.meta
  const records = tableOf(valid, 'records')
  const at = (rows: Table, index: number, target: string): CheckPlace => placeIn(sources[integersOf(rows, 'source')[index]! - 1]!, integersOf(rows, 'row')[index]!, target)
  if (group !== '') {
    const from = integersOf(tableOf(dataset, group), 'from')
    const members = tableOf(valid, group)
    return (row, field) => ((from[row] ?? 0) > 0 ? at(members, from[row]! - 1, `${group}.${field}`) : { file: '', sheet: '', cell: '', row: row + 1 })
  }
  const base = integersOf(tableOf(entities, 'entities'), 'base')
  const winners = tableOf(entities, 'winners')
  return (row, field) => {
    const winner = winners.integers.find(({ name }) => name === field)?.data[row] ?? 0
    const derive = schema.fields.find(({ name }) => name === field)?.derive
    if (winner > 0 && derive !== undefined && 'group' in derive) return at(tableOf(valid, derive.group), winner - 1, `${derive.group}.${derive.field}`)
    const record = winner > 0 ? winner : (base[row] ?? 0)
    return record === 0 ? { file: '', sheet: '', cell: '', row: row + 1 } : at(records, record - 1, field)
  }
}

/** The cell of a target in a row of a source; the row alone where no column of the source feeds the target. */
function placeIn({ file, sheet, columns }: Source, row: number, target: string): CheckPlace {
  const letter = columns.find(column => (column.target ?? column.extra)?.replace(/\/(given|family)$/, '') === target)?.letter
  return { file, sheet, cell: letter === undefined || letter === '' ? '' : `${letter}${row}`, row }
}
