/** The contract that a profile, or a run of one, makes. */
import { basename } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { contractOf } from '../../operators/contract/profile.ts'
import type { Contract } from '../../operators/model/contract.ts'
import type { Profile } from '../../schemas/generated/profile.ts'
import { resolveRequest } from '../config/request.ts'
import { datasetOf } from '../pipeline/artifacts.ts'
import { configOf, findAttempt, openStoreToRead, readRun } from '../pipeline/store.ts'

type Identity = Pick<Profile, 'refine' | 'expectations' | 'contract' | 'compliance' | 'export'>

export interface SourcedContract {
  readonly contract: Contract
  /** Base name of the files that a run exports to, without their ending. */
  readonly base: string
}

/** Of the profile that the workspace, or `--profile`, names. Throws E_PROFILE for one without fields, and what resolving throws. */
export async function contractOfProfile(input: JsonObject, host: CommandHost): Promise<SourcedContract> {
  const { config, profile, outputBase } = await resolveRequest(configOnly(input), host)
  const identity = config.identity as Identity
  const fields = identity.refine?.fields
  if (fields === undefined) {
    throw new HotpassError('E_PROFILE', `the profile ${profile.name} declares no fields, so it promises none`, { hint: 'give --run latest to take the fields that a run of it found, or a profile with fields' })
  }
  const { name, title, description } = config.about
  return { base: basename(outputBase), contract: contractOf({ ...partsOf(identity), name, title, description, entity: identity.refine?.entity ?? 'record', fields, groups: identity.refine?.groups ?? {} }) }
}

/** Of the dataset that a run wrote, with the fields that it inferred and the columns that no field takes. Throws what the store throws. */
export async function contractOfRun(wanted: string, input: JsonObject, host: CommandHost): Promise<SourcedContract> {
  const { outputBase } = await resolveRequest(configOnly(input), host)
  const store = await openStoreToRead(input, host)
  try {
    const recorded = readRun(store, findAttempt(store, wanted, { finished: true }))
    const { meta: { schema } } = datasetOf(store, recorded)
    const config = configOf(store, recorded.run)
    const name = String(config['profile'] ?? 'dataset')
    const extras = schema.extras.map(extra => ({ name: extra, type: 'text' as const, description: 'A column of the files that no field takes.' }))
    return { base: basename(outputBase), contract: contractOf({ ...partsOf(config as Identity), name, title: '', description: '', entity: schema.entity, fields: [...schema.fields, ...extras], groups: schema.groups }) }
  } finally {
    store.close()
  }
}

/** The flags that decide the configuration; `--format` means the dialect here. */
const configOnly = ({ config, profile, profile_search_path, store_dir }: JsonObject): JsonObject => Object.fromEntries(Object.entries({ config, profile, profile_search_path, store_dir }).filter(([, value]) => value !== undefined)) as JsonObject

function partsOf({ expectations, contract, compliance, export: exported }: Identity): { expectations: NonNullable<Identity['expectations']>; facts: NonNullable<Identity['contract']>; pii_fields: readonly string[]; list_separator: string } {
  return { expectations: expectations ?? [], facts: contract ?? {}, pii_fields: compliance?.pii_fields ?? [], list_separator: exported?.list_separator ?? '; ' }
}

