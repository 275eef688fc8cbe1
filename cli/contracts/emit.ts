/** `hotpass contracts emit`. */
import { resolve } from 'node:path'
import { EXIT } from '../../kernel/error.ts'
import { writeOutput } from '../../kernel/host/publish.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { writeContract, type Dialect } from './dialects.ts'
import { contractOfProfile, contractOfRun } from './source.ts'

/** Throws what resolving the profile, reading the store and writing the file throw. */
export async function emitContract(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const run = input['run'] as string | undefined
  const { contract, base } = run === undefined ? await contractOfProfile(input, host) : await contractOfRun(run, input, host)
  const dialect = (input['format'] as Dialect | undefined) ?? 'odcs'
  const output = input['output'] as string | undefined
  const { text, unmapped } = await writeContract(contract, dialect, base, output !== undefined && /\.json$/i.test(output))
  if (output !== undefined) await writeOutput({ path: resolve(host.cwd, output), shown: output }, new TextEncoder().encode(text))
  for (const { what } of unmapped) host.tell({ event: 'contracts.unmapped', level: 'warning', message: `${dialect} has no words for: ${what}` })
  return {
    exit: EXIT.ok,
    result: { schema, name: contract.name, version: contract.version, format: dialect, path: output ?? null, document: text, unmapped: unmapped.map(({ where, what }) => ({ where, what })) }
  }
}
