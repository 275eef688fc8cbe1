/** Properties that several commands share, each described once. */
import type { InputSchema, PropertySchema } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'

/** What decides the configuration and where the workspace keeps its things. */
export const CONFIG_PROPERTIES = {
  config: { type: 'array', path: 'read', items: { type: 'string', minLength: 1 }, description: 'Configuration file (YAML, TOML or JSON), laid over the workspace\'s own. Repeat it to layer several.' },
  profile: { type: 'string', path: 'name-or-read', minLength: 1, description: 'Profile to use, by name or by path.', default: 'generic' },
  profile_search_path: { type: 'array', path: 'read', items: { type: 'string', minLength: 1 }, description: 'Folder in which profiles are looked up first. Repeatable.' },
  store_dir: { type: 'string', path: 'store', minLength: 1, description: 'Folder of the store.', default: '.hotpass in the workspace' }
} as const satisfies Record<string, PropertySchema>

export const STORE_PROPERTIES = { store_dir: CONFIG_PROPERTIES.store_dir } as const satisfies Record<string, PropertySchema>

export const RUN_ID: PropertySchema = { type: 'string', path: 'name-or-read', minLength: 1, description: 'A run id, its beginning, `latest`, or `latest~1` for the one before.', default: 'latest' }

export const WORKERS: PropertySchema = { type: 'integer', minimum: 1, maximum: 256, description: 'How many operators may work at the same time. It never changes a byte of the outputs.', default: 'the number of processors' }

export const REVEAL: PropertySchema = { type: 'boolean', description: 'Show personal values as they are. Without it they are masked.' }

/** An input schema of these properties. */
export function inputOf(properties: { readonly [name: string]: PropertySchema }, required: readonly string[] = []): InputSchema {
  return { type: 'object', additionalProperties: false, properties, ...(required.length === 0 ? {} : { required }) }
}

/** Shorthands for result schemas. */
export const TEXT = { type: 'string' } as const
export const COUNT = { type: 'integer', minimum: 0 } as const
export const FLAG = { type: 'boolean' } as const
export const DIGEST = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const
export const ANY = {} as const
export const orNull = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] })
export const listOf = (items: JsonObject): JsonObject => ({ type: 'array', items })
/** An object that has exactly these properties. */
export const recordOf = (properties: { readonly [name: string]: JsonObject }, optional: readonly string[] = []): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter(name => !optional.includes(name)),
  properties
})

/** The schema of a result: `schema` plus these properties. */
export function outputOf(name: string, version: number, properties: { readonly [name: string]: JsonObject }, optional: readonly string[] = []) {
  const $id = `urn:hotpass:schema:${name}:${version}`
  return {
    $id,
    type: 'object' as const,
    additionalProperties: false,
    required: ['schema', ...Object.keys(properties).filter(property => !optional.includes(property))],
    properties: { schema: { const: $id }, ...properties } as JsonObject
  }
}
