/** Reads a contract from a file, whatever its dialect, and tells which that was. */
import { basename, resolve } from 'node:path'
import { builtInLayer, resolveConfig } from '../../kernel/config/resolve.ts'
import type { Layer } from '../../kernel/config/types.ts'
import { HotpassError } from '../../kernel/error.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { contractOf } from '../../operators/contract/profile.ts'
import type { Contract, ReadContract, Unmapped } from '../../operators/model/contract.ts'
import { DEFAULTS } from '../../operators/model/defaults.ts'
import { compilePattern } from '../../operators/validate/pattern.ts'
import type { Profile } from '../../schemas/generated/profile.ts'
import { readConfigFile, type ConfigFile } from '../config/parse.ts'
import { assertReferences } from '../config/references.ts'

export interface LoadedContract {
  readonly dialect: string
  readonly contract: Contract
  readonly unmapped: readonly Unmapped[]
  readonly origins?: ReadContract['origins']
}

/** Throws E_CONTRACT when the file is none, cannot be read, or says what cannot be checked; E_PROFILE for a profile that is wrong. */
export async function loadContract(path: string, host: CommandHost): Promise<LoadedContract> {
  const file = await readConfigFile(resolve(host.cwd, path), path, 'contract')
  if (isProfile(file.value)) return { dialect: 'profile', contract: ofProfile(file), unmapped: [] }
  const found = READERS.find(({ is }) => is(file.value))
  if (found === undefined) throw new HotpassError('E_CONTRACT', `${path} is not a contract`, { place: { file: path }, hint: 'it reads profiles, ODCS 3.0 and 3.1, Table Schema and Data Packages, JSON Schema, CSVW and suites of Great Expectations' })
  try {
    return { dialect: found.dialect, ...(await found.read(file.value)) }
  } catch (error) {
    if (!(error instanceof HotpassError)) throw error
    throw new HotpassError(error.code, `${path}: ${error.message}`, { place: { file: path }, hint: error.hint, cause: error })
  }
}

/** A pattern that cannot be used is named by the file and the place that it stands in. Throws E_CONTRACT. */
export function assertPatterns({ contract, origins }: LoadedContract, path: string): void {
  const assert = (pattern: string, field: string, where: string): void => {
    try {
      compilePattern(pattern, field)
    } catch (error) {
      if (!(error instanceof HotpassError)) throw error
      throw new HotpassError('E_CONTRACT', `${path}: ${where}${error.message}`, { place: { file: path }, hint: error.hint, cause: error })
    }
  }
  for (const { fields, expectations } of contract.tables) {
    for (const { name, pattern } of fields) if (pattern !== undefined) assert(pattern, name, '')
    for (const each of expectations) if (each.expect === 'matches') assert(each.pattern, each.field, origins?.has(each) === true ? `${origins.get(each)!}: ` : '')
  }
}

interface Reader {
  readonly dialect: string
  readonly is: (value: JsonObject) => boolean
  readonly read: (value: JsonObject) => Promise<ReadContract>
}

/** Told by what each dialect must have. */
const READERS: readonly Reader[] = [
  { dialect: 'odcs', is: value => value['kind'] === 'DataContract' || 'apiVersion' in value, read: async value => (await import('../../operators/contract/odcs/read.ts')).readOdcs(value) },
  { dialect: 'great-expectations', is: value => Array.isArray(value['expectations']), read: async value => (await import('../../operators/contract/great-expectations/read.ts')).readSuite(value) },
  { dialect: 'csvw', is: value => JSON.stringify(value['@context'] ?? '').includes('ns/csvw'), read: async value => (await import('../../operators/contract/csvw/read.ts')).readCsvw(value) },
  { dialect: 'table-schema', is: value => Array.isArray(value['resources']) || Array.isArray(value['fields']), read: async value => (await import('../../operators/contract/table-schema/read.ts')).readTableSchema(value) },
  { dialect: 'json-schema', is: value => '$schema' in value || 'properties' in value || '$ref' in value || value['type'] === 'array', read: async value => (await import('../../operators/contract/json-schema/read.ts')).readJsonSchema(value) }
]

function isProfile(value: JsonObject): boolean {
  // A suite of expectations has a name as well; its expectations have types of their own.
  const isSuite = Array.isArray(value['expectations']) && value['expectations'].some(each => typeof each === 'object' && each !== null && ('expectation_type' in each || 'kwargs' in each))
  return typeof value['name'] === 'string' && ('refine' in value || 'expectations' in value) && !isSuite
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
