/** One step of the pipeline that holds the finished dataset to the contract of its profile, and reports what breaks it. */
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Context, Inputs } from '../../kernel/types.ts'
import type { ContractFacts, Expectation } from '../../schemas/generated/profile.ts'
import { contractOf } from '../contract/profile.ts'
import { createMasker, type Masker } from '../masking/masker.ts'
import { tellPlace, type Check, type Checks } from '../model/checks.ts'
import type { Contract } from '../model/contract.ts'
import type { DatasetMeta } from '../model/stages.ts'
import { checkTable } from './check.ts'
import { datasetSubjects, type Origins } from './dataset.ts'
import type { Needs } from './rules.ts'

export interface ExpectConfig {
  readonly profile?: string
  readonly expectations?: readonly Expectation[]
  readonly contract?: ContractFacts
  readonly compliance: { readonly pii_fields: readonly string[] }
  readonly report: { readonly examples: number }
}

/** The paths of `ExpectConfig`, for the declarations of operators. */
export const EXPECT_CONFIG = ['profile', 'expectations', 'contract.version', 'compliance.pii_fields', 'report.examples'] as const

/** The contract of a dataset: its own fields, inferred ones included, and the expectations of the configuration. */
export function contractOfDataset({ schema }: Pick<DatasetMeta, 'schema'>, config: ExpectConfig): Contract {
  return contractOf({
    name: config.profile ?? 'dataset',
    title: '',
    description: '',
    entity: schema.entity,
    fields: schema.fields,
    groups: schema.groups,
    expectations: config.expectations ?? [],
    facts: config.contract ?? {},
    pii_fields: config.compliance.pii_fields,
    list_separator: '; '
  })
}

/** Checks the rules of one kind of need, and reports each that fails under its code. */
export function expectStep(inputs: Inputs, config: ExpectConfig, context: Context, needs: Needs): { readonly checks: Checks } {
  const value = <T>(slot: string): T | undefined => inputs[slot]?.[0]?.value as T | undefined
  const dataset = value<Frame<DatasetMeta>>('dataset')!
  const processed = value<Frame<DatasetMeta>>('processed') ?? dataset
  const valid = value<Origins['valid']>('valid')!
  const previous = value<Frame<DatasetMeta>>('previous')
  const contract = contractOfDataset(dataset.meta, config)
  let masker: Masker | undefined
  const mask = (): Masker => (masker ??= createMasker(dataset.meta.schema, config.compliance.pii_fields, processed.tables, valid.tables))
  const subjects = datasetSubjects(dataset, { entities: value<Origins['entities']>('entities')!, valid }, mask, processed)
  const before = previous === undefined ? undefined : datasetSubjects(previous, null, mask)
  const checks = contract.tables.flatMap((table): readonly Check[] => {
    const subject = subjects.get(table.group)
    return subject === undefined ? [] : checkTable(table, subject, { examples: config.report.examples, asOf: context.pins.as_of, previous: before?.get(table.group) ?? null, needs })
  })
  for (const check of checks) report(check, context, needs === 'previous' && previous === undefined)
  return { checks: { contract: { name: contract.name, version: contract.version }, checks } }
}

/** Cells are cited from the first file and sheet among them; `places` has all. */
function report(check: Check, context: Context, isFirst: boolean): void {
  const { id, code, field, severity, outcome, message, checked, failed, observed, examples } = check
  if (outcome === 'passed' || (outcome === 'skipped' && isFirst)) return
  const about = { expectation: id, field, checked, failed, ...(observed === null ? {} : { observed }) }
  if (outcome === 'skipped') return context.diagnose({ code: 'EXPECTATION_SKIPPED', severity: 'warning', message: `${id} was not checked: ${message}`, details: about })
  const first = examples.find(({ file }) => file !== '')
  const cells = first === undefined ? [] : examples.filter(({ file, sheet, cell }) => file === first.file && sheet === first.sheet && cell !== '').map(({ cell }) => cell)
  context.diagnose({
    code,
    severity,
    message: `${id}: ${message}${first === undefined ? '' : `, first at ${tellPlace(first)}`}`,
    details: { ...about, ...(first === undefined ? {} : { file: first.file, sheet: first.sheet, cells, places: examples.map(tellPlace) }) }
  })
}
