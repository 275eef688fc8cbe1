/** The key of an action: everything that may change what an operator gives, and nothing else. */
import { digestJson } from '../hash.ts'
import { operatorIdOf } from '../record/identity.ts'
import type { ArtifactRef, Digest, Operator, Pins } from '../types.ts'

/** A step's inputs, by slot, in the order of the plan. */
export type InputRefs = { readonly [slot: string]: readonly ArtifactRef[] }

/** The pins that an operator may see: only those that its declared entropy needs. */
export function pinsFor(operator: Pick<Operator, 'entropy'>, pins: Pins): Pins {
  return { as_of: operator.entropy.includes('clock') ? pins.as_of : null, seed: operator.entropy.includes('random') ? pins.seed : '' }
}

/** Digest of the action. Neither the run, the mode, the time nor the machine has a part in it. */
export function actionKey(operator: Pick<Operator, 'id' | 'version' | 'entropy'>, implementation: Digest, configHash: Digest, inputs: InputRefs, pins: Pins): Digest {
  const { as_of, seed } = pinsFor(operator, pins)
  return digestJson({
    format: 'urn:hotpass:action:1',
    operator: operatorIdOf(operator),
    implementation,
    config: configHash,
    inputs: Object.keys(inputs)
      .sort()
      .map(slot => ({ slot, artifacts: inputs[slot]!.map(({ id, kind, schema, hash }) => ({ id, kind, schema, hash })) })),
    pins: { as_of, seed }
  })
}
