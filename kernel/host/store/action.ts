/** A cached action's file: the entry and a checksum over it, so that a torn or changed one is no entry. */
import { digestJson } from '../../hash.ts'
import type { ActionEntry } from '../../store.ts'
import type { Digest, JsonObject } from '../../types.ts'
import { jsonBytes, objectIn } from './json-file.ts'
import { isDigest } from './layout.ts'

export function actionBytes(entry: ActionEntry): Uint8Array {
  const body = entry as unknown as JsonObject
  return jsonBytes({ entry: body, hash: digestJson(body) })
}

/** Undefined unless the bytes are the whole, unchanged entry of this key. */
export function actionIn(bytes: Uint8Array, key: Digest): ActionEntry | undefined {
  const value = objectIn(bytes)
  const entry = value?.['entry'] as unknown as ActionEntry | undefined
  if (value === undefined || typeof entry !== 'object' || entry === null || Object.keys(value).join() !== 'entry,hash') return undefined
  if (entry.key !== key || digestJson(entry as unknown as JsonObject) !== value['hash']) return undefined
  const whole = typeof entry.outputs === 'object' && entry.outputs !== null && Array.isArray(entry.diagnostics)
  return whole && Object.values(entry.outputs).every(output => isDigest(output?.hash)) ? entry : undefined
}
