/** The operator `linkage.rows`: the valid rows of a run as records to be linked, and what is certain of them already. */
import { columnFrom } from '../../../kernel/artifact/builder.ts'
import { integersOf, tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { recordIds } from '../../identity/record-id.ts'
import type { ClustersMeta, ValidMeta } from '../../model/stages.ts'
import { copyColumn } from '../records/copies.ts'
import type { LinkSettings } from '../settings.ts'
import type { LinkDecisions, LinkRecordsMeta } from '../stages.ts'
import { certainLinks } from './certain.ts'
import { evidenceOf } from './fields.ts'
import { rowsThatGoOn } from './going.ts'

export const operator: Operator = {
  id: 'linkage.rows',
  version: '1.1.0',
  summary: 'Takes the valid rows of a run as records to be linked, with what keys and people have settled',
  inputs: { valid: { kind: 'valid' }, clusters: { kind: 'clusters' }, decisions: { kind: 'link-decisions', optional: true } },
  outputs: { records: { kind: 'link-records' }, certain: { kind: 'link-decisions' } },
  config: ['refine.linkage'],
  entropy: ['none'],
  run(inputs, config, context) {
    const valid = inputs['valid']![0]!.value as Frame<ValidMeta>
    const table = tableOf(valid, 'records')
    const rows = rowsThatGoOn(valid)
    const ids = recordIds(valid)
    const { columns, fields, equal } = evidenceOf(valid, rows, config.refine.linkage as LinkSettings)
    if (!fields.some(({ type }) => type !== 'ignored')) context.diagnose({ code: 'LINK_NO_EVIDENCE', severity: 'warning', message: 'no field can tell records apart: linkage adds nothing to the keys', details: { fields: fields.length } })
    const sheetRows = integersOf(table, 'row')
    const records: Frame<LinkRecordsMeta> = {
      meta: { id_field: '', source_field: '', link_only: false, fields },
      tables: [
        {
          name: 'records',
          rows: rows.length,
          columns: [columnFrom('#id', Array.from(rows, row => ids[row]!)), columnFrom('#source', new Array<null>(rows.length).fill(null)), ...columns],
          integers: [{ name: 'row', data: rows.map(row => sheetRows[row]!) }, copyColumn(fields, columns, equal)]
        }
      ]
    }
    return { records, certain: certainLinks(inputs['decisions']?.[0]?.value as LinkDecisions | undefined, inputs['clusters']![0]!.value as Frame<ClustersMeta>, rows, ids, columns) }
  }
}
