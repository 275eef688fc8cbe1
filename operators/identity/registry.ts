/** The entity registry: which records each entity has, and its ledger. An artifact, and a file that people keep and compare. */
import { HotpassError } from '../../kernel/error.ts'
import { canonicalJson } from '../../kernel/json.ts'
import { validatorFor } from '../../kernel/schema.ts'
import type { Codec, Json } from '../../kernel/types.ts'
import { schema, type Entity, type Event, type Generation } from '../../schemas/generated/entity-registry.ts'

export type RegistryEntity = Entity
export type RegistryEvent = Event
export type RegistryGeneration = Generation

export interface EntityRegistry {
  /** 0 for the empty registry. */
  readonly generation: number
  readonly generations: readonly RegistryGeneration[]
  /** By id. */
  readonly entities: readonly RegistryEntity[]
  /** Oldest first. */
  readonly events: readonly RegistryEvent[]
}

export const EMPTY_REGISTRY: EntityRegistry = { generation: 0, generations: [], entities: [], events: [] }

const encoder = new TextEncoder()

/** Canonical JSON of an entity: with its keys in order, and whole numbers and texts as the only values, JSON.stringify gives it, at a tenth of the cost. */
function entityLine({ anchors, entity_id, into, line, records, since, state }: RegistryEntity): string {
  return JSON.stringify({ anchors, entity_id, into, line, records, since, state })
}

function encode({ generation, generations, entities, events }: EntityRegistry): Uint8Array {
  const head: Json = { line: 'registry', schema: schema.$id, generation }
  const lines = [head, ...generations].map(line => canonicalJson(line as unknown as Json))
  for (const entity of entities) lines.push(entityLine(entity))
  for (const event of events) lines.push(canonicalJson(event as unknown as Json))
  return encoder.encode(`${lines.join('\n')}\n`)
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Throws E_INPUT_UNREADABLE with the first line at fault. */
export function readRegistry(bytes: Uint8Array, shown: string): EntityRegistry {
  const refuse = (line: number, what: string): never => {
    throw new HotpassError('E_INPUT_UNREADABLE', `${shown} line ${line} ${what}`, { place: { file: shown, line }, hint: 'a registry is written by Hotpass: take it from version control, or begin anew with another --registry-path' })
  }
  let text = ''
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse(1, 'is not UTF-8 text')
  }
  const validate = validatorFor(schema)
  const generations: RegistryGeneration[] = []
  const entities: RegistryEntity[] = []
  const events: RegistryEvent[] = []
  let generation = 0
  const ids = new Set<string>()
  text.split('\n').forEach((raw, index) => {
    if (raw.trim() === '') return
    const value = valueOf(raw) as { readonly line?: unknown } | undefined
    if (value === undefined) return refuse(index + 1, 'is not JSON')
    if (validate(value).length > 0) return refuse(index + 1, 'is no line of an entity registry')
    if ((generation === 0) !== (value.line === 'registry')) return refuse(index + 1, generation === 0 ? 'is not the head of a registry' : 'is a second head')
    if (value.line === 'registry') generation = (value as { readonly generation: number }).generation
    else if (value.line === 'generation') generations.push(value as RegistryGeneration)
    else if (value.line === 'event') events.push(value as RegistryEvent)
    else {
      const entity = value as RegistryEntity
      if (ids.has(entity.entity_id)) return refuse(index + 1, 'names an entity twice')
      ids.add(entity.entity_id)
      entities.push(entity)
    }
  })
  if (generation === 0) refuse(1, 'is missing: the file is empty')
  return { generation, generations, entities, events }
}

export const registryCodec: Codec<EntityRegistry> = { kind: 'entity-registry', schema: schema.$id, encode, decode: bytes => readRegistry(bytes, 'the stored registry') }
