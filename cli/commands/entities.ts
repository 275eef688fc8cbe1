import type { Command } from '../../kernel/registry/command.ts'
import { ANY, CONFIG_PROPERTIES, COUNT, inputOf, listOf, orNull, outputOf, recordOf, TEXT } from './properties.ts'

export const REGISTRY = {
  registry_path: { type: 'string', path: 'read', minLength: 1, description: 'File of the entity registry (JSON Lines): which records each entity has, and what became of it.' }
} as const satisfies Command['input']['properties']

const FROM = { ...REGISTRY, run: { type: 'string', path: 'name-or-read', minLength: 1, description: 'Look at the registry that this run kept: an id, its beginning, or `latest`.', default: 'the file of the registry, else the last run that kept one' }, ...CONFIG_PROPERTIES } as const satisfies Command['input']['properties']
const ENTITY = { entity: { type: 'string', path: 'none', minLength: 1, description: 'An entity\'s id, its beginning, or the id of a record that is in it.' } } as const satisfies Command['input']['properties']
const SHARED = { aliases: [], effects: { reads: ['store', 'config', 'outputs'], writes: [], network: false, destructive: false } } as const
const STATE = { enum: ['live', 'merged', 'retired'] }

const listOutput = outputOf('entities-list-result', 1, { from: TEXT, generation: COUNT, counts: recordOf({ live: COUNT, merged: COUNT, retired: COUNT }), entities: listOf(recordOf({ entity_id: TEXT, state: STATE, since: COUNT, records: COUNT, now: orNull(TEXT) })), total: COUNT })

const list: Command = {
  ...SHARED,
  path: ['entities', 'list'],
  summary: 'List the entities of a registry',
  description: '',
  input: inputOf({ state: { type: 'string', enum: ['live', 'merged', 'retired'], description: 'Only those in this state.', default: 'live' }, changed: { type: 'boolean', description: 'Only those that the last change touched, in whatever state.' }, limit: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'How many.', default: 50 }, ...FROM }),
  output: listOutput,
  positionals: [],
  letters: { limit: 'n' },
  examples: [{ line: 'entities list --changed', says: 'what the last run merged, split or added' }],
  async run(input, host) {
    const { listEntities } = await import('../entities/entities.ts')
    return listEntities(input, host, listOutput.$id)
  }
}

const showOutput = outputOf('entities-show-result', 1, { from: TEXT, entity_id: TEXT, state: STATE, since: COUNT, now: orNull(TEXT), records: listOf(TEXT), places: listOf(recordOf({ record: TEXT, file: TEXT, sheet: TEXT, row: COUNT })), absorbed: listOf(TEXT) })

const show: Command = {
  ...SHARED,
  path: ['entities', 'show'],
  summary: 'Show one entity: its records, where they stand, and the ids that were merged into it',
  description: '',
  input: inputOf({ ...ENTITY, ...FROM }, ['entity']),
  output: showOutput,
  positionals: ['entity'],
  letters: {},
  examples: [{ line: 'entities show r-0017 --registry-path entities.jsonl', says: 'the entity that a record is in' }],
  async run(input, host) {
    const { showEntity } = await import('../entities/entities.ts')
    return showEntity(input, host, showOutput.$id)
  }
}

const EVENT = { enum: ['appeared', 'merged', 'took-in', 'split', 'gave-up', 'restored', 'retired', 'recognised'] }
const historyOutput = outputOf('entities-history-result', 1, { from: TEXT, entity_id: TEXT, state: STATE, now: orNull(TEXT), absorbed: listOf(TEXT), history: listOf(recordOf({ generation: COUNT, run_id: TEXT, as_of: orNull(TEXT), what: EVENT, other: orNull(TEXT), count: COUNT, records: listOf(TEXT), because: ANY })) })

const history: Command = {
  ...SHARED,
  path: ['entities', 'history'],
  summary: 'Tell what became of an entity\'s id: merges, splits, and the decisions behind them',
  description: '',
  input: inputOf({ ...ENTITY, ...FROM }, ['entity']),
  output: historyOutput,
  positionals: ['entity'],
  letters: {},
  examples: [{ line: 'entities history ent-0f3a --registry-path entities.jsonl', says: 'the beginning of an id is enough', needs: 'id' }],
  async run(input, host) {
    const { entityHistory } = await import('../entities/entities.ts')
    return entityHistory(input, host, historyOutput.$id)
  }
}

export const entitiesCommands: readonly Command[] = [list, show, history]
