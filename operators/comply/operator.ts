/** The operator `comply`: personal data has a ground and a purpose, and leaves only where somebody consented to it. */
import { columnOf, type Frame } from '../../kernel/artifact/table.ts'
import type { Operator } from '../../kernel/types.ts'
import { plural } from '../model/plural.ts'
import type { DatasetMeta } from '../model/stages.ts'
import { classifyColumns } from '../personal/classify.ts'
import { lawfulBasisOf, type Compliance } from './lawful-basis.ts'
import { dataOf, withhold, withoutConsent } from './withhold.ts'

export const operator: Operator = {
  id: 'comply',
  version: '1.0.0',
  summary: 'Holds personal columns to a lawful basis and a purpose, and withholds them where consent is missing',
  inputs: { dataset: { kind: 'dataset' } },
  outputs: { dataset: { kind: 'dataset' } },
  config: ['compliance'],
  entropy: ['none'],
  run(inputs, config, context) {
    const dataset = inputs['dataset']![0]!.value as Frame<DatasetMeta>
    const compliance = config.compliance as Compliance
    const { schema } = dataset.meta
    const personal = classifyColumns(schema, compliance.pii_fields ?? [], dataset.tables).filter(({ masked, basis }) => masked && basis !== 'mentions')
    const policy = compliance.policy ?? []
    if (policy.length > 0 && personal.length > 0) {
      for (const { target, basis } of personal) {
        if (lawfulBasisOf(target, compliance, schema) !== undefined) continue
        context.diagnose({ code: 'LAWFUL_BASIS_BREACHED', severity: 'error', message: `${target} holds personal data (${basis === 'type' ? 'by its type' : basis === 'declared' ? 'as the profile says' : `by its ${basis === 'derived' ? 'origin' : basis}`}) and has no lawful basis under ${policy.join(', ')}`, details: { field: target, basis, policy: [...policy], hint: `name one in compliance.lawful_basis, such as ${target}: legitimate-interests` } })
      }
      if (compliance.purpose === undefined) context.diagnose({ code: 'PURPOSE_BREACHED', severity: 'error', message: `nobody says what the personal data in ${plural(personal.length, 'column')} is for, which ${policy.join(', ')} asks`, details: { columns: personal.length, policy: [...policy], hint: 'say it in compliance.purpose' } })
      if (compliance.retention_days === undefined) context.diagnose({ code: 'RETENTION_UNSET', severity: 'warning', message: 'nobody says for how long the personal data is kept', details: { columns: personal.length, hint: 'say it in compliance.retention_days' } })
    }
    context.progress(0.5)
    const consent = compliance.consent_field
    if (consent === undefined) return { dataset }
    const gated = new Set(personal.flatMap(({ target }) => ((lawfulBasisOf(target, compliance, schema) ?? 'consent') === 'consent' && target !== consent ? [target] : [])))
    const data = dataOf(dataset)
    const out = withoutConsent(data, columnOf(data, consent))
    if (out.size > 0 && gated.size > 0) context.diagnose({ code: 'CONSENT_MISSING', severity: 'warning', message: `${plural(gated.size, 'personal column')} of ${out.size} of ${plural(data.rows, 'row')} ${gated.size === 1 ? 'is' : 'are'} withheld, because ${consent} is not true there`, details: { field: consent, rows: out.size, of: data.rows, columns: [...gated] } })
    return { dataset: withhold(dataset, gated, out) }
  }
}
