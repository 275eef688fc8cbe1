/** The one door to canonical JSON (RFC 8785). */
import { canonicalize } from 'json-canonicalize'
import type { Json } from './types.ts'

const MAX_DEPTH = 256

/**
 * Canonical JSON of a plain value, as RFC 8785 defines it.
 * Throws TypeError on anything that is not plain, well-formed JSON: undefined, a Map, a Date, a class
 * instance, NaN, a lone surrogate, or nesting deeper than 256.
 */
export function canonicalJson(value: Json): string {
  assertPlainJson(value, '', 0)
  try {
    return canonicalize(value)
  } catch {
    // The package takes one object under the keys `a` and `ab` for a circle, of which there is none here: give it copies.
    return canonicalize(JSON.parse(JSON.stringify(value)))
  }
}

function refuse(path: string, what: string): never {
  throw new TypeError(`not canonical JSON at ${path === '' ? 'the top' : path}: ${what}`)
}

/** Throws TypeError, naming the path, unless the value is plain, well-formed JSON. */
export function assertPlainJson(value: unknown, path = '', depth = 0): asserts value is Json {
  if (depth > MAX_DEPTH) refuse(path, `nested deeper than ${MAX_DEPTH}`)
  switch (typeof value) {
    case 'boolean':
      return
    case 'string':
      if (!value.isWellFormed()) refuse(path, 'a lone surrogate')
      return
    case 'number':
      if (!Number.isFinite(value)) refuse(path, 'a number that is not finite')
      return
    case 'object': {
      if (value === null) return
      if (Array.isArray(value)) {
        for (let index = 0; index < value.length; index++) {
          if (!(index in value)) refuse(`${path}/${index}`, 'a hole in an array')
          assertPlainJson(value[index], `${path}/${index}`, depth + 1)
        }
        return
      }
      const prototype = Object.getPrototypeOf(value)
      if (prototype !== Object.prototype && prototype !== null) refuse(path, 'an object that is not plain')
      for (const key of Object.keys(value)) {
        if (!key.isWellFormed()) refuse(path, 'a key with a lone surrogate')
        assertPlainJson((value as Record<string, unknown>)[key], `${path}/${key}`, depth + 1)
      }
      return
    }
    default:
      refuse(path, `a value of type ${typeof value}`)
  }
}
