/** The operator `retention`: which rows are older, on the day of the run, than they may be kept. */
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Operator } from '../../kernel/types.ts'
import { datasetSubjects } from '../expect/dataset.ts'
import { dateOf } from '../export/cell.ts'
import { createMasker } from '../masking/masker.ts'
import { tellPlace, type Check, type Checks } from '../model/checks.ts'
import { plural } from '../model/plural.ts'
import type { DatasetMeta, EntitiesMeta, ValidMeta } from '../model/stages.ts'

const share = (part: number, of: number): number => (of === 0 ? 0 : Math.round((part * 1_000_000) / of) / 1_000_000)

export const operator: Operator = {
  id: 'retention',
  version: '1.1.0',
  summary: 'Tells the rows that are older than the profile lets them be kept',
  inputs: { dataset: { kind: 'dataset' }, processed: { kind: 'dataset', optional: true }, entities: { kind: 'entities' }, valid: { kind: 'valid' } },
  outputs: { checks: { kind: 'checks' } },
  config: ['compliance', 'refine.merge.recency', 'report.examples'],
  entropy: ['clock'],
  run(inputs, config, context) {
    const dataset = inputs['dataset']![0]!.value as Frame<DatasetMeta>
    const days = config.compliance.retention_days as number
    const field = (config.compliance.retention_field ?? config.refine.merge.recency) as string
    const origins = { entities: inputs['entities']![0]!.value as Frame<EntitiesMeta>, valid: inputs['valid']![0]!.value as Frame<ValidMeta> }
    const processed = (inputs['processed']?.[0]?.value ?? dataset) as Frame<DatasetMeta>
    const masker = createMasker(dataset.meta.schema, config.compliance.pii_fields, processed.tables, origins.valid.tables)
    const subject = datasetSubjects(dataset, origins, () => masker).get('')!
    const column = subject.column(field)
    const today = dateOf((context.pins.as_of ?? '').slice(0, 10))
    const beyond: number[] = []
    let [undated, checked] = [0, 0]
    for (let row = 0; row < subject.rows; row++) {
      const code = column?.codes[row] ?? 0
      const date = code === 0 ? null : dateOf(column!.values[code - 1]!.slice(0, 10))
      if (date === null || today === null) undated++
      else {
        checked++
        if (today.day - date.day > days) beyond.push(row)
      }
    }
    const examples = beyond.slice(0, config.report.examples).map(row => ({ ...subject.place(row, field), value: masker.value(column!.values[column!.codes[row]! - 1]!, field) }))
    const outcome = beyond.length > 0 ? 'failed' : checked === 0 ? 'skipped' : 'passed'
    const message = beyond.length > 0 ? `${beyond.length} of ${plural(subject.rows, 'row')} ${beyond.length === 1 ? 'is' : 'are'} kept for longer than ${plural(days, 'day')}` : checked === 0 ? `no row has a date in ${field}` : `no row is kept for longer than ${plural(days, 'day')}`
    const check: Check = { id: 'retention', kind: 'retention', code: 'RETENTION_EXCEEDED', field, severity: 'warning', outcome, message, description: '', checked, failed: beyond.length, observed: checked === 0 ? null : share(beyond.length, checked), examples }
    const first = examples.find(({ file }) => file !== '')
    const cells = first === undefined ? [] : examples.filter(({ file, sheet, cell }) => file === first.file && sheet === first.sheet && cell !== '').map(({ cell }) => cell)
    if (beyond.length > 0) context.diagnose({ code: 'RETENTION_EXCEEDED', severity: 'warning', message: `${message}${first === undefined ? '' : `, first at ${tellPlace(first)}`}`, details: { field, count: beyond.length, checked, days, ...(first === undefined ? {} : { file: first.file, sheet: first.sheet, cells }), hint: 'delete them at their source, or raise compliance.retention_days' } })
    if (undated > 0) context.diagnose({ code: 'RETENTION_UNKNOWN', severity: 'warning', message: `of ${undated} of ${plural(subject.rows, 'row')} nobody knows how old they are: ${field} holds no date`, details: { field, count: undated } })
    const checks: Checks = { contract: { name: 'retention', version: '1.1.0' }, checks: [check] }
    return { checks }
  }
}
