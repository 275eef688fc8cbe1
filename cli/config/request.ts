/** From files, environment and flags to one resolved configuration: the layers that the kernel merges, read from disk. */
import { basename, resolve } from 'node:path'
import { environmentLayer, variableFor } from '../../kernel/config/environment.ts'
import { mergeValues } from '../../kernel/config/merge.ts'
import { builtInLayer, resolveConfig, selectedProfile } from '../../kernel/config/resolve.ts'
import type { Layer, Path, ResolvedConfig } from '../../kernel/config/types.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { Json, JsonObject, Mode } from '../../kernel/types.ts'
import { DEFAULTS } from '../../operators/model/defaults.ts'
import { HotpassError } from '../../kernel/error.ts'
import { assertInstant, assertMeaning } from './meaning.ts'
import { assertApart, assertFormatNamed, exportFormatOf, outputBaseOf, recordsFormatOf, reportFormatOf } from './outputs.ts'
import { readConfigFile } from './parse.ts'
import { assertReferences } from './references.ts'
import { findProfile, findWorkspace, shownPath, splitPaths, type ProfileSource, type Workspace } from './workspace.ts'

/** Where a flag's value goes in the configuration. `append` adds to what lower layers say. */
export interface Override {
  readonly property: string
  readonly path: string
  readonly append?: true
  /** Value is a path, relative to the current folder. */
  readonly isPath?: true
}

/** Every flag that is a configuration key under another name. */
export const OVERRIDES: readonly Override[] = [
  { property: 'input_dir', path: 'pipeline.input_dir', isPath: true },
  { property: 'output_path', path: 'pipeline.output_path', isPath: true },
  { property: 'dist_dir', path: 'pipeline.dist_dir', isPath: true },
  { property: 'report_path', path: 'pipeline.report_path', isPath: true },
  { property: 'store_dir', path: 'pipeline.store_dir', isPath: true },
  { property: 'decisions_path', path: 'pipeline.decisions_path', isPath: true },
  { property: 'registry_path', path: 'pipeline.registry_path', isPath: true },
  { property: 'party_store_path', path: 'pipeline.party_store_path', isPath: true },
  { property: 'export_graph', path: 'pipeline.export_graph', isPath: true },
  { property: 'allow_network', path: 'pipeline.allow_network' },
  { property: 'label_studio_url', path: 'pipeline.label_studio_url' },
  { property: 'label_studio_project', path: 'pipeline.label_studio_project' },
  { property: 'profile_search_path', path: 'pipeline.profile_search_path', isPath: true },
  { property: 'profile', path: 'profile' },
  { property: 'mode', path: 'pipeline.mode' },
  { property: 'as_of', path: 'pipeline.as_of' },
  { property: 'seed', path: 'pipeline.seed' },
  { property: 'workers', path: 'pipeline.workers' },
  { property: 'archive', path: 'pipeline.archive' },
  { property: 'report_format', path: 'pipeline.report_format' },
  { property: 'id_field', path: 'refine.linkage.id_field' },
  { property: 'source_field', path: 'refine.linkage.source_field' },
  { property: 'link_only', path: 'refine.linkage.link_only' },
  { property: 'cardinality', path: 'refine.linkage.cardinality' },
  { property: 'match_threshold', path: 'refine.linkage.match' },
  { property: 'review_threshold', path: 'refine.linkage.review' },
  { property: 'threshold', path: 'refine.linkage.floor' },
  { property: 'country_code', path: 'country' },
  { property: 'format', path: 'export.formats' },
  { property: 'sensitive_field', path: 'compliance.pii_fields', append: true }
]

/** Variables with the name of a flag, where that differs from the name of the key. */
export const VARIABLE_ALIASES: ReadonlyMap<string, string> = new Map(
  OVERRIDES.map(({ property, path }): [string, string] => [`HOTPASS_${property.toUpperCase()}`, variableFor(path)]).filter(([alias, name]) => alias !== name)
)

/** Variables that are no setting of a run. */
export const OTHER_VARIABLES = ['HOTPASS_CONFIG', 'HOTPASS_LABEL_STUDIO_TOKEN']

export interface Request {
  readonly workspace: Workspace
  readonly config: ResolvedConfig
  /** Lowest first. */
  readonly layers: readonly Layer[]
  readonly profile: ProfileSource
  /** Absolute. */
  readonly inputDir: string
  readonly storeDir: string
  readonly distDir: string
  /** Absolute, without the ending: the outputs' base name. */
  readonly outputBase: string
  readonly reportPath: string | undefined
  /** Of the copy at `reportPath`. */
  readonly reportFormat: string | undefined
}

