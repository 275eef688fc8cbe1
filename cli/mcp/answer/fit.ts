/** Cuts a result to the policy's bounds: lists lose their tail, which is then read page by page. */
import type { Json, JsonObject } from '../../../kernel/types.ts'

export interface Bounds {
  /** Most items of one list. */
  readonly rows: number
  /** Most bytes of the result as JSON. */
  readonly bytes: number
}

/** A list that was cut. */
export interface Cut {
  /** RFC 6901. */
  readonly pointer: string
  readonly shown: number
  readonly total: number
}

export interface Fitted {
  /** Undefined when no cutting of lists makes it small enough. */
  readonly result: JsonObject | undefined
  readonly cuts: readonly Cut[]
}

export const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

interface List {
  readonly pointer: string
  readonly items: Json[]
  readonly total: number
}

/** The result within bounds, and which lists were cut. The result given is not changed. */
export function fit(result: JsonObject, { rows, bytes }: Bounds): Fitted {
  const lists: List[] = []
  const copy = copyOf(result, '', rows, lists) as { [key: string]: Json }
  let size = sizeOf(copy)
  while (size > bytes) {
    const largest = lists.filter(({ items }) => items.length > 0).map(list => ({ list, size: sizeOf(list.items) })).sort((a, b) => b.size - a.size)[0]
    if (largest === undefined) return { result: undefined, cuts: [] }
    // As much of the list as the excess asks for, by its mean size, and at least one item.
    const { items } = largest.list
    const drop = Math.ceil(((size - bytes) / largest.size) * items.length)
    items.length = Math.max(0, items.length - Math.max(1, drop))
    size = sizeOf(copy)
  }
  return { result: copy, cuts: lists.filter(({ items, total }) => items.length < total).map(({ pointer, items, total }) => ({ pointer, shown: items.length, total })) }
}

function copyOf(value: Json, pointer: string, rows: number, lists: List[]): Json {
  if (Array.isArray(value)) {
    const list: List = { pointer, items: [], total: value.length }
    lists.push(list)
    for (const item of value.slice(0, rows)) list.items.push(copyOf(item, `${pointer}/${list.items.length}`, rows, lists))
    return list.items
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner as Json, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, rows, lists)]))
}
