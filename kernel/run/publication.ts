/** Finished files: what the export and report operators wrote, with the run's id in its place. */
import type { OutputFile } from '../artifact/files.ts'
import { stampRunId } from '../artifact/stamp.ts'
import { HotpassError } from '../error.ts'
import { digestBytes } from '../hash.ts'
import type { Plan } from '../pipeline.ts'
import type { PublishedRef } from '../record/types.ts'
import type { StepsResult } from './steps.ts'
import type { PublishedFile } from './types.ts'

/** The files of a plan's `publish` list, in order. Throws E_INTERNAL when two would have one name. */
export function finish(plan: Plan, result: StepsResult, runId: string): readonly PublishedFile[] {
  const seen = new Set<string>()
  return plan.publish.flatMap(({ step, slot }) => {
    const files = (result.value(step, slot) ?? []) as readonly OutputFile[]
    return files.map(file => {
      const name = file.suffix.toLowerCase()
      if (seen.has(name) || !/^(\.[A-Za-z0-9_-]+)+$/.test(file.suffix)) throw new HotpassError('E_INTERNAL', `step ${step} gave an output file ${file.suffix} that cannot be published`)
      seen.add(name)
      const bytes = stampRunId(file, runId)
      return { suffix: file.suffix, media_type: file.media_type, bytes, hash: digestBytes(bytes) }
    })
  })
}

/** As they stand in the run's record. */
export function publishedRefs(files: readonly PublishedFile[]): readonly PublishedRef[] {
  return files.map(({ suffix, media_type, hash, bytes }) => ({ suffix, media_type, hash, bytes: bytes.length }))
}
