/** The operator `score`: how good each row is, what it lacks, and the finished dataset. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { columnOf, tableOf, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Operator } from '../../kernel/types.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import type { DatasetMeta, EntitiesMeta, ValidMeta } from '../model/stages.ts'
import { filledCells, keyField, readableConflicts, readableQuarantine } from './dataset.ts'
import { scoreText, tenThousandths, weightedFields, type Weighted } from './quality.ts'
import { refusedOf } from './refused.ts'

/** Lower ends of the bands that the report counts rows in, in ten-thousandths. */
const BANDS = [0, 4_000, 6_000, 8_000]

/** Names under which a value of the field may have been refused: its own, and that of the group's field it is picked from. */
function targetsOf(field: Field): readonly string[] {
  const { derive } = field
  return derive !== undefined && 'pick' in derive ? [field.name, `${derive.group}.${derive.field}`] : [field.name]
}

interface Scores { readonly scores: Uint16Array; readonly flags: readonly string[] }

function scoreRows(data: Table, weighted: readonly Weighted[], isRefused: (entity: number, target: string) => boolean): Scores {
  const parts = weighted.map(({ field, weight }) => ({ weight, name: field.name, targets: targetsOf(field), codes: columnOf(data, field.name)?.codes }))
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const scores = new Uint16Array(data.rows)
  const flags = new Array<string>(data.rows)
  for (let entity = 0; entity < data.rows; entity++) {
    let shares = 0
    let text = ''
    for (const { weight, name, targets, codes } of parts) {
      const filled = codes !== undefined && codes[entity] !== 0
      const refused = !filled && targets.some(target => isRefused(entity, target))
      if (filled) {
        shares += weight
        continue
      }
      text += `${text === '' ? '' : ';'}missing_${name}`
      // A value that was refused elsewhere took nothing from the dataset when a valid one won.
      if (refused) text += `${text === '' ? '' : ';'}invalid_${name}`
    }
    scores[entity] = tenThousandths(shares, total)
    flags[entity] = text === '' ? 'none' : text
  }
  return { scores, flags }
}

function summary({ scores, flags }: Scores): DatasetMeta['score'] {
  const rows = BANDS.map(() => 0)
  let sum = 0
  for (const score of scores) {
    sum += score
    rows[BANDS.findLastIndex(from => score >= from)]!++
  }
  const counts = new Map<string, number>()
  const kinds = new Map<string, number>()
  for (const text of flags) kinds.set(text, (kinds.get(text) ?? 0) + 1)
  for (const [text, count] of kinds) for (const flag of text.split(';')) counts.set(flag, (counts.get(flag) ?? 0) + count)
  return {
    mean: scores.length === 0 ? 0 : Math.round(sum / scores.length) / 10_000,
    bands: BANDS.map((from, at) => ({ from: from / 10_000, rows: rows[at]! })),
    flags: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

function scored(column: Column, field: Field | undefined, { scores, flags }: Scores): Column {
  const derive = field?.derive
  if (derive === undefined || !('score' in derive)) return column
  const builder = createColumnBuilder(column.name, scores.length)
  for (let entity = 0; entity < scores.length; entity++) builder.push(derive.score === 'quality' ? scoreText(scores[entity]!) : flags[entity]!)
  return builder.finish()
}

export const operator: Operator = {
  id: 'score',
  version: '1.1.0',
  summary: 'Scores the quality of every row, says what it lacks, and finishes the dataset',
  inputs: { entities: { kind: 'entities' }, valid: { kind: 'valid' } },
  outputs: { dataset: { kind: 'dataset' } },
  config: ['refine.score'],
  entropy: ['none'],
  run(inputs, config) {
    const entities = inputs['entities']![0]!.value as Frame<EntitiesMeta>
    const valid = inputs['valid']![0]!.value as Frame<ValidMeta>
    const { schema, sources, reconciliation } = entities.meta
    const { group_order, filled: before } = valid.meta
    const merged = tableOf(entities, 'entities')
    const scores = scoreRows(merged, weightedFields(schema.fields, config.refine.score.weights), refusedOf(valid, entities))
    const fields = new Map(schema.fields.map(field => [field.name, field]))
    const columns = merged.columns.map(column => scored(column, fields.get(column.name), scores))
    const data: Table = { ...merged, name: 'data', columns }
    const groups = group_order.map(name => tableOf(entities, name))
    const key = keyField(schema)

    const beforeOf = (target: string): number => (Object.hasOwn(before, target) ? before[target]! : 0)
    const filled: [string, { before: number; after: number }][] = columns.map(column => {
      const field = fields.get(column.name)
      return [column.name, { before: Math.max(...(field === undefined ? [column.name] : targetsOf(field)).map(beforeOf)), after: filledCells(column) }]
    })
    for (const group of groups) for (const column of group.columns) filled.push([`${group.name}.${column.name}`, { before: beforeOf(`${group.name}.${column.name}`), after: filledCells(column) }])

    const dataset: Frame<DatasetMeta> = {
      meta: { schema, sources, reconciliation, score: summary(scores), filled: Object.fromEntries(filled) },
      tables: [data, ...groups, readableConflicts(tableOf(entities, 'conflicts'), key === undefined ? undefined : columns.find(({ name }) => name === key.name)), readableQuarantine(tableOf(valid, 'quarantine'), sources)]
    }
    return { dataset }
  }
}
