/** One operator execution on decoded inputs. Every lane ends here, whichever thread or process it is in. */
import { HotpassError } from '../error.ts'
import { assertPlainJson } from '../json.ts'
import { operatorIdOf } from '../record/identity.ts'
import type { Context, Diagnostic, Digest, Inputs, JsonObject, Operator, Outputs, Pins } from '../types.ts'
import { pinsFor } from './action.ts'
import { createRandom } from './random.ts'
import type { CodecSource, JobResult } from './types.ts'

const CODE = /^[A-Z][A-Z0-9_]*$/

/**
 * Runs the operator and encodes what it gave. Throws what the operator throws, and E_OPERATOR when it breaks its own
 * declaration: an output slot that it did not declare or left out, a diagnostic that is not plain, entropy that it
 * did not ask for.
 */
export function perform(operator: Operator, inputs: Inputs, config: JsonObject, pins: Pins, action: Digest, codecs: CodecSource, progress: (share: number) => void): JobResult {
  const name = operatorIdOf(operator)
  const diagnostics: Diagnostic[] = []
  const seen = pinsFor(operator, pins)
  let random: (() => number) | undefined
  const context: Context = {
    pins: Object.freeze(seen),
    diagnose({ code, severity, message, details }) {
      if (!CODE.test(code) || !['info', 'warning', 'error'].includes(severity) || typeof message !== 'string') throw broken(name, 'reported a finding of the wrong form')
      try {
        assertPlainJson(details)
      } catch (cause) {
        throw broken(name, `reported ${code} with details that are not plain JSON`, cause)
      }
      diagnostics.push({ code, severity, message: message.toWellFormed(), details })
    },
    progress,
    random() {
      if (!operator.entropy.includes('random')) throw broken(name, 'drew a random number without declaring it')
      random ??= createRandom(`${action}:${seen.seed}`)
      return random()
    }
  }
  const given = operator.run(inputs, freeze(config), context)
  for (const slot of Object.keys(given)) if (!Object.hasOwn(operator.outputs, slot)) throw broken(name, `gave an output ${slot} that it does not declare`)
  return { outputs: encodeOutputs(operator, given, codecs), diagnostics }
}

/** Outputs as bytes. Throws E_OPERATOR when one is missing or of the wrong kind. */
export function encodeOutputs(operator: Operator, given: Outputs, codecs: CodecSource): JobResult['outputs'] {
  const name = operatorIdOf(operator)
  const outputs: Record<string, { bytes: Uint8Array; value?: unknown }> = {}
  for (const slot of Object.keys(operator.outputs).sort()) {
    const { kind, optional } = operator.outputs[slot]!
    const value = given[slot]
    if (value === undefined) {
      if (optional === true) continue
      throw broken(name, `gave no output ${slot}`)
    }
    const codec = codecs.get(kind)
    if (codec === undefined) throw new HotpassError('E_INTERNAL', `no codec knows artifacts of kind ${kind}`)
    let bytes: Uint8Array
    try {
      bytes = codec.encode(value)
    } catch (cause) {
      throw broken(name, `gave an output ${slot} that is not of kind ${kind}`, cause)
    }
    outputs[slot] = codec.settle === undefined ? { bytes } : { bytes, value: codec.settle(value, bytes) }
  }
  return outputs
}

function broken(name: string, what: string, cause?: unknown): HotpassError {
  return new HotpassError('E_OPERATOR', `${name} ${what}: this is a bug in the operator`, cause === undefined ? {} : { cause })
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const key of Object.keys(value)) freeze((value as Record<string, unknown>)[key])
  }
  return value
}
