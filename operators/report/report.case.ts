/** Inputs of the report for its tests: the small invented dataset with the mapping and the valid records around it. */
import type { Frame } from '../../kernel/artifact/table.ts'
import { datasetOf, FIELDS, GROUPS, SOURCES, tableFrom } from '../export/dataset.case.ts'
import type { DatasetMeta, Mapping, ValidMeta } from '../model/stages.ts'

const SCHEMA = datasetOf().meta.schema

/** The mapping of both files. */
export const MAPPING: Mapping = {
  schema: SCHEMA,
  sources: SOURCES,
  files: [
    {
      file: 'North & South.xlsx', format: 'xlsx', reader: 'read.xlsx', properties: {}, dialect: null,
      sheets: [{
        sheet: 'Organisation', state: 'visible', rows_present: 8,
        excluded: [{ reason: 'title', rows: 1, where: '1' }, { reason: 'header', rows: 1, where: '2' }, { reason: 'total', rows: 1, where: '9' }, { reason: 'blank', rows: 4, where: '10:13' }],
        decisions: [{ what: 'TITLE', where: 'A1:D1', reason: 'one merged cell above the header' }]
      }],
      tables: [{ id: 'North & South.xlsx#Organisation#1', sheet: 'Organisation', range: 'A2:D8', header_rows: [2], columns: [] }]
    },
    {
      file: 'people.csv', format: 'csv', reader: 'read.csv', properties: {}, dialect: { encoding: 'windows-1252', delimiter: ';', quote: '"', escape: '', comment: '', fields: 2, line_ending: 'CRLF', confidence: 0.63 },
      sheets: [{ sheet: 'people', state: 'visible', rows_present: 4, excluded: [{ reason: 'header', rows: 1, where: '1' }], decisions: [] }],
      tables: [{ id: 'people.csv#people#1', sheet: 'people', range: 'A1:D5', header_rows: [1], columns: [] }]
    }
  ],
  loss: [{ code: 'FORMULA_NO_VALUE', file: 'North & South.xlsx', sheet: 'Organisation', column: 'D', count: 2, cells: ['D3', 'D5'], note: 'formulas without a cached value' }]
}

/** The valid records, as far as the report looks at them. */
export function validOf(unknown: ValidMeta['unknown'] = { notes: [{ value: 'Flight Schol', count: 3 }] }): Frame<ValidMeta> {
  return {
    meta: {
      schema: { ...SCHEMA, fields: FIELDS, groups: GROUPS },
      sources: SOURCES,
      joins: [{ file: 'people.csv', sheet: 'people', by_key: 2, by_name: 1, orphans: 1 }],
      filled: { organization_name: 5 },
      group_order: ['contact'],
      unknown,
      changed: { website: { SCHEME_ADDED: 2, TRACKING_DROPPED: 1 }, organization_name: { SPACES: 3 } },
      budgets: [{ name: 'quarantined_rows', limit: 0.1, actual: 0.2222, breached: true }, { name: 'orphans', limit: 0.25, actual: 0.25, breached: false }]
    },
    tables: [
      tableFrom('records', { organization_name: ['a', 'b', 'c', 'd', null] }, { source: [1, 1, 1, 1, 1], row: [3, 4, 5, 6, 7], ok: [1, 1, 1, 1, 0] }),
      tableFrom('contact', { name: ['a', 'b', 'c', 'd'] }, { source: [2, 2, 2, 2], row: [2, 3, 4, 5], record: [1, 2, 1, 0], ok: [1, 1, 1, 0] })
    ]
  }
}

/** What the operator is given. */
export function reportInputs(dataset: Frame<DatasetMeta> = datasetOf()): { readonly [slot: string]: readonly { id: string; kind: string; hash: string; value: any }[] } {
  const input = (kind: string, value: unknown) => [{ id: kind, kind, hash: '', value }]
  return { mapping: input('mapping', MAPPING), valid: input('valid', validOf()), dataset: input('dataset', dataset) }
}
