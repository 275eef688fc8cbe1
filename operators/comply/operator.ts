/** The operator `comply`: personal data has a ground and a purpose, and leaves only where somebody consented to it. */
import { columnOf, type Frame } from '../../kernel/artifact/table.ts'
import type { Operator } from '../../kernel/types.ts'
import { createMasker } from '../masking/masker.ts'
import { plural } from '../model/plural.ts'
import type { DatasetMeta, EntitiesMeta, ValidMeta } from '../model/stages.ts'
import { classifyColumns } from '../personal/classify.ts'
import { lawfulBasisOf, type Compliance } from './lawful-basis.ts'
import { freeTextOf, isAbout, withoutKnown, withoutMentions } from './mentions.ts'
import { peopleOf } from './people.ts'
import { consentOfRows, withoutConsent } from './refusal.ts'
import { dataOf, withhold } from './withhold.ts'

export const operator: Operator = {
  id: 'comply',
  version: '2.0.0',
  summary: 'Holds personal columns to a lawful basis and a purpose, and withholds them where consent is missing',
  inputs: { dataset: { kind: 'dataset' }, entities: { kind: 'entities' }, valid: { kind: 'valid' } },
  outputs: { dataset: { kind: 'dataset' } },
  config: ['compliance'],
  entropy: ['none'],
  run(inputs, config, context) {
    const dataset = inputs['dataset']![0]!.value as Frame<DatasetMeta>
    const compliance = config.compliance as Compliance
    const { schema } = dataset.meta
    const piiFields = compliance.pii_fields ?? []
    const classes = classifyColumns(schema, piiFields, dataset.tables)
    const personal = classes.filter(({ masked, basis }) => masked && basis !== 'mentions')
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
    const entities = inputs['entities']![0]!.value as Frame<EntitiesMeta>
    const valid = inputs['valid']![0]!.value as Frame<ValidMeta>
    const data = dataOf(dataset)
    const out = withoutConsent(data, columnOf(data, consent))
    const isGated = (target: string): boolean => (lawfulBasisOf(target, compliance, schema) ?? 'consent') === 'consent' && target !== consent
    const { known } = createMasker(schema, piiFields, dataset.tables, valid.tables)
    const gated = classes.filter(one => isAbout(one) && isGated(one.target))
    const targets = new Set(gated.map(({ target }) => target))
    const texts = new Set([...freeTextOf(schema, dataset.tables).keys()].filter(target => !targets.has(target) && isGated(target)))
    const people = peopleOf(dataset, gated, out)
    const others = (text: string): string | null => withoutKnown(text, key => people.refused.has(key))
    const all = (text: string): string | null => withoutMentions(text, key => known.has(key) || people.refused.has(key))
    const touched = new Set<string>()
    const masked = (text: string, row: number, target: string): string | null => {
      const own = people.own.get(row)
      const left = out.has(row) ? withoutMentions(text, key => known.has(key) || people.refused.has(key) || own?.has(key) === true) : withoutKnown(text, key => people.refused.has(key) && own?.has(key) !== true)
      if (left !== text) touched.add(target)
      return left
    }
    const isAny = targets.size + texts.size > 0
    const result = withhold(dataset, { targets, texts, out, masked, others, all, isAgreed: isAny ? consentOfRows(consent, out, entities, valid) : () => true, isGated })
    if (out.size > 0 && targets.size + touched.size > 0) {
      const mentions = [...touched].sort()
      const said = targets.size === 0 ? '' : `${plural(targets.size, 'personal column')} of ${out.size} of ${plural(data.rows, 'row')} ${targets.size === 1 ? 'is' : 'are'} withheld`
      const named = mentions.length === 0 ? '' : `mentions of persons in ${plural(mentions.length, 'column')} of free text are masked`
      context.diagnose({ code: 'CONSENT_MISSING', severity: 'warning', message: `${[said, named].filter(one => one !== '').join(' and ')}, because ${consent} is not true there`, details: { field: consent, rows: out.size, of: data.rows, columns: [...targets], mentions } })
    }
    return { dataset: result }
  }
}
