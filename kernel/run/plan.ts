/** A plan with its operators loaded and its wiring checked. */
import { sliceConfig } from '../config/slice.ts'
import { HotpassError } from '../error.ts'
import { digestJson } from '../hash.ts'
import type { Pipeline, Plan, Step } from '../pipeline.ts'
import { operatorIdOf } from '../record/identity.ts'
import { nearest } from '../suggest.ts'
import type { ArtifactRef, Digest, JsonObject, Operator } from '../types.ts'
import type { OperatorSource } from './types.ts'

/** A step that is ready to be run. */
export interface WiredStep {
  readonly step: Step
  readonly operator: Operator
  readonly operatorId: string
  readonly config: JsonObject
  readonly configHash: Digest
  /** Ids of the steps that it reads from. */
  readonly after: readonly string[]
}

export interface WiredPlan {
  readonly plan: Plan
  readonly steps: readonly WiredStep[]
  /** `name@x.y.z`, sorted, each once. */
  readonly operatorIds: readonly string[]
}

/**
 * Plans a pipeline and checks the result. Throws E_UNKNOWN_NAME for an operator that there is not, and E_INTERNAL for a
 * plan that does not fit its operators: those are bugs of the pipeline.
 */
export async function wire(pipeline: Pipeline, inputs: readonly ArtifactRef[], config: JsonObject, operators: OperatorSource): Promise<WiredPlan> {
  const plan = pipeline.plan(inputs, config)
  const files = new Map(inputs.map(input => [input.id, input]))
  const done = new Map<string, Operator>()
  const steps: WiredStep[] = []
  const slices = new Map<string, { config: JsonObject; configHash: Digest }>()
  for (const step of plan.steps) {
    const operator = await load(step.operator, operators)
    const wrong = (what: string): never => {
      throw new HotpassError('E_INTERNAL', `pipeline ${pipeline.id}, step ${step.id}: ${what}`)
    }
    if (done.has(step.id)) wrong('there are two steps with this id')
    const after = new Set<string>()
    for (const slot of Object.keys(step.inputs)) {
      const declared = operator.inputs[slot] ?? wrong(`${operator.id} has no input ${slot}`)
      const sources = step.inputs[slot]!
      if (declared.many !== true && sources.length > 1) wrong(`input ${slot} takes one artifact`)
      for (const source of sources) {
        const kind = 'input' in source ? files.get(source.input)?.kind : done.get(source.step)?.outputs[source.slot]?.kind
        if (kind === undefined) wrong(`input ${slot} reads from what there is not yet`)
        if (kind !== declared.kind) wrong(`input ${slot} takes ${declared.kind}, not ${kind}`)
        if ('step' in source) after.add(source.step)
      }
    }
    for (const slot of Object.keys(operator.inputs)) {
      const declared = operator.inputs[slot]!
      if (declared.optional !== true && declared.many !== true && (step.inputs[slot] ?? []).length === 0) wrong(`input ${slot} is missing`)
    }
    let slice = slices.get(operator.id)
    if (slice === undefined) {
      const own = sliceConfig(config, operator.config)
      slice = { config: own, configHash: digestJson(own) }
      slices.set(operator.id, slice)
    }
    done.set(step.id, operator)
    steps.push({ step, operator, operatorId: operatorIdOf(operator), ...slice, after: [...after] })
  }
  for (const { step, slot } of [...plan.publish, plan.dataset]) {
    if (done.get(step)?.outputs[slot] === undefined) throw new HotpassError('E_INTERNAL', `pipeline ${pipeline.id}: there is no output ${step}/${slot}`)
  }
  return { plan, steps, operatorIds: [...new Set(steps.map(({ operatorId }) => operatorId))].sort() }
}

async function load(id: string, operators: OperatorSource): Promise<Operator> {
  const source = operators.get(id)
  if (source === undefined) {
    const suggestion = nearest(id, [...operators.keys()])
    throw new HotpassError('E_UNKNOWN_NAME', `there is no operator ${id}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`)
  }
  const { operator } = await source()
  if (operator.id !== id) throw new HotpassError('E_INTERNAL', `operator ${id} calls itself ${operator.id}`)
  return operator
}
