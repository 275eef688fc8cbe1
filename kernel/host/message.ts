/** What a lane and the thread or process behind it say to each other. Structured clone: bytes stay bytes. */
import { HotpassError, ERRORS, type ErrorCode } from '../error.ts'
import { perform } from '../run/perform.ts'
import type { CodecSource, Job, JobResult, OperatorSource } from '../run/types.ts'
import type { Diagnostic, Digest, Inputs, JsonObject, Pins } from '../types.ts'

/** Modules that the other side loads: one exports `OPERATORS`, the other `CODECS`. As URLs. */
export interface LaneModules {
  readonly operators: string
  readonly codecs: string
}

export interface Order {
  readonly modules: LaneModules
  readonly operator: string
  readonly inputs: { readonly [slot: string]: readonly { readonly id: string; readonly kind: string; readonly hash: Digest; readonly bytes: Uint8Array }[] }
  readonly config: JsonObject
  readonly pins: Pins
  readonly action: Digest
}

export type Answer =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'done'; readonly outputs: { readonly [slot: string]: Uint8Array }; readonly diagnostics: readonly Diagnostic[]; readonly cost: { readonly cpu_ms: number; readonly memory_bytes: number } }
  | { readonly type: 'failed'; readonly code: string | null; readonly message: string; readonly place: JsonObject; readonly hint: string; readonly stack: string }

/** The order for a job: its inputs as bytes, because values do not cross. */
export function orderOf(job: Job, modules: LaneModules): Order {
  const inputs = Object.fromEntries(Object.keys(job.inputs).map(slot => [slot, job.inputs[slot]!.map(({ id, kind, hash, bytes }) => ({ id, kind, hash, bytes: bytes() }))]))
  return { modules, operator: job.operator.id, inputs, config: job.config, pins: job.pins, action: job.action }
}

/** Carries out an order, on the other side. Never throws: a failure is an answer. */
export async function obey(order: Order, progress: (share: number) => void): Promise<Extract<Answer, { type: 'done' | 'failed' }>> {
  const before = process.cpuUsage()
  try {
    const { OPERATORS } = (await import(order.modules.operators)) as { OPERATORS: OperatorSource }
    const { CODECS } = (await import(order.modules.codecs)) as { CODECS: CodecSource }
    const { operator } = await OPERATORS.get(order.operator)!()
    const inputs: Inputs = Object.fromEntries(
      Object.keys(order.inputs).map(slot => [slot, order.inputs[slot]!.map(({ id, kind, hash, bytes }) => ({ id, kind, hash, value: CODECS.get(kind)!.decode(bytes) }))])
    )
    const { outputs, diagnostics } = perform(operator, inputs, order.config, order.pins, order.action, CODECS, progress)
    const { user, system } = process.cpuUsage(before)
    return {
      type: 'done',
      outputs: Object.fromEntries(Object.keys(outputs).map(slot => [slot, outputs[slot]!.bytes])),
      diagnostics,
      cost: { cpu_ms: (user + system) / 1000, memory_bytes: process.resourceUsage().maxRSS * 1024 }
    }
  } catch (error) {
    if (error instanceof HotpassError) return { type: 'failed', code: error.code, message: error.message, place: { ...error.place }, hint: error.hint, stack: error.stack ?? '' }
    return { type: 'failed', code: null, message: '', place: {}, hint: '', stack: error instanceof Error ? (error.stack ?? '') : String(error) }
  }
}

/** What an answer means to the executor. Throws the error that it carries; an answer of another form is E_INTERNAL. */
export function resultOf(answer: Extract<Answer, { type: 'done' | 'failed' }>): JobResult {
  if (answer.type === 'done') {
    return { outputs: Object.fromEntries(Object.keys(answer.outputs).map(slot => [slot, { bytes: answer.outputs[slot]! }])), diagnostics: answer.diagnostics, cost: answer.cost }
  }
  const cause = new Error('in another thread or process')
  cause.stack = answer.stack
  if (answer.code === null) throw cause
  if (!Object.hasOwn(ERRORS, answer.code)) throw new HotpassError('E_INTERNAL', 'a lane answered with an unknown error')
  throw new HotpassError(answer.code as ErrorCode, answer.message, { place: answer.place as object, hint: answer.hint, cause })
}

/** Whether a message from a process that a parser may have taken over has the form of an answer. */
export function isAnswer(message: unknown): message is Answer {
  if (typeof message !== 'object' || message === null) return false
  const { type, outputs, diagnostics, cost, code, message: text, place, hint, stack, share } = message as { [key: string]: any }
  switch (type) {
    case 'progress':
      return typeof share === 'number'
    case 'done':
      return (
        typeof outputs === 'object' && outputs !== null && Object.keys(outputs).every(slot => outputs[slot] instanceof Uint8Array) &&
        Array.isArray(diagnostics) && diagnostics.every(isDiagnostic) && Number.isFinite(cost?.cpu_ms) && Number.isFinite(cost?.memory_bytes)
      )
    case 'failed':
      return (code === null || typeof code === 'string') && [text, hint, stack].every(part => typeof part === 'string') && typeof place === 'object' && place !== null
    default:
      return false
  }
}

function isDiagnostic(value: any): boolean {
  return typeof value?.code === 'string' && ['info', 'warning', 'error'].includes(value.severity) && typeof value.message === 'string' && typeof value.details === 'object' && value.details !== null
}
