/** The simplest lane: the operator runs here and now, in this thread. */
import type { Inputs } from '../types.ts'
import { perform } from './perform.ts'
import type { CodecSource, Job, JobResult, Lanes } from './types.ts'

/** Runs a job in this thread. Throws what `perform` throws. */
export function performHere(job: Job, codecs: CodecSource): JobResult {
  const inputs: Inputs = Object.fromEntries(
    Object.keys(job.inputs).map(slot => [slot, job.inputs[slot]!.map(({ id, kind, hash, value }) => ({ id, kind, hash, value: value() }))])
  )
  return perform(job.operator, inputs, job.config, job.pins, job.action, codecs, share => job.progress(share))
}

/** Lanes without threads or processes, whatever an operator asks for: for tests, and for operators that are trusted with their input. */
export const INLINE_LANES: Lanes = {
  async execute(job, codecs) {
    return performHere(job, codecs)
  },
  async close() {}
}
