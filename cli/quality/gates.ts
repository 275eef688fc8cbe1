/** Every gate, in the order in which they run, and the targets of `hotpass qa` that choose among them. */
import { cliIntegrity } from './cli-integrity.ts'
import { contracts } from './contracts.ts'
import { dataQuality } from './data-quality.ts'
import { discoverability } from './discoverability.ts'
import { docs } from './docs.ts'
import { enrichment } from './enrichment.ts'
import { fitness } from './fitness.ts'
import type { Gate } from './gate.ts'
import { profiles } from './profiles.ts'

export const GATES: readonly Gate[] = [cliIntegrity, dataQuality, enrichment, discoverability, docs, profiles, contracts, fitness]

const ONE: ReadonlyMap<string, Gate> = new Map([['cli', cliIntegrity], ['contracts', contracts], ['docs', docs], ['profiles', profiles], ['fitness', fitness], ['data-quality', dataQuality]])

/** The gates of a target: one of its own, or all of them. */
export function gatesOf(target: string): readonly Gate[] {
  const one = ONE.get(target)
  return one === undefined ? GATES : [one]
}
