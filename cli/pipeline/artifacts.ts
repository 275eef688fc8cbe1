/** Artifacts of a recorded run, decoded. */
import { HotpassError } from '../../kernel/error.ts'
import { columnOf, tableOf, type Frame } from '../../kernel/artifact/table.ts'
import type { Store } from '../../kernel/store.ts'
import { CODECS } from '../../operators/codecs.ts'
import type { Compliance } from '../../operators/comply/lawful-basis.ts'
import { isAbout } from '../../operators/comply/mentions.ts'
import { peopleOf } from '../../operators/comply/people.ts'
import { withoutConsent } from '../../operators/comply/refusal.ts'
import { createMasker, type Masker } from '../../operators/masking/masker.ts'
import type { DatasetMeta, ValidMeta } from '../../operators/model/stages.ts'
import { configOf, piiFieldsOf, type RecordedRun } from './store.ts'

/** The dataset that a run let out: after the step that withholds what may not go, where there is one. Throws as `artifactOf`. */
export function datasetOf(store: Store, recorded: RecordedRun): Frame<DatasetMeta> {
  return artifactOf<Frame<DatasetMeta>>(store, recorded, recorded.steps.has('comply') ? 'comply' : 'score', 'dataset')
}

/** The decoded output of a step. Throws E_UNKNOWN_NAME when the run has none, E_STORE_MISSING or E_STORE_DAMAGED. */
export function artifactOf<T = Frame<any>>(store: Store, recorded: RecordedRun, step: string, slot: string): T {
  const ref = recorded.steps.get(step)?.identity.output_refs.find(output => output.slot === slot)
  if (ref === undefined) {
    throw new HotpassError('E_UNKNOWN_NAME', `run ${recorded.run.identity.run_id} has no ${slot} of step ${step}`, { hint: `its outcome was ${recorded.run.identity.outcome}; see hotpass runs show ${recorded.run.identity.run_id}` })
  }
  return CODECS.get(ref.kind)!.decode(store.get(ref.hash)) as T
}

/**
 * The masker of a recorded run. It knows the people of the dataset before consent withheld any, and those of rows that
 * were merged or set aside. Throws as `artifactOf`.
 */
export function maskerOfRun(store: Store, recorded: RecordedRun): Masker {
  const processed = artifactOf<Frame<DatasetMeta>>(store, recorded, 'score', 'dataset')
  const valid = artifactOf<Frame<ValidMeta>>(store, recorded, 'validate', 'valid')
  const config = configOf(store, recorded.run)
  const pii = piiFieldsOf(config)
  const consent = (config['compliance'] as Compliance | undefined)?.consent_field
  const masker = createMasker(processed.meta.schema, pii, processed.tables, valid.tables)
  if (consent === undefined) return masker
  // Of those who refused, also each word of their names by itself.
  const data = tableOf(processed, 'data')
  const out = withoutConsent(data, columnOf(data, consent))
  const { own } = peopleOf(processed, masker.classes.filter(isAbout), out)
  return createMasker(processed.meta.schema, pii, processed.tables, valid.tables, new Set([...own].flatMap(([row, keys]) => (out.has(row) ? [...keys] : []))))
}
