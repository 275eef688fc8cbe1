/** Merging layers: blocks are merged key by key, everything else is replaced. */
import { HotpassError } from '../error.ts'
import type { Json, JsonObject } from '../types.ts'
import type { Layer, Path } from './types.ts'
import { placeOf, spell } from './place.ts'

const REFUSED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_DEPTH = 64

/** Whether a value is a block of keys. */
export function isBlock(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * `upper` laid over `lower`: blocks key by key, lists and plain values replaced whole. Neither is changed. Keys keep
 * the order of first appearance.
 */
export function mergeValues(lower: Json, upper: Json): Json {
  if (!isBlock(lower) || !isBlock(upper)) return upper
  const merged: Record<string, Json> = {}
  for (const key of Object.keys(lower)) merged[key] = Object.hasOwn(upper, key) ? mergeValues(lower[key]!, upper[key]!) : lower[key]!
  for (const key of Object.keys(upper)) if (!Object.hasOwn(lower, key)) merged[key] = upper[key]!
  return merged
}

/** Every leaf of a block with its path, in order. An empty block is a leaf, and so is any list. */
export function* leavesOf(block: JsonObject, path: readonly string[] = []): Generator<{ readonly path: readonly string[]; readonly value: Json }> {
  for (const key of Object.keys(block)) {
    const value = block[key]!
    if (isBlock(value) && Object.keys(value).length > 0) yield* leavesOf(value, [...path, key])
    else yield { path: [...path, key], value }
  }
}

/** The value at a path of keys, or undefined. */
export function valueAt(block: Json, path: Path): Json | undefined {
  let value: Json | undefined = block
  for (const part of path) {
    if (Array.isArray(value) && typeof part === 'number') value = value[part] as Json | undefined
    else if (isBlock(value) && Object.hasOwn(value, part)) value = value[part]
    else return undefined
  }
  return value
}

/**
 * Throws E_CONFIG (E_PROFILE for a profile) when a layer holds a key that could reach an object's prototype, is not
 * plain JSON, or is nested deeper than 64.
 */
export function assertSafe(layer: Layer): void {
  walk(layer.values, [])
  function refuse(path: Path, what: string): never {
    throw new HotpassError(layer.kind === 'profile' ? 'E_PROFILE' : 'E_CONFIG', `${placeOf(layer, path)}: ${spell(layer, path)} ${what}`, {
      place: { file: layer.name },
      hint: 'remove or rename it'
    })
  }
  function walk(value: unknown, path: Path): void {
    if (path.length > MAX_DEPTH) refuse(path.slice(0, 4), 'is nested too deep')
    if (value === null || typeof value === 'boolean') return
    if (typeof value === 'string') {
      if (!value.isWellFormed() || value.includes('\0')) refuse(path, 'holds text that is not well-formed Unicode')
      return
    }
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) refuse(path, 'is not a finite number')
      return
    }
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) walk(value[index], [...path, index])
      return
    }
    if (typeof value !== 'object') refuse(path, 'is neither text, number, true, false, list nor block')
    const prototype = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) refuse(path, 'is neither text, number, true, false, list nor block (dates are written as text in quotes)')
    for (const key of Object.keys(value)) {
      if (REFUSED.has(key)) refuse([...path, key], 'is a key that is not allowed anywhere')
      if (!key.isWellFormed()) refuse(path, 'has a key that is not well-formed Unicode')
      walk((value as Record<string, unknown>)[key], [...path, key])
    }
  }
}
