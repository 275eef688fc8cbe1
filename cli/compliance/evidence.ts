/** Gathers the evidence of a recorded run: what personal data, why, from where, for how long, who decided. */
import { columnOf, tableOf, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { canonicalJson } from '../../kernel/json.ts'
import type { ResolvedConfig } from '../../kernel/config/types.ts'
import type { Store } from '../../kernel/store.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { lawfulBasisOf, type Compliance } from '../../operators/comply/lawful-basis.ts'
import { withMentions } from '../../operators/comply/mentions.ts'
import { withoutConsent } from '../../operators/comply/refusal.ts'
import { BASIS } from '../../operators/report/basis.ts'
import type { DatasetMeta } from '../../operators/model/stages.ts'
import type { ComplianceEvidence } from '../../schemas/generated/compliance-evidence.ts'
import { checksOf } from '../data-docs/write.ts'
import { artifactOf, maskerOfRun } from '../pipeline/artifacts.ts'
import { configOf, type RecordedRun } from '../pipeline/store.ts'
import { LAWS } from './laws.ts'

/** `current`: the configuration as it is now; where its compliance is still that of the run, it knows who set what. */
export function gatherEvidence(store: Store, recorded: RecordedRun, current: ResolvedConfig | undefined): ComplianceEvidence {
  const { identity, ...run } = recorded.run
  const config = configOf(store, recorded.run)
  const compliance = (config['compliance'] ?? {}) as Compliance
  // Before anything was withheld: what is processed, not only what leaves.
  const dataset = artifactOf<Frame<DatasetMeta>>(store, recorded, 'score', 'dataset')
  const { schema, sources } = dataset.meta
  const masker = maskerOfRun(store, recorded)
  const data = tableOf(dataset, 'data')
  const policy = compliance.policy ?? []
  const columns = withMentions(masker.classes, schema, dataset.tables, masker.known).map(({ target, type, basis, kinds }): ComplianceEvidence['columns'][number] => {
    const lawful = lawfulBasisOf(target, compliance, schema) ?? null
    return {
      column: target,
      type,
      why_personal: BASIS[basis],
      kinds: kinds.map(({ kind, cells, confidence }) => ({ kind, cells, confidence })),
      lawful_basis: lawful,
      rows_filled: filledOf(dataset.tables, target),
      masked_in_reports: true,
      withheld_without_consent: compliance.consent_field !== undefined && (lawful ?? 'consent') === 'consent',
      sources: sourcesOf(target, schema, sources).map(({ file, sheet, column, header }) => ({ file, sheet, column, header }))
    }
  })
  const check = checksOf(store, recorded).find(({ kind }) => kind === 'retention')
  const consent = compliance.consent_field
  const withheld = consent === undefined ? null : withoutConsent(data, columnOf(data, consent)).size
  const needBasis = columns.filter(({ lawful_basis, why_personal }) => lawful_basis === null && why_personal !== BASIS.mentions)
  const gaps = [
    ...(policy.length === 0 ? [{ code: 'POLICY_UNSET', what: 'compliance.policy names no law' }] : []),
    ...(compliance.purpose === undefined ? [{ code: 'PURPOSE_BREACHED', what: 'compliance.purpose does not say what the data is for' }] : []),
    ...needBasis.map(({ column }) => ({ code: 'LAWFUL_BASIS_BREACHED', what: `${column} has no lawful basis` })),
    ...(compliance.retention_days === undefined ? [{ code: 'RETENTION_UNSET', what: 'compliance.retention_days does not say for how long the data is kept' }] : []),
    ...(check !== undefined && check.failed > 0 ? [{ code: 'RETENTION_EXCEEDED', what: check.message }] : []),
    ...(compliance.responsible === undefined ? [{ code: 'RESPONSIBLE_UNSET', what: 'compliance.responsible does not say who decided' }] : []),
    ...columns.filter(({ why_personal, lawful_basis }) => why_personal === BASIS.mentions && lawful_basis === null).map(({ column }) => ({ code: 'PERSONS_MENTIONED', what: `some cells of ${column} mention persons` }))
  ]
  return {
    schema: 'urn:hotpass:schema:compliance-evidence:1',
    run_id: identity.run_id,
    record_hash: run.record_hash,
    config_hash: identity.config_hash,
    as_of: identity.pins.as_of,
    profile: String(config['profile'] ?? ''),
    policy: [...policy],
    purpose: compliance.purpose ?? null,
    responsible: compliance.responsible ?? null,
    decisions: decisionsOf(compliance as unknown as JsonObject, current !== undefined && canonicalJson(current.identity['compliance'] ?? {}) === canonicalJson(compliance as unknown as JsonObject) ? current : undefined),
    columns,
    retention: { days: compliance.retention_days ?? null, field: compliance.retention_field ?? ((config['refine'] as { readonly merge?: { readonly recency?: string } }).merge?.recency ?? null), rows: data.rows, dated: check?.checked ?? null, beyond: check?.failed ?? null },
    consent: { field: consent ?? null, rows: data.rows, given: withheld === null ? null : data.rows - withheld, withheld },
    inputs: identity.input_refs.map(({ id, hash }) => ({ file: id, sha256: hash })),
    outputs: identity.published.map(({ suffix, hash }) => ({ file: suffix, sha256: hash })),
    gaps,
    laws: LAWS.filter(({ law }) => policy.length === 0 || policy.includes(law))
  }
}

/** Cells of a column that hold something. */
function filledOf(tables: readonly Table[], target: string): number {
  const dot = target.indexOf('.')
  const table = tables.find(({ name }) => name === (dot === -1 ? 'data' : target.slice(0, dot))) ?? tables.find(({ name }) => name === 'data')
  const column = table === undefined ? undefined : (columnOf(table, dot === -1 ? target : target.slice(dot + 1)) ?? columnOf(table, target))
  return column === undefined ? 0 : column.codes.reduce((sum, code) => sum + (code === 0 ? 0 : 1), 0)
}

/** The columns of the files that feed a target, or the member of a group that it is picked from. */
function sourcesOf(target: string, schema: DatasetMeta['schema'], sources: DatasetMeta['sources']): ComplianceEvidence['columns'][number]['sources'] {
  const derive = schema.fields.find(({ name }) => name === target)?.derive
  const wanted = new Set([target, ...(derive === undefined ? [] : 'pick' in derive ? [`${derive.group}.${derive.field}`] : 'slug' in derive ? [derive.slug] : 'alias_of' in derive ? [derive.alias_of] : [])])
  return sources.flatMap(({ file, sheet, columns }) => columns.filter(column => wanted.has((column.target ?? column.extra ?? '').replace(/\/.*$/, ''))).map(({ letter, header }) => ({ file, sheet, column: letter, header })))
}

function decisionsOf(compliance: JsonObject, current: ResolvedConfig | undefined): ComplianceEvidence['decisions'] {
  return Object.keys(compliance).sort().flatMap(key => {
    const value = compliance[key]!
    const path = `compliance.${key}`
    const origin = current === undefined ? undefined : (current.origins.get(path) ?? [...current.origins].find(([other]) => other.startsWith(`${path}.`))?.[1])
    if (Array.isArray(value) && value.length === 0) return []
    return [{ key: path, value: value as never, set_by: origin === undefined ? 'unknown' : origin.kind === 'default' ? 'built-in default' : `${origin.name}${origin.line === undefined ? '' : `:${origin.line}`}` }]
  })
}
