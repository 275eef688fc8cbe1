/** The Data Docs of a recorded run, written to a folder. */
import { join } from 'node:path'
import { writeOutput } from '../../kernel/host/publish.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Store } from '../../kernel/store.ts'
import { contractOfDataset, type ExpectConfig } from '../../operators/expect/step.ts'
import type { Check, Checks } from '../../operators/model/checks.ts'
import { shownPath } from '../config/workspace.ts'
import { artifactOf, datasetOf, maskerOfRun } from '../pipeline/artifacts.ts'
import { configOf, type RecordedRun } from '../pipeline/store.ts'
import { countsText } from '../render/runs.ts'
import { dataDocsSite } from './site.ts'

/** Every check that a run made of its dataset, in the order of the steps. */
export function checksOf(store: Store, recorded: RecordedRun): readonly Check[] {
  const steps = recorded.run.identity.steps.filter(({ step, record_hash }) => /^(expect(\.|$)|retention$)/.test(step) && record_hash !== null)
  return steps.flatMap(({ step }) => artifactOf<Checks>(store, recorded, step, 'checks').checks)
}

/** Writes the site and returns the paths of its pages, as people see them. Throws what the store and writing throw. */
export async function writeDataDocs(store: Store, recorded: RecordedRun, folder: string, host: CommandHost): Promise<readonly string[]> {
  const { identity } = recorded.run
  const config = configOf(store, recorded.run)
  const dataset = datasetOf(store, recorded)
  const pages = dataDocsSite({
    title: (config['report'] as { readonly title: string }).title,
    run_id: identity.run_id,
    dataset,
    contract: contractOfDataset(dataset.meta, config as unknown as ExpectConfig),
    checks: checksOf(store, recorded),
    masker: maskerOfRun(store, recorded),
    facts: [
      ['Profile', String(config['profile'] ?? 'none')],
      ['Rows', countsText(identity.summary as JsonObject)],
      ['Quality', `${dataset.meta.score.mean} on average, of 1`],
      ['As of', identity.pins.as_of ?? 'not pinned'],
      ['Configuration', `sha256:${identity.config_hash}`],
      ['Record', `sha256:${recorded.run.record_hash}`]
    ]
  })
  const written: string[] = []
  for (const [name, text] of pages) {
    const path = join(folder, name)
    await writeOutput({ path, shown: shownPath(path, host.cwd) }, Buffer.from(text, 'utf8'))
    written.push(shownPath(path, host.cwd))
  }
  return written
}
