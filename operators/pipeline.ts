/** The refine pipeline: files in, one dataset, its report and its exports out. */
import type { Pipeline, Step, StepInput } from '../kernel/pipeline.ts'
import type { ArtifactRef, JsonObject } from '../kernel/types.ts'

const READERS: readonly (readonly [ending: RegExp, operator: string])[] = [
  [/\.(xlsx|xlsm)$/i, 'read.xlsx'],
  [/\.(csv|tsv|txt)$/i, 'read.csv'],
  [/\.(xls|xlsb|ods)$/i, 'read.legacy']
]

/** The reading operator for a file, by its ending; undefined when none reads it. */
export function readerFor(file: string): string | undefined {
  return READERS.find(([ending]) => ending.test(file))?.[1]
}

function plan(inputs: readonly ArtifactRef[], config: JsonObject): ReturnType<Pipeline['plan']> {
  const steps: Step[] = []
  const tables: StepInput[] = []
  for (const { id } of inputs) {
    const operator = readerFor(id)
    if (operator === undefined) continue
    steps.push({ id: `read:${id}`, operator, inputs: { file: [{ input: id }] } })
    steps.push({ id: `shape:${id}`, operator: 'shape', inputs: { workbook: [{ step: `read:${id}`, slot: 'workbook' }] } })
    tables.push({ step: `shape:${id}`, slot: 'tables' })
  }
  const of = (step: string): readonly StepInput[] => [{ step, slot: SLOT_OF.get(step)! }]
  steps.push(
    { id: 'map', operator: 'map', inputs: { tables } },
    { id: 'join', operator: 'join', inputs: { tables, mapping: of('map') } },
    { id: 'normalise', operator: 'normalise', inputs: { records: of('join') } },
    { id: 'validate', operator: 'validate', inputs: { normalised: of('normalise'), records: of('join') } },
    { id: 'match', operator: 'match', inputs: { valid: of('validate') } },
    { id: 'merge', operator: 'merge', inputs: { valid: of('validate'), clusters: of('match') } },
    { id: 'score', operator: 'score', inputs: { entities: of('merge'), valid: of('validate') } },
    { id: 'report', operator: 'report', inputs: { mapping: of('map'), valid: of('validate'), dataset: of('score') } }
  )
  const formats = ((config['export'] as JsonObject | undefined)?.['formats'] ?? []) as readonly string[]
  const publish = []
  for (const format of ['xlsx', 'csv', 'jsonl', 'parquet']) {
    if (!formats.includes(format)) continue
    steps.push({ id: `export.${format}`, operator: `export.${format}`, inputs: { dataset: of('score') } })
    publish.push({ step: `export.${format}`, slot: 'files' })
  }
  publish.push({ step: 'report', slot: 'files' })
  return { steps, publish, dataset: { step: 'score', slot: 'dataset' } }
}

const SLOT_OF: ReadonlyMap<string, string> = new Map([
  ['map', 'mapping'],
  ['join', 'records'],
  ['normalise', 'normalised'],
  ['validate', 'valid'],
  ['match', 'clusters'],
  ['merge', 'entities'],
  ['score', 'dataset']
])

export const refine: Pipeline = { id: 'refine', version: '1.0.0', plan }
