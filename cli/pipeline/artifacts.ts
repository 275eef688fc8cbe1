/** Artifacts of a recorded run, decoded. */
import { HotpassError } from '../../kernel/error.ts'
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Store } from '../../kernel/store.ts'
import { CODECS } from '../../operators/codecs.ts'
import type { DatasetMeta } from '../../operators/model/stages.ts'
import type { RecordedRun } from './store.ts'

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
