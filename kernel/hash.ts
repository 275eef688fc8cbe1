/** The one door to SHA-256. */
import { createHash } from 'node:crypto'
import { canonicalJson } from './json.ts'
import type { Digest, Json } from './types.ts'

/** SHA-256 of bytes, or of a string's UTF-8. */
export function digestBytes(bytes: Uint8Array | string): Digest {
  return createHash('sha256').update(bytes).digest('hex')
}

/** SHA-256 of the canonical JSON of a value. Throws TypeError when it is not plain JSON. */
export function digestJson(value: Json): Digest {
  return digestBytes(canonicalJson(value))
}
