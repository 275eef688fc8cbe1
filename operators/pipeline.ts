/** The refine pipeline: files in, one dataset, its report and its exports out. */
import type { Pipeline, Step, StepInput } from '../kernel/pipeline.ts'
import { columnOf, tableOf, type Frame } from '../kernel/artifact/table.ts'
import type { ArtifactRef, JsonObject } from '../kernel/types.ts'
import type { Expectation, Profile } from '../schemas/generated/profile.ts'
import { needsOf } from './expect/rules.ts'
import { linkSteps } from './linkage/within-run.ts'
import { DECISIONS_INPUT, REGISTRY_INPUT } from './model/side-inputs.ts'
import type { DatasetMeta } from './model/stages.ts'

const READERS: readonly (readonly [ending: RegExp, operator: string])[] = [
  [/\.(xlsx|xlsm)$/i, 'read.xlsx'],
  [/\.(csv|tsv|txt)$/i, 'read.csv'],
  [/\.(xls|xlsb|ods)$/i, 'read.legacy'],
  [/\.(jsonl|ndjson)$/i, 'read.jsonl'],
  [/\.parquet$/i, 'read.parquet']
]

/** Formats that SheetJS reads as well as our own readers do: a second opinion on them says something. */
const SECOND = /\.(xlsx|xlsm|ods)$/i

/** The reading operator for a file, by its ending; undefined when none reads it. */
export function readerFor(file: string): string | undefined {
  return READERS.find(([ending]) => ending.test(file))?.[1]
}

function plan(inputs: readonly ArtifactRef[], config: JsonObject): ReturnType<Pipeline['plan']> {
  const steps: Step[] = []
  const tables: StepInput[] = []
  const twice = (config['ingest'] as JsonObject | undefined)?.['second_reader'] === true
  for (const { id } of inputs) {
    const operator = readerFor(id)
    if (operator === undefined) continue
    steps.push({ id: `read:${id}`, operator, inputs: { file: [{ input: id }] } })
    let workbook: StepInput = { step: `read:${id}`, slot: 'workbook' }
    if (twice) {
      const again = SECOND.test(id)
      if (again) steps.push({ id: `second:${id}`, operator: 'read.second', inputs: { file: [{ input: id }] } })
      steps.push({ id: `compare:${id}`, operator: 'compare', inputs: { workbook: [workbook], second: again ? [{ step: `second:${id}`, slot: 'workbook' }] : [] } })
      workbook = { step: `compare:${id}`, slot: 'workbook' }
    }
    steps.push({ id: `shape:${id}`, operator: 'shape', inputs: { workbook: [workbook] } })
    tables.push({ step: `shape:${id}`, slot: 'tables' })
  }
  const of = (step: string): readonly StepInput[] => [{ step, slot: SLOT_OF.get(step)! }]
  const [decided, kept] = [DECISIONS_INPUT, REGISTRY_INPUT].map(input => inputs.some(({ id }) => id === input)) as [boolean, boolean]
  const isLinked = ((config['refine'] as JsonObject | undefined)?.['linkage'] as JsonObject | undefined)?.['enabled'] === true
  // What keys have put together is final, unless linkage has a look at it too.
  const clusters = of(isLinked ? 'linkage.unite' : 'match')
  steps.push(
    { id: 'map', operator: 'map', inputs: { tables } },
    { id: 'join', operator: 'join', inputs: { tables, mapping: of('map') } },
    { id: 'normalise', operator: 'normalise', inputs: { records: of('join') } },
    { id: 'validate', operator: 'validate', inputs: { normalised: of('normalise'), records: of('join') } },
    ...(decided ? [{ id: 'decisions', operator: 'decisions', inputs: { file: [{ input: DECISIONS_INPUT }] } }] : []),
    { id: 'match', operator: 'match', inputs: { valid: of('validate'), ...(decided ? { decisions: of('decisions') } : {}) } },
    ...(isLinked ? linkSteps(of('validate'), of('match'), decided ? of('decisions') : []) : []),
    ...(kept ? [{ id: 'identity', operator: 'identity', inputs: { valid: of('validate'), clusters, registry: [{ input: REGISTRY_INPUT }], ...(decided ? { decisions: of('decisions') } : {}) } }] : []),
    { id: 'merge', operator: 'merge', inputs: { valid: of('validate'), clusters, ...(kept ? { identities: of('identity') } : {}) } },
    { id: 'score', operator: 'score', inputs: { entities: of('merge'), valid: of('validate') } },
  )
  const compliance = (config['compliance'] ?? {}) as NonNullable<Profile['compliance']>
  const isGated = compliance.consent_field !== undefined || (compliance.policy ?? []).length > 0
  if (isGated) steps.push({ id: 'comply', operator: 'comply', inputs: { dataset: of('score'), entities: of('merge'), valid: of('validate') } })
  // What leaves is what compliance lets go.
  const final = of(isGated ? 'comply' : 'score')
  // Who refused is known, and masked, by what was there before.
  const processed = isGated ? { processed: of('score') } : {}
  steps.push({ id: 'report', operator: 'report', inputs: { mapping: of('map'), valid: of('validate'), dataset: final, ...processed } })
  steps.push(...expectSteps(inputs, config, { dataset: final, ...processed }))
  if (compliance.retention_days !== undefined) steps.push({ id: 'retention', operator: 'retention', inputs: { dataset: final, ...processed, entities: of('merge'), valid: of('validate') } })
  const formats = ((config['export'] as JsonObject | undefined)?.['formats'] ?? []) as readonly string[]
  const publish = []
  for (const format of ['xlsx', 'csv', 'jsonl', 'parquet']) {
    if (!formats.includes(format)) continue
    steps.push({ id: `export.${format}`, operator: `export.${format}`, inputs: { dataset: final } })
    publish.push({ step: `export.${format}`, slot: 'files' })
  }
  publish.push({ step: 'report', slot: 'files' })
  if (kept) publish.push({ step: 'identity', slot: 'files' })
  if (formats.includes('party')) {
    steps.push({ id: 'party', operator: 'party', inputs: { entities: of('merge'), valid: of('validate') } })
    publish.push({ step: 'party', slot: 'files' })
  }
  return { steps, publish, dataset: final[0]! as { readonly step: string; readonly slot: string } }
}

