/** The files that a call would replace, as far as arguments and configuration tell before it runs. */
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { HotpassError } from '../../../kernel/error.ts'
import type { Command, CommandHost } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import { resolveRequest, type Request } from '../../config/request.ts'

/** What follows the base name of a run's outputs: the dataset and its tables in a format, the report, what a linkage adds. */
const TABLE = /^(?:\..+)?\.(xlsx|csv|jsonl|parquet)$/i
const BESIDES = /^\.(?:report\.(?:md|html|json)|clusters\.csv|parties\.json|entities\.jsonl|graphml|graph\.json)$/i

/** Where `resolve` puts its records, without a value and an ending. */
const RESOLVED = 'resolved'

/** The files that a call would write by name. Absolute. Whatever else has the same stem (`refined.yaml`) no run writes. */
export async function writtenPaths(command: Command, input: JsonObject, host: CommandHost): Promise<readonly string[]> {
  const { properties } = command.input
  const named = Object.entries(input).flatMap(([property, value]) => (properties[property]?.path === 'write' && typeof value === 'string' ? [resolve(host.cwd, value)] : []))
  if (!command.effects.writes.includes('outputs') || properties['config'] === undefined || properties['dist_dir'] === undefined) return named
  try {
    const request = await resolveRequest(input, host)
    return [...named, ...besides(command, input, request, host), ...(request.reportPath === undefined ? [] : [request.reportPath])]
  } catch (error) {
    // A configuration that is wrong is the command's to tell.
    if (error instanceof HotpassError && error.exitCode === 2) return named
    throw error
  }
}

/** Files that are there already under the names that the outputs will have. */
function besides({ input: { properties } }: Command, input: JsonObject, request: Request, host: CommandHost): readonly string[] {
  if (properties['output_path'] !== undefined) {
    const { formats } = request.config.identity['export'] as { readonly formats: readonly string[] }
    return beside(request.outputBase, ending => formats.includes(ending))
  }
  if (properties['output_file'] === undefined) return []
  const file = input['output_file'] === undefined ? join(request.distDir, RESOLVED) : resolve(host.cwd, input['output_file'] as string)
  const { linkage } = request.config.identity['refine'] as { readonly linkage: { readonly format?: string } }
  return beside(file.replace(/\.(xlsx|csv|jsonl|parquet)$/i, ''), ending => ending === (linkage.format ?? 'csv'))
}

function beside(base: string, isWritten: (ending: string) => boolean): readonly string[] {
  const folder = dirname(base)
  const stem = basename(base)
  return (existsSync(folder) ? readdirSync(folder) : []).flatMap(name => {
    const rest = name.slice(stem.length)
    const ending = TABLE.exec(rest)?.[1]?.toLowerCase()
    return name.startsWith(stem) && (BESIDES.test(rest) || (ending !== undefined && isWritten(ending))) ? [join(folder, name)] : []
  })
}
