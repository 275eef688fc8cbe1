/** Every fault of every layer, where resolving stops at the first. */
import { problemsOfLayer, type ConfigProblem } from '../../kernel/config/check.ts'
import { HotpassError } from '../../kernel/error.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { readLayers, resolveRequest } from './request.ts'

/** Throws only when a file that was asked for cannot be found or parsed. */
export async function validateRequest(input: JsonObject, host: CommandHost): Promise<{ readonly files: readonly string[]; readonly problems: readonly ConfigProblem[] }> {
  const { layers } = await readLayers(input, host)
  const problems = layers.flatMap(layer => problemsOfLayer(layer))
  if (problems.length === 0) {
    try {
      await resolveRequest(input, host)
    } catch (error) {
      if (!(error instanceof HotpassError) || error.exitCode !== 2) throw error
      const found = error.details['problems'] as readonly ConfigProblem[] | undefined
      problems.push(...(found ?? [{ file: error.place.file ?? '', line: error.place.line, key: '', message: error.message, suggestion: undefined }]))
    }
  }
  return { files: layers.filter(({ kind }) => kind === 'profile' || kind === 'file').map(({ name }) => name), problems }
}
