/** Reads a contract from a file, whatever its dialect, and tells which that was. */
import { basename, resolve } from 'node:path'
import { builtInLayer, resolveConfig } from '../../kernel/config/resolve.ts'
import type { Layer } from '../../kernel/config/types.ts'
import { HotpassError } from '../../kernel/error.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { contractOf } from '../../operators/contract/profile.ts'
import type { Contract, Unmapped } from '../../operators/model/contract.ts'
import { DEFAULTS } from '../../operators/model/defaults.ts'
import type { Profile } from '../../schemas/generated/profile.ts'
import { readConfigFile, type ConfigFile } from '../config/parse.ts'
import { assertReferences } from '../config/references.ts'

export interface LoadedContract {
  readonly dialect: string
  readonly contract: Contract
  readonly unmapped: readonly Unmapped[]
}

/** Throws E_CONTRACT when the file is none, cannot be read, or says what cannot be checked; E_PROFILE for a profile that is wrong. */
export async function loadContract(path: string, host: CommandHost): Promise<LoadedContract> {
  const file = await readConfigFile(resolve(host.cwd, path), path, 'contract')
  if (isProfile(file.value)) return { dialect: 'profile', contract: ofProfile(file), unmapped: [] }
  throw new HotpassError('E_CONTRACT', `${path} is not a contract`, { place: { file: path }, hint: 'it reads profiles' })
}

function isProfile(value: JsonObject): boolean {
  return typeof value['name'] === 'string' && ('refine' in value || 'expectations' in value)
}

function ofProfile(file: ConfigFile): Contract {
  const layers: Layer[] = [builtInLayer(DEFAULTS as unknown as JsonObject), { kind: 'profile', name: file.file, values: file.value, lineOf: path => file.lineOf(path) }]
  const config = resolveConfig(layers)
  assertReferences(config, layers)
  const { refine, expectations, contract, compliance, export: exported } = config.identity as Omit<Profile, 'name'>
  if (refine?.fields === undefined) throw new HotpassError('E_PROFILE', `${basename(file.file)} declares no fields, so it promises none`, { place: { file: file.file }, hint: 'a contract needs refine.fields' })
  const { name, title, description } = config.about
  return contractOf({ name, title, description, entity: refine.entity ?? 'record', fields: refine.fields, groups: refine.groups ?? {}, expectations: expectations ?? [], facts: contract ?? {}, pii_fields: compliance?.pii_fields ?? [], list_separator: exported?.list_separator ?? '; ' })
}
