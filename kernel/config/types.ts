/** What a configuration layer and a resolved configuration are. */
import type { Digest, Json, JsonObject, Mode } from '../types.ts'

/** The kinds of layer, lowest first. */
export type LayerKind = 'default' | 'profile' | 'file' | 'environment' | 'flag'

/** Keys and list positions from the top of a layer to a value. */
export type Path = readonly (string | number)[]

/** One source of settings. Values have the shape of a config file; those of a profile the shape of a profile. */
export interface Layer {
  readonly kind: LayerKind
  /** What people know it by: the file's path as it was given, `built-in`, `environment`, `command line`. */
  readonly name: string
  readonly values: JsonObject
  /** Line of a value in the file, from 1; undefined when not known. */
  readonly lineOf?: (path: Path) => number | undefined
  /** What the user wrote for this path: a variable's name, a flag. Without it the dotted path stands in. */
  readonly spelling?: (path: Path) => string | undefined
}

/** Which layer set a leaf. */
export interface LeafOrigin {
  readonly kind: LayerKind
  readonly name: string
  readonly line?: number
}

/** Settings of the machine and the moment. They never reach an operator and are never fingerprinted. */
export interface PipelineSettings {
  readonly input_dir: string
  readonly dist_dir: string
  /** Where the first export goes; the other outputs take its base name. Left out: `refined` in dist_dir. */
  readonly output_path?: string
  readonly report_path?: string
  readonly store_dir: string
  readonly profile_search_path: readonly string[]
  readonly mode: Mode
  /** RFC 3339 UTC instant. */
  readonly as_of?: string
  readonly seed?: string
  /** Left out: as many as the machine has processors. */
  readonly workers?: number
  readonly archive?: boolean
  /** Of the copy at report_path. */
  readonly report_format?: 'markdown' | 'html' | 'json'
  /** Left out: decisions.jsonl in the workspace, when it is there. */
  readonly decisions_path?: string
  readonly registry_path?: string
  readonly party_store_path?: string
  readonly export_graph?: string
  /** Left out: closed. */
  readonly allow_network?: boolean
  readonly label_studio_url?: string
  readonly label_studio_project?: number
  readonly log_format: 'auto' | 'rich' | 'plain' | 'json'
}

/** How much an agent may ask for that a person has to decide. */
export type Permission = 'approve' | 'never' | 'allow'

/** What agents may do. Closed: what nothing allows is refused. Never fingerprinted. */
export interface AgentPolicy {
  readonly tools: readonly string[]
  readonly read: readonly string[]
  readonly write: readonly string[]
  readonly network: Exclude<Permission, 'allow'>
  readonly unmask: Permission
  readonly replace: Permission
  readonly match: Permission
  readonly approvals: 'machine' | 'client'
  readonly limits: { readonly rows: number; readonly bytes: number; readonly seconds: number; readonly parallel: number }
}

/** What is left when all layers are merged and validated. */
export interface ResolvedConfig {
  /** Everything that may change an output: `profile` (the name), country, ingest, refine, … Plain JSON. */
  readonly identity: JsonObject
  readonly pipeline: PipelineSettings
  readonly mcp: { readonly policy: AgentPolicy }
  /** SHA-256 of the canonical JSON of `identity`. */
  readonly fingerprint: Digest
  /** Dotted path of every leaf (an empty object or any list is a leaf), in code unit order, to the layer that set it. */
  readonly origins: ReadonlyMap<string, LeafOrigin>
  /** The profile's own words on itself; no effect on any output. */
  readonly about: { readonly name: string; readonly title: string; readonly description: string }
}

/** Why a setting has its value: every layer that says something about it, lowest first. */
export interface Explanation {
  readonly path: string
  /** Undefined when nothing sets it. */
  readonly value: Json | undefined
  /** Whether it counts towards the fingerprint. */
  readonly fingerprinted: boolean
  readonly layers: readonly { readonly kind: LayerKind; readonly name: string; readonly line?: number; readonly value: Json; readonly wins: boolean }[]
}
