/** JSON files of the store: canonical JSON and a newline, so that exactly one sequence of bytes says a thing. */
import { canonicalJson } from '../../json.ts'
import type { Json, JsonObject } from '../../types.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const jsonBytes = (value: Json): Uint8Array => encoder.encode(canonicalJson(value) + '\n')

/** The object in the file, or undefined when the bytes are not what `jsonBytes` would write. */
export function objectIn(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = decoder.decode(bytes)
    const value = JSON.parse(text) as Json
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return canonicalJson(value) + '\n' === text ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}
