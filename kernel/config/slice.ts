/** What an operator is given of the configuration, and what its cache key covers. */
import type { Json, JsonObject } from '../types.ts'
import { mergeValues, valueAt } from './merge.ts'

/** A block with just the declared dotted paths; paths that are not set are left out. */
export function sliceConfig(config: JsonObject, paths: readonly string[]): JsonObject {
  let slice: JsonObject = {}
  for (const path of paths) {
    const parts = path.split('.')
    const value = valueAt(config, parts)
    if (value === undefined) continue
    slice = mergeValues(slice, parts.reduceRight<Json>((inner, part) => ({ [part]: inner }), value)) as JsonObject
  }
  return slice
}
