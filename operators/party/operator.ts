/** The operator `party`: who the entities are, the names that they go by, the roles of people in them, and how to reach them. */
import type { OutputFile } from '../../kernel/artifact/files.ts'
import { NO_STAMP } from '../../kernel/artifact/files.ts'
import { columnOf, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import type { Operator } from '../../kernel/types.ts'
import type { EntitiesMeta, ValidMeta } from '../model/stages.ts'
import { partyStoreText, type PartyStore } from './collect.ts'
import { partiesOfDataset } from './from-dataset.ts'

/** The store as a file to publish. */
export function partyFile(store: PartyStore): OutputFile {
  return { suffix: '.parties.json', media_type: 'application/json', bytes: new TextEncoder().encode(partyStoreText(store)), stamp: NO_STAMP }
}

/** The entities' ids in the registry, when the run keeps one: a column that no field of the profile is. */
function entityIds(frame: Frame<EntitiesMeta>): readonly string[] | null {
  const entities = tableOf(frame, 'entities')
  const name = ['hotpass_entity_id', 'entity_id'].find(own => frame.meta.schema.extras.includes(own))
  const column = name === undefined ? undefined : columnOf(entities, name)
  return column === undefined || !column.values.every(value => /^ent-[0-9a-f]{16}$/.test(value)) ? null : Array.from({ length: entities.rows }, (_, row) => textAt(column, row) ?? '')
}

export const operator: Operator = {
  id: 'party',
  version: '1.0.0',
  summary: 'Writes the party store: parties, aliases, roles and contact methods, each with the rows that say so',
  inputs: { entities: { kind: 'entities' }, valid: { kind: 'valid' } },
  outputs: { files: { kind: 'files' } },
  config: [],
  entropy: ['none'],
  run(inputs) {
    const entities = inputs['entities']![0]!.value as Frame<EntitiesMeta>
    return { files: [partyFile(partiesOfDataset({ entities, valid: inputs['valid']![0]!.value as Frame<ValidMeta>, ids: entityIds(entities) }))] }
  }
}
