/** From layers to the one configuration of a run. */
import { digestJson } from '../hash.ts'
import { HotpassError } from '../error.ts'
import type { Json, JsonObject } from '../types.ts'
import { assertLayer } from './check.ts'
import { leavesOf, mergeValues } from './merge.ts'
import { lineOf } from './place.ts'
import type { AgentPolicy, LayerKind, LeafOrigin, Layer, PipelineSettings, ResolvedConfig } from './types.ts'

const RANK: ReadonlyMap<LayerKind, number> = new Map([
  ['default', 0],
  ['profile', 1],
  ['file', 2],
  ['environment', 3],
  ['flag', 4]
])

/** Settings of the machine that hold when nothing says otherwise. */
export const PIPELINE_DEFAULTS = {
  input_dir: './data',
  dist_dir: './dist',
  store_dir: '.hotpass',
  profile_search_path: [],
  mode: 'strict',
  log_format: 'auto'
} as const satisfies PipelineSettings

/** What agents may do when nothing says otherwise: nothing. */
export const POLICY_DEFAULTS = {
  tools: [],
  read: [],
  write: [],
  network: 'approve',
  unmask: 'approve',
  replace: 'approve',
  match: 'approve',
  approvals: 'machine',
  limits: { rows: 200, bytes: 65_536, seconds: 900, parallel: 4 }
} as const satisfies AgentPolicy

/** Blocks about this machine: they reach no operator and are not fingerprinted. */
export const MACHINE_BLOCKS: readonly string[] = ['pipeline', 'mcp']

/** The lowest layer: the defaults of the pipeline's blocks, and of the machine's settings. */
export function builtInLayer(blocks: JsonObject): Layer {
  return { kind: 'default', name: 'built-in', values: { ...blocks, pipeline: PIPELINE_DEFAULTS as unknown as JsonObject, mcp: { policy: POLICY_DEFAULTS as unknown as JsonObject } } }
}

/** The profile that the layers ask for (a name or a path): the last that names one wins; undefined when none does. */
export function selectedProfile(layers: readonly Layer[]): string | undefined {
  let selected: string | undefined
  for (const layer of layers) {
    const value = layer.kind === 'profile' ? undefined : layer.values['profile']
    if (typeof value === 'string') selected = value
  }
  return selected
}

/**
 * Merges validated layers, given lowest first. A profile's `name` becomes `profile` in the result; which profile a
 * file or flag asked for, and a profile's own title and description, are not part of what is fingerprinted.
 * Throws E_CONFIG or E_PROFILE for a layer that its schema refuses, E_NOT_BUILT, and E_INTERNAL when the order is wrong.
 */
export function resolveConfig(layers: readonly Layer[]): ResolvedConfig {
  let merged: Json = {}
  let about = { name: '', title: '', description: '' }
  const origins = new Map<string, LeafOrigin>()
  let rank = -1
  for (const layer of layers) {
    const own = RANK.get(layer.kind)!
    if (own < rank) throw new HotpassError('E_INTERNAL', `configuration layers are out of order: ${layer.name}`)
    rank = own
    assertLayer(layer)
    const values = contentOf(layer)
    if (layer.kind === 'profile') {
      const text = (key: string): string => (typeof layer.values[key] === 'string' ? (layer.values[key] as string) : '')
      about = { name: text('name'), title: text('title'), description: text('description') }
    }
    merged = mergeValues(merged, values)
    for (const { path } of leavesOf(values)) {
      const key = path.join('.')
      // A leaf may take the place of a block, or a block that of an empty one.
      for (const known of origins.keys()) if (known.startsWith(`${key}.`) || key.startsWith(`${known}.`)) origins.delete(known)
      const line = lineOf(layer, layer.kind === 'profile' && key === 'profile' ? ['name'] : path)
      origins.set(key, line === undefined ? { kind: layer.kind, name: layer.name } : { kind: layer.kind, name: layer.name, line })
    }
  }
  const { pipeline, mcp, ...identity } = merged as { readonly pipeline?: JsonObject; readonly mcp?: JsonObject } & JsonObject
  for (const known of origins.keys()) if (!exists(merged as JsonObject, known)) origins.delete(known)
  return {
    identity,
    pipeline: (pipeline ?? {}) as unknown as PipelineSettings,
    mcp: (mcp ?? { policy: POLICY_DEFAULTS }) as unknown as ResolvedConfig['mcp'],
    fingerprint: digestJson(identity),
    origins: new Map([...origins].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))),
    about
  }
}

/** What a layer contributes to the merge. */
export function contentOf(layer: Layer): JsonObject {
  const { $schema: _schema, profile: _profile, name, title: _title, description: _description, ...rest } = layer.values
  return layer.kind === 'profile' ? { profile: name!, ...rest } : rest
}

function exists(block: JsonObject, key: string): boolean {
  let value: Json | undefined = block
  for (const part of key.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return false
    value = (value as JsonObject)[part]
  }
  return true
}
