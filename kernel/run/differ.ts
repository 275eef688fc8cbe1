/** Where two artifacts of one kind begin to differ. */
import type { OutputFile } from '../artifact/files.ts'
import { kindAt, textAt, type Column, type Frame, type Table } from '../artifact/table.ts'
import type { Codec, Json } from '../types.ts'
import type { CellDifference } from './types.ts'

/** The first `limit` differences, in reading order; empty when the bytes are equal. Bytes that cannot be decoded are compared as bytes. */
export function differences(codec: Codec | undefined, before: Uint8Array, after: Uint8Array, limit = 5): readonly CellDifference[] {
  const offset = firstByte(before, after)
  if (offset === undefined) return []
  const asBytes: CellDifference = { where: 'bytes', offset, before: before[offset] ?? null, after: after[offset] ?? null }
  if (codec === undefined) return [asBytes]
  let old: unknown
  let fresh: unknown
  try {
    old = codec.decode(before)
    fresh = codec.decode(after)
  } catch {
    return [asBytes]
  }
  const found = compareValues(old, fresh, limit)
  return found.length === 0 ? [asBytes] : found.slice(0, limit)
}

function compareValues(before: unknown, after: unknown, limit: number): readonly CellDifference[] {
  if (before instanceof Uint8Array) return []
  if (isFrame(before) && isFrame(after)) return compareFrames(before, after, limit)
  if (isFiles(before) && isFiles(after)) return compareFiles(before, after)
  return compareJson(before as Json, after as Json, '', limit).map(difference => ({ where: 'json', ...difference }))
}

function compareFrames(before: Frame, after: Frame, limit: number): readonly CellDifference[] {
  const found: CellDifference[] = []
  const names = (frame: Frame): string[] => frame.tables.map(table => table.name)
  if (names(before).join('\0') !== names(after).join('\0')) found.push({ where: 'tables', before: names(before), after: names(after) })
  for (const table of before.tables) {
    if (found.length >= limit) break
    const other = after.tables.find(({ name }) => name === table.name)
    if (other !== undefined) found.push(...compareTables(table, other, limit - found.length))
  }
  if (found.length < limit) {
    found.push(...compareJson(before.meta as Json, after.meta as Json, '', limit - found.length).map(difference => ({ where: 'meta' as const, ...difference })))
  }
  return found
}

function compareTables(before: Table, after: Table, limit: number): readonly CellDifference[] {
  const found: CellDifference[] = []
  const table = before.name
  if (before.rows !== after.rows) found.push({ where: 'rows', table, before: before.rows, after: after.rows })
  const names = (side: Table): string[] => [...side.integers, ...side.columns].map(column => column.name)
  if (names(before).join('\0') !== names(after).join('\0')) found.push({ where: 'columns', table, before: names(before), after: names(after) })
  const rows = Math.min(before.rows, after.rows)
  const cells: (CellDifference & { readonly order: number })[] = []
  before.integers.forEach((column, order) => {
    const other = after.integers.find(({ name }) => name === column.name)
    if (other === undefined) return
    for (let row = 0, count = 0; row < rows && count < limit; row++) {
      if (column.data[row] === other.data[row]) continue
      count++
      cells.push({ where: 'integer', table, row, column: column.name, before: column.data[row]!, after: other.data[row]!, order })
    }
  })
  before.columns.forEach((column, index) => {
    const other = after.columns.find(({ name }) => name === column.name)
    if (other === undefined) return
    for (let row = 0, count = 0; row < rows && count < limit; row++) {
      if (sameCell(column, other, row)) continue
      count++
      cells.push({ where: 'cell', table, row, column: column.name, before: textAt(column, row), after: textAt(other, row), order: before.integers.length + index })
    }
  })
  cells.sort((a, b) => a.row! - b.row! || a.order - b.order)
  for (const { order: _order, ...cell } of cells.slice(0, Math.max(0, limit - found.length))) found.push(cell)
  return found
}

function sameCell(before: Column, after: Column, row: number): boolean {
  return textAt(before, row) === textAt(after, row) && kindAt(before, row) === kindAt(after, row)
}

function compareFiles(before: readonly OutputFile[], after: readonly OutputFile[]): readonly CellDifference[] {
  const suffixes = (files: readonly OutputFile[]): string[] => files.map(file => file.suffix)
  if (suffixes(before).join('\0') !== suffixes(after).join('\0')) return [{ where: 'file', before: suffixes(before), after: suffixes(after) }]
  return before.flatMap((file, index): CellDifference[] => {
    const offset = firstByte(file.bytes, after[index]!.bytes)
    return offset === undefined ? [] : [{ where: 'file', path: file.suffix, offset, before: file.bytes[offset] ?? null, after: after[index]!.bytes[offset] ?? null }]
  })
}

function compareJson(before: Json | undefined, after: Json | undefined, path: string, limit: number): { path: string; before: Json; after: Json }[] {
  if (before === after) return []
  const isNode = (value: unknown): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null
  if (!isNode(before) || !isNode(after) || Array.isArray(before) !== Array.isArray(after)) return [{ path, before: before ?? null, after: after ?? null }]
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  if (!Array.isArray(before)) keys.sort()
  const found: { path: string; before: Json; after: Json }[] = []
  for (const key of keys) {
    if (found.length >= limit) break
    const own = (side: { readonly [key: string]: Json }): Json | undefined => (Object.hasOwn(side, key) ? side[key] : undefined)
    found.push(...compareJson(own(before), own(after), `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, limit - found.length))
  }
  return found
}

function isFrame(value: unknown): value is Frame {
  return typeof value === 'object' && value !== null && Array.isArray((value as Frame).tables) && 'meta' in value
}

function isFiles(value: unknown): value is readonly OutputFile[] {
  return Array.isArray(value) && value.every(file => (file as OutputFile | null)?.bytes instanceof Uint8Array)
}

function firstByte(before: Uint8Array, after: Uint8Array): number | undefined {
  const length = Math.min(before.length, after.length)
  for (let at = 0; at < length; at++) if (before[at] !== after[at]) return at
  return before.length === after.length ? undefined : length
}

/** One line for people, without the values: `table entities, row 3, column phone`. */
export function tellPlace(difference: CellDifference): string {
  switch (difference.where) {
    case 'cell':
    case 'integer':
      return `table ${difference.table}, row ${difference.row! + 1}, column ${difference.column}`
    case 'rows':
      return `table ${difference.table}: ${String(difference.before)} rows, then ${String(difference.after)}`
    case 'columns':
      return `the columns of table ${difference.table}`
    case 'tables':
      return 'the tables'
    case 'meta':
      return `description at ${difference.path === '' ? '/' : difference.path}`
    case 'json':
      return `value at ${difference.path === '' ? '/' : difference.path}`
    case 'file':
      return difference.path === undefined ? 'the list of files' : `file ${difference.path}, byte ${difference.offset}`
    case 'bytes':
      return `byte ${difference.offset}`
  }
}
