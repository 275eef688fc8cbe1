/** `hotpass contracts diff`. */
import { EXIT } from '../../kernel/error.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { compareContracts, isMajor } from '../../operators/contract/compare.ts'
import { loadContract } from './load.ts'

/** Exit 3 when something breaks; with `loosened` also when a promise was withdrawn. Throws E_CONTRACT and E_PROFILE. */
export async function diffContracts(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const [from, to] = [await loadContract(input['from'] as string, host), await loadContract(input['to'] as string, host)]
  const withdrawn = input['loosened'] === true
  const changes = compareContracts(from.contract, to.contract).map(change => ({ ...change, breaking: change.breaking || (withdrawn && change.change === 'loosened') }))
  const breaking = changes.filter(change => change.breaking).length
  const side = (file: string, { dialect, contract }: typeof from): JsonObject => ({ file, format: dialect, name: contract.name, version: contract.version })
  return {
    exit: breaking === 0 ? EXIT.ok : EXIT.data,
    result: {
      schema,
      from: side(input['from'] as string, from),
      to: side(input['to'] as string, to),
      compatible: breaking === 0,
      breaking,
      version_tells: breaking === 0 || isMajor(from.contract.version, to.contract.version),
      changes: changes as unknown as Json
    }
  }
}
