/** Results that were too large for one answer, kept for a while so that they can be read page by page. */
import { randomBytes } from 'node:crypto'
import type { Json, JsonObject } from '../../../kernel/types.ts'
import { sizeOf, type Bounds } from './fit.ts'

export const PAGE_SCHEMA = 'urn:hotpass:schema:page:1'
const MOST_RESULTS = 32
const MOST_BYTES = 64 * 1_048_576

export interface Pages {
  /** Keeps a result; the oldest ones give way. Returns the id in its address. */
  keep(result: JsonObject): string
  /** The address of the items of a list from an offset on; without a pointer, of the result as text. */
  address(id: string, pointer: string, offset: number): string
  /** One page; undefined when the address leads nowhere, or the result is gone. */
  read(address: string, bounds: Bounds): JsonObject | undefined
}

const ADDRESS = /^hotpass:\/\/results\/([0-9a-f]{16})((?:\/[^?#]*)?)\?offset=(\d{1,12})$/

export function createPages(): Pages {
  const kept = new Map<string, { readonly result: JsonObject; readonly bytes: number }>()
  let total = 0
  const address = (id: string, pointer: string, offset: number): string => `hotpass://results/${id}${pointer.split('/').map(encodeURIComponent).join('/')}?offset=${offset}`
  return {
    address,
    keep(result) {
      const id = randomBytes(8).toString('hex')
      const bytes = sizeOf(result)
      kept.set(id, { result, bytes })
      total += bytes
      for (const [oldest, { bytes: freed }] of kept) {
        if ((kept.size <= MOST_RESULTS && total <= MOST_BYTES) || oldest === id) break
        kept.delete(oldest)
        total -= freed
      }
      return id
    },
    read(text, { rows, bytes }) {
      const [, id, pointer, from] = ADDRESS.exec(text) ?? []
      const entry = kept.get(id ?? '')
      if (entry === undefined) return undefined
      const offset = Number(from)
      if (pointer === '') {
        const whole = JSON.stringify(entry.result)
        const part = whole.slice(offset, offset + Math.floor(bytes / 4))
        const end = offset + part.length
        return { schema: PAGE_SCHEMA, pointer: '', offset, count: part.length, total: whole.length, text: part, next: end < whole.length ? address(id!, '', end) : null }
      }
      const path = decode(pointer!)
      const list = path === undefined ? undefined : valueAt(entry.result, path)
      if (typeof list === 'string') {
        const part = list.slice(offset, offset + Math.floor(bytes / 4))
        const end = offset + part.length
        return { schema: PAGE_SCHEMA, pointer: path!, offset, count: part.length, total: list.length, text: part, next: end < list.length ? address(id!, path!, end) : null }
      }
      if (!Array.isArray(list)) return undefined
      const items: Json[] = []
      let size = 512
      for (const item of list.slice(offset, offset + rows)) {
        size += sizeOf(item) + 1
        if (size > bytes && items.length > 0) break
        items.push(item)
      }
      const end = offset + items.length
      return { schema: PAGE_SCHEMA, pointer: path!, offset, count: items.length, total: list.length, items, next: end < list.length ? address(id!, path!, end) : null }
    }
  }
}

function decode(pointer: string): string | undefined {
  try {
    return pointer.split('/').map(decodeURIComponent).join('/')
  } catch {
    return undefined
  }
}

function valueAt(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value
  for (const part of pointer.split('/').slice(1).map(text => text.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as { readonly [key: string]: Json })[part]
  }
  return at
}
