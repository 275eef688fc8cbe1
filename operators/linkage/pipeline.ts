/** The resolve pipeline: one file in, its records put together, with the model and every scored pair. */
import type { Pipeline, Step, StepInput } from '../../kernel/pipeline.ts'
import { HotpassError } from '../../kernel/error.ts'
import { tableOf, type Frame } from '../../kernel/artifact/table.ts'
import type { ArtifactRef, JsonObject } from '../../kernel/types.ts'
import { DECISIONS_INPUT, REGISTRY_INPUT } from '../model/side-inputs.ts'
import type { DatasetMeta } from '../model/stages.ts'
import { readerFor } from '../pipeline.ts'
import { weighSteps } from './within-run.ts'

function plan(inputs: readonly ArtifactRef[], config: JsonObject): ReturnType<Pipeline['plan']> {
  const file = inputs.find(({ id }) => id !== DECISIONS_INPUT && id !== REGISTRY_INPUT)
  const reader = file === undefined ? undefined : readerFor(file.id)
  if (file === undefined || reader === undefined) throw new HotpassError('E_INPUT_TYPE', `${file?.id ?? 'the input'} is no file that can be read`, { hint: 'give a .csv, .tsv, .xlsx, .xls, .xlsb, .ods, .jsonl or .parquet file' })
  const of = (step: string, slot: string): readonly StepInput[] => [{ step, slot }]
  const [decided, kept] = [DECISIONS_INPUT, REGISTRY_INPUT].map(input => inputs.some(({ id }) => id === input)) as [boolean, boolean]
  const decisions = decided ? of('decisions', 'decisions') : []
  const identities = kept ? of('linkage.identity', 'identities') : []
  const clusters = of('linkage.cluster', 'clusters')
  const tables = of(`shape:${file.id}`, 'tables')
  const records = of('linkage.records', 'records')
  const steps: Step[] = [
    { id: `read:${file.id}`, operator: reader, inputs: { file: [{ input: file.id }] } },
    { id: `shape:${file.id}`, operator: 'shape', inputs: { workbook: of(`read:${file.id}`, 'workbook') } },
    { id: 'linkage.records', operator: 'linkage.records', inputs: { tables } },
    ...(decided ? [{ id: 'decisions', operator: 'decisions', inputs: { file: [{ input: DECISIONS_INPUT }] } }] : []),
    ...weighSteps(records, decisions),
    ...(kept ? [{ id: 'linkage.identity', operator: 'linkage.identity', inputs: { records, clusters, registry: [{ input: REGISTRY_INPUT }], decisions } }] : []),
    { id: 'linkage.survive', operator: 'linkage.survive', inputs: { records, clusters, identities } },
    { id: 'linkage.report', operator: 'linkage.report', inputs: { records, scores: of('linkage.score', 'scores'), clusters, identities, decisions } }
  ]
  const publish = ['linkage.survive', 'linkage.report', ...(kept ? ['linkage.identity'] : [])]
  const formats = ((config['export'] as JsonObject | undefined)?.['formats'] ?? []) as readonly string[]
  if (formats.includes('party')) {
    steps.push({ id: 'linkage.party', operator: 'linkage.party', inputs: { tables, records, clusters, identities } })
    publish.push('linkage.party')
  }
  if (((config['refine'] as JsonObject | undefined)?.['linkage'] as JsonObject | undefined)?.['graph'] === true) {
    steps.push({ id: 'linkage.graph', operator: 'linkage.graph', inputs: { records, clusters, identities } })
    publish.push('linkage.graph')
  }
  return { steps, publish: publish.map(step => ({ step, slot: 'files' })), dataset: { step: 'linkage.survive', slot: 'dataset' } }
}

function summarise(dataset: Frame<DatasetMeta>): JsonObject {
  const [row] = dataset.meta.reconciliation
  return { rows_in: row!.rows_in, used: row!.used, merged: row!.merged, quarantined: 0, rows_out: tableOf(dataset, 'data').rows }
}

export const resolvePipeline: Pipeline = { id: 'resolve', version: '1.0.0', plan, summarise }
