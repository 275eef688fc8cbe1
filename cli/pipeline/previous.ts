/** The dataset that a run is compared with: an input like any other, pinned by its hash, so that replay finds it. */
import type { Store } from '../../kernel/store.ts'
import type { ArtifactRef, JsonObject } from '../../kernel/types.ts'
import { needsOf } from '../../operators/expect/rules.ts'
import { PREVIOUS_DATASET } from '../../operators/pipeline.ts'
import type { Expectation } from '../../schemas/generated/profile.ts'
import { configOf, readRun } from './store.ts'

/** A run whose data failed is nothing to compare with; best-effort takes it all the same. */
const GOOD: ReadonlySet<string> = new Set(['succeeded', 'degraded'])

/**
 * The dataset of the last good run of the same profile that read other files, so that the same request again is
 * the same run. Null when there is none, or when no expectation asks for it. Throws what the store throws.
 */
export function previousDataset(store: Store, config: JsonObject, files: readonly ArtifactRef[]): { readonly run_id: string; readonly ref: ArtifactRef } | null {
  const expectations = (config['expectations'] ?? []) as unknown as readonly Expectation[]
  if (!expectations.some(({ expect }) => needsOf(expect) === 'previous')) return null
  const own = keyOf(files)
  for (const entry of [...store.attempts()].reverse()) {
    if (!GOOD.has(entry.outcome)) continue
    const recorded = readRun(store, entry)
    const { identity } = recorded.run
    if (keyOf(identity.input_refs.filter(({ id }) => id !== PREVIOUS_DATASET)) === own || configOf(store, recorded.run)['profile'] !== config['profile']) continue
    const found = recorded.steps.get('score')?.identity.output_refs.find(({ slot }) => slot === 'dataset')
    if (found === undefined || !store.has(found.hash)) continue
    const { kind, schema, hash, bytes } = found
    return { run_id: entry.run_id, ref: { id: PREVIOUS_DATASET, kind, schema, hash, bytes } }
  }
  return null
}

const keyOf = (refs: readonly { readonly id: string; readonly hash: string }[]): string => refs.map(({ id, hash }) => `${id} ${hash}`).sort().join('\n')