const block = (path: string, value: Json): JsonObject => path.split('.').reduceRight<Json>((inner, part) => ({ [part]: inner }), value) as JsonObject
const valueAt = (values: JsonObject, path: string): Json | undefined => path.split('.').reduce<Json | undefined>((inner, part) => (inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? (inner as JsonObject)[part] : undefined), values)

function fileLayer(kind: 'file' | 'profile', file: { readonly file: string; readonly value: JsonObject; lineOf(path: Path): number | undefined }): Layer {
  return { kind, name: file.file, values: file.value, lineOf: path => file.lineOf(path) }
}

/** The layer of the command line. Its paths become absolute, because those in files are relative to the workspace root. */
function flagLayer(input: JsonObject, cwd: string, lower: readonly Layer[]): Layer {
  let values: JsonObject = {}
  const spelled = new Map<string, string>()
  const add = (path: string, value: Json, flag: string): void => {
    values = mergeValues(values, block(path, value)) as JsonObject
    spelled.set(path, flag)
  }
  for (const { property, path, append, isPath } of OVERRIDES) {
    const given = input[property]
    if (given === undefined) continue
    const flag = `--${property.replaceAll('_', '-')}`
    if (property === 'as_of') assertInstant(given as string, flag)
    // A day stands for its first instant. A slash at the end of a path says that it is a folder.
    const moved = (text: Json): Json => (isPath ? resolve(cwd, text as string) + (property === 'output_path' && /[\\/]$/.test(text as string) ? '/' : '') : property === 'as_of' && /^[0-9-]{10}$/.test(text as string) ? `${text as string}T00:00:00Z` : text)
    const value = Array.isArray(given) ? given.map(moved) : moved(given)
    if (append) {
      const below = [...lower].reverse().map(layer => valueAt(layer.values, path)).find(found => found !== undefined)
      add(path, [...new Set([...((below as Json[] | undefined) ?? []), ...(value as Json[])])], flag)
    } else add(path, value, flag)
  }
  if (typeof input['strict'] === 'boolean') {
    const [mode, flag]: [Mode, string] = input['strict'] ? ['strict', '--strict'] : ['best-effort', '--no-strict']
    if (input['mode'] !== undefined && input['mode'] !== mode) throw new HotpassError('E_USAGE', `${flag} and --mode ${String(input['mode'])} exclude each other`, { hint: `${flag} is the same as --mode ${mode}` })
    add('pipeline.mode', mode, flag)
  }
  const spelling = (path: Path): string | undefined => spelled.get(path.slice(0, 2).join('.')) ?? spelled.get(String(path[0]))
  return { kind: 'flag', name: 'command line', values, spelling }
}

/** The variables that the kernel reads, with aliases put under the name of their key. */
function variables(env: CommandHost['env']): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const name of Object.keys(env).sort()) {
    const value = env[name]
    if (value === undefined || (!name.startsWith('HOTPASS_') && name !== 'SOURCE_DATE_EPOCH')) continue
    const target = VARIABLE_ALIASES.get(name)
    if (target === undefined || env[target] === undefined) found.set(target ?? name, value)
  }
  return found
}

/** Every layer, lowest first, read but not yet checked. */
export interface ReadLayers {
  readonly workspace: Workspace
  readonly profile: ProfileSource
  readonly layers: readonly Layer[]
}

/** Finds and reads every layer. Throws E_CONFIG, E_PROFILE or E_UNKNOWN_NAME with file and line. */
export async function readLayers(input: JsonObject, host: CommandHost): Promise<ReadLayers> {
  const workspace = findWorkspace(host.cwd)
  const shown = (path: string): string => shownPath(path, host.cwd)
  const files = [
    ...(workspace.file === undefined ? [] : [workspace.file]),
    ...splitPaths(host.env['HOTPASS_CONFIG'] ?? '').map(path => resolve(host.cwd, path)),
    ...((input['config'] as string[] | undefined) ?? []).map(path => resolve(host.cwd, path))
  ]
  const upper: Layer[] = []
  for (const path of files) upper.push(fileLayer('file', await readConfigFile(path, shown(path), 'config')))
  upper.push(environmentLayer(variables(host.env), OTHER_VARIABLES))
  const early = flagLayer(input, host.cwd, upper)

  const searchPath = ([...upper, early].map(layer => valueAt(layer.values, 'pipeline.profile_search_path')).findLast(value => Array.isArray(value)) as string[] | undefined) ?? []
  const folders = searchPath.map(folder => resolve(workspace.root, folder))
  const wanted = selectedProfile([...upper, early]) ?? 'generic'
  const profile = findProfile(wanted, typeof input['profile'] === 'string' ? host.cwd : workspace.root, workspace, folders)
  const profileFile = await readConfigFile(profile.path, profile.origin === 'bundled' ? `profiles/${basename(profile.path)}` : shown(profile.path), 'profile')
  const below = [builtInLayer(DEFAULTS as unknown as JsonObject), fileLayer('profile', profileFile), ...upper]
  return { workspace, profile, layers: [...below, flagLayer(input, host.cwd, below)] }
}

