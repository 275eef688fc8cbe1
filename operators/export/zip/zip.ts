/**
 * A zip file (PKWARE APPNOTE.TXT 6.3.10) that depends on its contents alone: entries in the order given, every time
 * 1980-01-01 00:00, no extra fields, UTF-8 names.
 */
import { crc32 } from '../../../kernel/inflate.ts'
import { HotpassError } from '../../../kernel/error.ts'
import { RUN_ID_TOKEN, type Stamp } from '../../../kernel/artifact/files.ts'
import { tokenPositions } from '../../../kernel/artifact/stamp.ts'
import { Deflater } from './deflate.ts'

const LOCAL_HEADER = 0x04034b50
const CENTRAL_HEADER = 0x02014b50
const END_RECORD = 0x06054b50
const VERSION_NEEDED = 20
const UTF8_NAMES = 0x0800
const DEFLATED = 8
/** MS-DOS date of 1980-01-01. */
const DATE = 0x0021
const LARGEST = 0xffff_ffff

interface Entry {
  readonly name: Uint8Array
  readonly method: number
  readonly crc: number
  readonly size: number
  readonly packed: number
  readonly parts: readonly Uint8Array[]
}

export interface ZipWriter {
  /** Adds an entry, compressed: `fill` writes it. */
  add(name: string, fill: (deflater: Deflater) => void): void
  /** Adds an entry as it is; every RUN_ID_TOKEN in it becomes a place to stamp. */
  addStored(name: string, bytes: Uint8Array): void
  /** The whole file. Throws E_OUTPUT_UNWRITABLE above 4 GiB, which this format cannot hold. */
  finish(): { readonly bytes: Uint8Array; readonly stamp: Stamp }
}

const encoder = new TextEncoder()

/** A new, empty zip file. */
export function createZip(): ZipWriter {
  const entries: Entry[] = []
  return {
    add(name, fill) {
      const deflater = new Deflater()
      fill(deflater)
      const { parts, size, crc } = deflater.finish()
      entries.push({ name: encoder.encode(name), method: DEFLATED, crc, size, packed: parts.reduce((sum, part) => sum + part.length, 0), parts })
    },
    addStored(name, bytes) {
      entries.push({ name: encoder.encode(name), method: 0, crc: crc32(bytes), size: bytes.length, packed: bytes.length, parts: [bytes] })
    },
    finish() {
      return assemble(entries)
    }
  }
}

function assemble(entries: readonly Entry[]): { bytes: Uint8Array; stamp: Stamp } {
  const directory = entries.reduce((sum, entry) => sum + 46 + entry.name.length, 0)
  const data = entries.reduce((sum, entry) => sum + 30 + entry.name.length + entry.packed, 0)
  if (data + directory > LARGEST || entries.some(entry => entry.size > LARGEST)) {
    throw new HotpassError('E_OUTPUT_UNWRITABLE', 'the workbook would be larger than 4 GiB', { hint: 'export csv or parquet instead' })
  }
  const bytes = new Uint8Array(data + directory + 22)
  const view = new DataView(bytes.buffer)
  const common = (at: number, { method, crc, packed, size, name }: Entry): void => {
    view.setUint16(at, VERSION_NEEDED, true)
    view.setUint16(at + 2, UTF8_NAMES, true)
    view.setUint16(at + 4, method, true)
    view.setUint16(at + 8, DATE, true)
    view.setUint32(at + 10, crc, true)
    view.setUint32(at + 14, packed, true)
    view.setUint32(at + 18, size, true)
    view.setUint16(at + 22, name.length, true)
  }
  const at: number[] = []
  const stamped: Stamp['entries'][number][] = []
  let local = 0
  let central = data
  for (const entry of entries) {
    view.setUint32(local, LOCAL_HEADER, true)
    common(local + 4, entry)
    bytes.set(entry.name, local + 30)
    view.setUint32(central, CENTRAL_HEADER, true)
    view.setUint16(central + 4, VERSION_NEEDED, true)
    common(central + 6, entry)
    view.setUint32(central + 42, local, true)
    bytes.set(entry.name, central + 46)
    const start = local + 30 + entry.name.length
    let next = start
    for (const part of entry.parts) {
      bytes.set(part, next)
      next += part.length
    }
    const tokens = entry.method === 0 && entry.size >= RUN_ID_TOKEN.length ? tokenPositions(entry.parts[0]!) : []
    if (tokens.length > 0) {
      at.push(...tokens.map(token => start + token))
      stamped.push({ start, length: entry.size, crc_at: [local + 14, central + 16] })
    }
    local = next
    central += 46 + entry.name.length
  }
  view.setUint32(central, END_RECORD, true)
  view.setUint16(central + 8, entries.length, true)
  view.setUint16(central + 10, entries.length, true)
  view.setUint32(central + 12, directory, true)
  view.setUint32(central + 16, data, true)
  return { bytes, stamp: { at, entries: stamped } }
}
