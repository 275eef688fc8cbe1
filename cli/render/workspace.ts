/** Text of the commands about the workspace: completion, config, init, overview. */
import type { Json, JsonObject } from '../../kernel/types.ts'
import { count, cut, pairsText, printable, short, tableText, widthOf } from './paint.ts'
import type { RenderOptions } from './index.ts'

export const completionText = (result: { readonly script: string }): string => result.script

interface Layer { readonly kind: string; readonly name: string; readonly line?: number }

const placeOf = (layer: Layer): string => (layer.line === undefined ? layer.name : `${layer.name}:${layer.line}`)
const valueText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

function leaves(value: Json, path: string, out: [string, Json][]): [string, Json][] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value)) leaves(inner, path === '' ? key : `${path}.${key}`, out)
  } else out.push([path, value])
  return out
}

export function configShowText(result: { readonly profile: string; readonly fingerprint: string; readonly config: JsonObject; readonly pipeline: JsonObject; readonly mcp: JsonObject; readonly origins: Readonly<Record<string, Layer>> }, { paint, columns }: RenderOptions): string {
  const rows = leaves({ ...result.config, pipeline: result.pipeline, mcp: result.mcp }, '', []).map(([path, value]) => {
    const origin = result.origins[path]
    return [path, paint.dim(origin === undefined ? '' : placeOf(origin)), printable(valueText(value))]
  })
  // The values stand last, where a long one moves no other column.
  const taken = Math.max(...tableText(['key', 'set by'], rows.map(row => row.slice(0, 2)), paint).split('\n').map(widthOf)) + 2
  const shown = rows.map(([path, from, value]) => [path!, from!, cut(value!, Math.max(24, columns - taken))])
  return `${tableText(['key', 'set by', 'value'], shown, paint)}\n\n${paint.dim('fingerprint')}  ${result.fingerprint}`
}

export function configExplainText(result: { readonly key: string; readonly value: Json; readonly set: boolean; readonly fingerprinted: boolean; readonly layers: readonly (Layer & { readonly value: Json; readonly wins: boolean })[] }, { paint }: RenderOptions): string {
  const head = result.set ? `${paint.bold(result.key)} = ${printable(valueText(result.value))}` : `${paint.bold(result.key)} is not set`
  const rows = result.layers.map(layer => [layer.wins ? '→' : ' ', layer.kind, placeOf(layer), printable(valueText(layer.value))])
  const note = result.fingerprinted ? 'Counts towards the fingerprint: another value is another run.' : 'About this machine: it changes no output and does not count towards the fingerprint.'
  return [head, ...(rows.length === 0 ? [] : ['', tableText(['', 'layer', 'from', 'value'], rows, paint)]), '', paint.dim(note)].join('\n')
}

export function configValidateText(result: { readonly valid: boolean; readonly files: readonly string[]; readonly problems: readonly { readonly file: string; readonly line: number | null; readonly key: string; readonly message: string; readonly suggestion: string | null }[] }, { paint }: RenderOptions): string {
  if (result.valid) return `${paint.green('valid')}  ${result.files.join(', ')}`
  return result.problems
    .map(({ file, line, key, message, suggestion }) => `${paint.red('fault')}  ${file}${line === null ? '' : `:${line}`}: ${key === '' ? '' : `${key}: `}${message}${suggestion === null ? '' : `; did you mean ${suggestion}?`}`)
    .join('\n')
}

export function initText(result: { readonly path: string; readonly files: readonly { readonly path: string; readonly action: string }[]; readonly next: readonly string[] }, { paint }: RenderOptions): string {
  const lines = result.files.map(({ path, action }) => `${action === 'unchanged' ? paint.dim('unchanged') : action === 'replaced' ? paint.yellow('replaced ') : paint.green('written  ')}  ${path}`)
  return `${lines.join('\n')}\n\n${paint.bold('Next')}\n${result.next.map(line => `  ${line}`).join('\n')}`
}

export function overviewText(
  result: {
    readonly version: string
    readonly workspace: { readonly root: string; readonly config: string | null; readonly store: string; readonly store_exists: boolean }
    readonly commands: readonly { readonly name: string; readonly aliases: readonly string[]; readonly summary: string }[]
    readonly profiles: readonly { readonly name: string; readonly path: string; readonly origin: string }[]
    readonly profile_folders: readonly string[]
    readonly reads: readonly string[]
    readonly writes: readonly string[]
    readonly runs: number
    readonly head: string | null
  },
  { paint, columns }: RenderOptions
): string {
  const names = result.commands.map(({ name, aliases, summary }) => [aliases.length === 0 ? name : `${name} (${aliases.join(', ')})`, summary])
  const width = Math.max(...names.map(([name]) => name!.length))
  return [
    `${paint.bold(`Hotpass ${result.version}`)}  messy spreadsheets in, one governed dataset out, provable`,
    '',
    pairsText(
      [
        ['workspace', result.workspace.root],
        ['configuration', result.workspace.config ?? 'none here; hotpass init writes one'],
        ['store', `${result.workspace.store}${result.workspace.store_exists ? `, ${count(result.runs)} ${result.runs === 1 ? 'run' : 'runs'}, head ${result.head === null ? 'none' : short(result.head)}` : ' (not there yet)'}`],
        ['reads', result.reads.join(' ')],
        ['writes', result.writes.join(' ')]
      ],
      paint
    ),
    '',
    tableText(['command', 'what it does'], names.map(([name, summary]) => [name!, cut(summary!, Math.max(30, columns - width - 3))]), paint),
    '',
    tableText(['profile', 'from', 'file'], result.profiles.map(({ name, origin, path }) => [name, origin, path]), paint),
    paint.dim(`looked up in ${result.profile_folders.join(', ')}`)
  ].join('\n')
}