/**
 * Reads every layer and resolves them. Throws E_CONFIG, E_PROFILE, E_UNKNOWN_NAME or E_NOT_BUILT with file and line.
 * `input` holds the flags that were given, by property name.
 */
export async function resolveRequest(input: JsonObject, host: CommandHost): Promise<Request> {
  const { workspace, profile, layers: read } = await readLayers(input, host)
  let layers = read
  let config = resolveConfig(layers)
  await assertMeaning(config)
  assertReferences(config, layers)
  const shown = (path: string): string => shownPath(path, host.cwd)
  const extra = impliedFormats(config, input, shown)
  if (extra !== undefined) {
    const flags = layers.at(-1)!
    layers = [...layers.slice(0, -1), { ...flags, values: mergeValues(flags.values, extra) as JsonObject }]
    config = resolveConfig(layers)
  }
  const { pipeline } = config
  const at = (path: string): string => resolve(workspace.root, path)
  const distDir = at(pipeline.dist_dir)
  const inputDir = at(pipeline.input_dir)
  const outputPath = pipeline.output_path === undefined ? resolve(distDir, 'refined') : at(pipeline.output_path) + (/[\\/]$/.test(pipeline.output_path) ? '/' : '')
  const outputBase = pipeline.output_path === undefined ? outputPath : outputBaseOf(outputPath, shown(outputPath))
  assertApart(inputDir, distDir, outputBase, shown)
  const reportPath = pipeline.report_path === undefined ? undefined : at(pipeline.report_path)
  return {
    workspace,
    config,
    layers,
    profile,
    inputDir,
    storeDir: at(pipeline.store_dir),
    distDir,
    outputBase,
    reportPath,
    reportFormat: reportPath === undefined ? undefined : reportFormatOf(reportPath, pipeline.report_format, shown(reportPath))
  }
}

/** Formats that `--output-path x.parquet`, `--output-file x.parquet` and `--report-path x.html` ask for although nothing lists them. Throws E_USAGE. */
function impliedFormats(config: ResolvedConfig, input: JsonObject, shown: (path: string) => string): JsonObject | undefined {
  const { output_path, report_path, report_format } = config.pipeline
  let extra: JsonObject = {}
  const exports = valueAt(config.identity, 'export.formats') as readonly string[]
  if (output_path !== undefined && input['format'] !== undefined && input['output_path'] !== undefined) assertFormatNamed(output_path, exports, shown(output_path))
  const named = output_path === undefined || input['format'] !== undefined ? undefined : exportFormatOf(output_path)
  const added = [...(named === undefined ? [] : [named]), ...(config.pipeline.party_store_path === undefined ? [] : ['party'])].filter(format => !exports.includes(format))
  // Only hotpass resolve takes an --output-file; what its ending says goes before the profile.
  const records = typeof input['output_file'] === 'string' ? recordsFormatOf(input['output_file']) : undefined
  if (records !== undefined) extra = mergeValues(extra, { refine: { linkage: { format: records } } }) as JsonObject
  if (config.pipeline.export_graph !== undefined) extra = mergeValues(extra, { refine: { linkage: { graph: true } } }) as JsonObject
  if (added.length > 0) extra = mergeValues(extra, { export: { formats: [...exports, ...added] } }) as JsonObject
  const reports = valueAt(config.identity, 'report.formats') as readonly string[]
  const wanted = report_path === undefined ? report_format : reportFormatOf(report_path, report_format, shown(report_path))
  if (wanted !== undefined && !reports.includes(wanted)) extra = mergeValues(extra, { report: { formats: [...reports, wanted] } }) as JsonObject
  return Object.keys(extra).length === 0 ? undefined : extra
}
