/**
 * The bytes of a frame. Layout, all integers little-endian:
 *
 *   "HPFRAME1"  u32 header length  header (canonical JSON, UTF-8)  zero padding to 8  sections
 *
 * The header holds the frame's `meta` and, for every column, the sections it uses as [offset, length].
 * A dictionary is the UTF-8 of its values, end to end, and a u32 section of lengths in UTF-16 code units;
 * codes take 1, 2 or 4 bytes each, by the size of the dictionary.
 */
import type { Codec, Json } from '../types.ts'
import { canonicalJson } from '../json.ts'
import { HotpassError } from '../error.ts'
import { Dictionary, columnOver, dictionaryOf } from './dictionary.ts'
import type { Column, Frame, IntegerColumn, Table } from './table.ts'

const MAGIC = 'HPFRAME1'
const ALIGN = 8

type Section = readonly [offset: number, length: number]
interface ColumnHeader { name: string; values: number; text: Section; lengths: Section; kinds: Section | null; width: number; codes: Section }
interface IntegerHeader { name: string; width: number; data: Section }
interface TableHeader { name: string; rows: number; columns: ColumnHeader[]; integers: IntegerHeader[] }
interface Header { meta: Json; tables: TableHeader[]; bytes: number }

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function widthFor(largest: number): 1 | 2 | 4 {
  return largest < 0x100 ? 1 : largest < 0x10000 ? 2 : 4
}

function narrow(data: Uint32Array, width: number): Uint8Array {
  if (width === 4) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const out = width === 2 ? new Uint16Array(data.length) : new Uint8Array(data.length)
  out.set(data)
  return new Uint8Array(out.buffer)
}

function widen(bytes: Uint8Array, width: number): Uint32Array {
  const copy = bytes.slice()
  if (width === 4) return new Uint32Array(copy.buffer)
  return Uint32Array.from(width === 2 ? new Uint16Array(copy.buffer) : copy)
}

/** Refuses machines whose typed arrays are big-endian rather than writing other bytes there. */
function assertLittleEndian(): void {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1) {
    throw new HotpassError('E_INTERNAL', 'this processor stores numbers big-endian, which the artifact format does not support')
  }
}

/** Encodes a frame. Throws TypeError when `meta` is not plain, well-formed JSON or a value has a lone surrogate. */
export function encodeFrame(frame: Frame): Uint8Array {
  assertLittleEndian()
  const sections: Uint8Array[] = []
  let offset = 0
  function place(bytes: Uint8Array): Section {
    const at = offset
    sections.push(bytes)
    offset += bytes.length
    const padding = (ALIGN - (offset % ALIGN)) % ALIGN
    if (padding > 0) {
      sections.push(new Uint8Array(padding))
      offset += padding
    }
    return [at, bytes.length]
  }
  const tables = frame.tables.map(table => ({
    name: table.name,
    rows: table.rows,
    columns: table.columns.map(column => encodeColumn(column, table.rows, place)),
    integers: table.integers.map(column => {
      if (column.data.length !== table.rows) throw new TypeError(`integer column ${column.name} of ${table.name} has ${column.data.length} cells, not ${table.rows}`)
      let largest = 0
      for (let row = 0; row < column.data.length; row++) if (column.data[row]! > largest) largest = column.data[row]!
      const width = widthFor(largest)
      return { name: column.name, width, data: place(narrow(column.data, width)) }
    })
  }))
  const header = encoder.encode(canonicalJson({ meta: frame.meta as Json, tables, bytes: offset } as unknown as Json))
  const start = Math.ceil((MAGIC.length + 4 + header.length) / ALIGN) * ALIGN
  const out = new Uint8Array(start + offset)
  for (let at = 0; at < MAGIC.length; at++) out[at] = MAGIC.charCodeAt(at)
  new DataView(out.buffer).setUint32(MAGIC.length, header.length, true)
  out.set(header, MAGIC.length + 4)
  let at = start
  for (const section of sections) {
    out.set(section, at)
    at += section.length
  }
  return out
}

function encodeColumn(column: Column, rows: number, place: (bytes: Uint8Array) => Section): ColumnHeader {
  if (column.codes.length !== rows) throw new TypeError(`column ${column.name} has ${column.codes.length} cells, not ${rows}`)
  const { text, lengths } = dictionaryOf(column)
  const lengthWidth = 4
  const width = widthFor(lengths.length)
  return {
    name: column.name,
    values: lengths.length,
    text: place(text),
    lengths: place(narrow(lengths, lengthWidth)),
    kinds: column.kinds === null ? null : place(column.kinds),
    width,
    codes: place(narrow(column.codes, width))
  }
}

/** Decodes a frame. Throws E_STORE_DAMAGED when the bytes are not a frame. */
export function decodeFrame(given: Uint8Array): Frame {
  assertLittleEndian()
  // A Buffer is a Uint8Array whose slice() shares memory where that of a Uint8Array copies.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
  try {
    if (bytes.length < MAGIC.length + 4 || decoder.decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw new TypeError('not a frame')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const headerLength = view.getUint32(MAGIC.length, true)
    const headerEnd = MAGIC.length + 4 + headerLength
    const header = JSON.parse(decoder.decode(bytes.subarray(MAGIC.length + 4, headerEnd))) as Header
    const start = Math.ceil(headerEnd / ALIGN) * ALIGN
    if (bytes.length !== start + header.bytes) throw new TypeError('frame is cut short')
    const section = ([at, length]: Section): Uint8Array => bytes.subarray(start + at, start + at + length)
    const tables = header.tables.map((table): Table => ({
      name: table.name,
      rows: table.rows,
      columns: table.columns.map(column => decodeColumn(column, section)),
      integers: table.integers.map((column): IntegerColumn => ({ name: column.name, data: widen(section(column.data), column.width) }))
    }))
    return { meta: header.meta, tables }
  } catch (cause) {
    throw new HotpassError('E_STORE_DAMAGED', 'an artifact is not a readable frame', { cause, hint: 'run hotpass doctor --full' })
  }
}

function decodeColumn(column: ColumnHeader, section: (at: Section) => Uint8Array): Column {
  const dictionary = Dictionary.ofLengths(section(column.text), widen(section(column.lengths), 4))
  if (dictionary.size !== column.values) throw new TypeError('a dictionary is cut short')
  return columnOver(column.name, dictionary, column.kinds === null ? null : section(column.kinds).slice(), widen(section(column.codes), column.width))
}

/** The frame as it would be decoded: `meta` takes its canonical key order and loses what JSON cannot hold; tables are kept as they are. */
function settleFrame(frame: Frame): Frame {
  return { meta: JSON.parse(canonicalJson(frame.meta as Json)) as Json, tables: frame.tables }
}

/** A codec for one kind of tabular artifact. */
export function frameCodec(kind: string, schema: string): Codec<Frame> {
  return { kind, schema, encode: encodeFrame, decode: decodeFrame, settle: settleFrame }
}