/** The steps that hold the dataset to its contract: always its own rules, the clock and the run before where an expectation asks for them. */
function expectSteps(inputs: readonly ArtifactRef[], config: JsonObject, dataset: { readonly [slot: string]: readonly StepInput[] }): readonly Step[] {
  const of = (step: string): readonly StepInput[] => [{ step, slot: SLOT_OF.get(step)! }]
  const read = { ...dataset, entities: of('merge'), valid: of('validate') }
  const asked = new Set(((config['expectations'] ?? []) as unknown as readonly Expectation[]).map(({ expect }) => needsOf(expect)))
  const previous = inputs.filter(({ id }) => id === PREVIOUS_DATASET).map(({ id }): StepInput => ({ input: id }))
  return [
    { id: 'expect', operator: 'expect', inputs: read },
    ...(asked.has('clock') ? [{ id: 'expect.fresh', operator: 'expect.fresh', inputs: read }] : []),
    ...(asked.has('previous') ? [{ id: 'expect.changes', operator: 'expect.changes', inputs: { ...read, previous } }] : [])
  ]
}

/** Id of the input that is the dataset of the run before; no file is called so. */
export const PREVIOUS_DATASET = 'hotpass:previous-dataset'

const SLOT_OF: ReadonlyMap<string, string> = new Map([
  ['decisions', 'decisions'],
  ['identity', 'identities'],
  ['map', 'mapping'],
  ['join', 'records'],
  ['normalise', 'normalised'],
  ['validate', 'valid'],
  ['match', 'clusters'],
  ['linkage.unite', 'clusters'],
  ['merge', 'entities'],
  ['score', 'dataset'],
  ['comply', 'dataset']
])

/**
 * What the run's record and the footer tell: rows in = used + merged + quarantined, over all sources, and what came
 * out. Of the quarantined rows, `broke_rule` are those with an error, and `set_aside` those that are no entity.
 */
function summarise(dataset: Frame<DatasetMeta>): JsonObject {
  const { meta: { reconciliation, score }, tables } = dataset
  const sum = (part: 'rows_in' | 'used' | 'merged' | 'quarantined'): number => reconciliation.reduce((total, source) => total + source[part], 0)
  const quarantined = sum('quarantined')
  const setAside = rowsSetAside(dataset)
  return {
    rows_in: sum('rows_in'),
    used: sum('used'),
    merged: sum('merged'),
    quarantined,
    set_aside: setAside,
    broke_rule: quarantined - setAside,
    rows_out: tables.find(({ name }) => name === 'data')?.rows ?? 0,
    conflicts: tables.find(({ name }) => name === 'conflicts')?.rows ?? 0,
    quality_mean: score.mean,
    sources: reconciliation.length
  }
}

/** Whole rows in quarantine that broke no rule. */
function rowsSetAside(dataset: Frame<DatasetMeta>): number {
  const quarantine = tableOf(dataset, 'quarantine')
  const [level, severity] = [columnOf(quarantine, 'level'), columnOf(quarantine, 'severity')]
  if (level === undefined || severity === undefined) return 0
  const [row, error] = [level.values.indexOf('row') + 1, severity.values.indexOf('error') + 1]
  let count = 0
  for (let at = 0; at < quarantine.rows; at++) if (level.codes[at] === row && severity.codes[at] !== error) count++
  return count
}

export const refine: Pipeline = { id: 'refine', version: '1.0.0', plan, summarise }
