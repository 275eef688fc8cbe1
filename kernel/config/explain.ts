/** Why a setting has the value that it has. */
import { MACHINE_BLOCKS } from './resolve.ts'
import { HotpassError } from '../error.ts'
import { nearest } from '../suggest.ts'
import type { Json } from '../types.ts'
import { valueAt } from './merge.ts'
import { lineOf } from './place.ts'
import { settingPaths } from './settings.ts'
import { contentOf } from './resolve.ts'
import type { Explanation, Layer, ResolvedConfig } from './types.ts'

/**
 * Every layer that says something about a dotted path, lowest first. Throws E_UNKNOWN_NAME, with a suggestion, when
 * no setting has this path.
 */
export function explainKey(layers: readonly Layer[], resolved: ResolvedConfig, path: string): Explanation {
  const parts = path.split('.')
  const value = valueAt({ ...resolved.identity, pipeline: resolved.pipeline as unknown as Json, mcp: resolved.mcp as unknown as Json }, parts)
  if (value === undefined && !settingPaths().has(path)) {
    const known = [...new Set([...settingPaths().keys(), ...resolved.origins.keys()])]
    const suggestion = nearest(path, known)
    throw new HotpassError('E_UNKNOWN_NAME', `there is no setting ${path}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`, {
      hint: 'hotpass config show lists every setting'
    })
  }
  const said = layers.flatMap(layer => {
    const own = valueAt(contentOf(layer), parts)
    if (own === undefined) return []
    const line = lineOf(layer, parts)
    return [{ kind: layer.kind, name: layer.name, ...(line === undefined ? {} : { line }), value: own }]
  })
  return {
    path,
    value,
    fingerprinted: !MACHINE_BLOCKS.includes(parts[0]!),
    layers: said.map((entry, index) => ({ ...entry, wins: index === said.length - 1 }))
  }
}
