/** The ids and hashes that follow from what was asked and what was done. */
import { digestJson } from '../hash.ts'
import type { ArtifactRef, Digest, Json, Mode, Operator, Pins } from '../types.ts'

/** `name@x.y.z`. */
export function operatorIdOf(operator: Pick<Operator, 'id' | 'version'>): string {
  return `${operator.id}@${operator.version}`
}

/** What a run id follows from. */
export interface RunQuestion {
  readonly pipeline: { readonly id: string; readonly version: string }
  /** `name@x.y.z` of every operator of the plan; order and repetition do not count. */
  readonly operators: readonly string[]
  readonly mode: Mode
  /** Fingerprint of the config. */
  readonly config: Digest
  /** Order does not count. */
  readonly inputs: readonly Pick<ArtifactRef, 'id' | 'hash'>[]
  readonly pins: Pins
}

/** The id of a run: the same question is the same run, whenever, wherever and by whichever code it is answered. */
export function runIdOf(question: RunQuestion): string {
  const { pipeline, operators, mode, config, inputs, pins } = question
  const digest = digestJson({
    pipeline: { id: pipeline.id, version: pipeline.version },
    operators: [...new Set(operators)].sort(),
    mode,
    config,
    inputs: sortedInputs(inputs),
    pins: { as_of: pins.as_of, seed: pins.seed }
  })
  return `run-${digest.slice(0, 32)}`
}

/** Digest over the ids and hashes of a run's inputs. */
export function inputsVersion(inputs: readonly Pick<ArtifactRef, 'id' | 'hash'>[]): Digest {
  return digestJson(sortedInputs(inputs))
}

function sortedInputs(inputs: readonly Pick<ArtifactRef, 'id' | 'hash'>[]): Json {
  return inputs.map(({ id, hash }) => ({ id, hash })).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
}
