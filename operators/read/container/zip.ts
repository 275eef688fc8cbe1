/**
 * Zip archives (PKWARE APPNOTE 6.3.10) from hostile hands: everything about the directory is checked before a byte is
 * inflated, and a part is inflated no further than the directory said.
 */
import { crc32, createInflater, inflateRaw } from '../../../kernel/inflate.ts'
import type { HotpassError } from '../../../kernel/error.ts'
import type { Limits } from '../config.ts'
import { refusal } from '../refusal.ts'

export interface ZipEntry {
  /** With `/`, never absolute, never with `..`. */
  readonly name: string
  readonly method: 0 | 8
  readonly crc: number
  readonly packed: number
  readonly size: number
  /** Offset of the packed data. */
  readonly start: number
}

export interface Zip {
  /** Entries by their lower-case name. */
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** A part's bytes, inflated and checked against its size and CRC-32. */
  read(entry: ZipEntry): Uint8Array
  /** The same piece by piece. The checks are done when the end is read. */
  open(entry: ZipEntry): PartReader
}

export interface PartReader {
  /** Puts the bytes that come next into `into` from `at` on, as many as there is room for or are left; returns their number. Throws HotpassError when the part is damaged. */
  read(into: Uint8Array, at: number): number
  close(): void
}

export const MAX_NAME = 1024
const MAX_COMMENT = 65_535
export const RATIO_FREE_BYTES = 1 << 20
/** Many small parts may together be larger than one that counts. */
const RATIO_FREE_TOTAL = 16 << 20
const ABSENT = 0xffffffff

interface Directory {
  readonly entries: number
  readonly size: number
  readonly offset: number
  readonly end: number
}

/** Checks an archive and opens it. Throws HotpassError. */
export function openZip(file: string, bytes: Uint8Array, limits: Limits): Zip {
  const fault = (what: string): HotpassError => refusal(file, 'E_INPUT_UNREADABLE', what)
  const limit = (what: string): HotpassError => refusal(file, 'E_INPUT_LIMIT', what)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = findDirectory(file, bytes, view)
  if (directory.entries > limits.parts) throw limit(`it holds ${directory.entries} parts, more than ${limits.parts} (ingest.limits.parts)`)
  if (directory.entries === 0) throw refusal(file, 'E_INPUT_EMPTY', 'it is an archive without content')

  const entries = new Map<string, ZipEntry>()
  const spans: [start: number, end: number][] = []
  let total = 0
  let at = directory.offset
  for (let index = 0; index < directory.entries; index++) {
    if (at + 46 > directory.end || view.getUint32(at, true) !== 0x02014b50) throw refusal(file, 'E_INPUT_TRUNCATED', 'its directory of parts is cut short')
    const flags = view.getUint16(at + 8, true)
    const method = view.getUint16(at + 10, true)
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > directory.end) throw refusal(file, 'E_INPUT_TRUNCATED', 'its directory of parts is cut short')
    if (nameLength === 0 || nameLength > MAX_NAME) throw fault('it holds a part without a usable name')
    const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength)
    const name = nameOf(nameBytes)
    if (name === null) throw fault('it holds a part whose name is a path out of the archive')
    const long = zip64Of(view, at, nameLength, extraLength)
    const { size, packed, offset } = long
    if (flags & 0x2041) throw refusal(file, 'E_INPUT_ENCRYPTED', 'its parts are password-protected')
    if (method !== 0 && method !== 8) throw fault('it uses a compression that workbooks do not use')
    if (offset + 30 > directory.offset || view.getUint32(offset, true) !== 0x04034b50) throw fault('its directory names a part that is not there')
    const localName = view.getUint16(offset + 26, true)
    const start = offset + 30 + localName + view.getUint16(offset + 28, true)
    const end = start + packed
    if (end > directory.offset) throw refusal(file, 'E_INPUT_TRUNCATED', 'a part is cut short')
    if (localName !== nameLength || !sameBytes(bytes, offset + 30, nameBytes)) throw fault('its directory and its parts have different names')
    if (method === 0 && size !== packed) throw fault('it gives a wrong size for a part')
    total += size
    if (total > limits.inflated_bytes) throw limit(`it inflates to more than ${limits.inflated_bytes} bytes (ingest.limits.inflated_bytes)`)
    if (size > RATIO_FREE_BYTES && size > packed * limits.ratio) throw limit(`a part inflates to more than ${limits.ratio} times its size (ingest.limits.ratio)`)
    if (total > RATIO_FREE_TOTAL && total > bytes.length * limits.ratio) throw limit(`its parts together inflate to more than ${limits.ratio} times its size (ingest.limits.ratio)`)
    spans.push([offset, end])
    if (!name.endsWith('/')) {
      const key = name.toLowerCase()
      if (entries.has(key)) throw fault('it holds two parts of one name')
      entries.set(key, { name, method, crc: view.getUint32(at + 16, true), packed, size, start })
    }
    at = next
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  for (let index = 1; index < spans.length; index++) if (spans[index]![0] < spans[index - 1]![1]) throw fault('its parts overlap')

  return zipOf(bytes, entries, fault)
}

/** An archive of these entries, which were checked. */
export function zipOf(bytes: Uint8Array, entries: ReadonlyMap<string, ZipEntry>, fault: (what: string) => HotpassError): Zip {
  return {
    entries,
    read(entry) {
      const part = `the part ${JSON.stringify(entry.name)}`
      const data = bytes.subarray(entry.start, entry.start + entry.packed)
      let out: Uint8Array
      try {
        out = entry.method === 0 ? data.slice() : inflateRaw(data, entry.size, entry.size)
      } catch {
        throw fault(`${part} is damaged or larger than it says`)
      }
      if (out.length !== entry.size) throw fault(`${part} is smaller than it says`)
      if (crc32(out) !== entry.crc) throw fault(`${part} is damaged: its checksum is wrong`)
      return out
    },
    open: entry => openPart(bytes.subarray(entry.start, entry.start + entry.packed), entry, fault)
  }
}

function openPart(data: Uint8Array, entry: ZipEntry, fault: (what: string) => HotpassError): PartReader {
  const part = `the part ${JSON.stringify(entry.name)}`
  const inflater = entry.method === 0 ? null : createInflater(data, entry.size)
  let done = 0
  let crc = 0
  let ended = false
  const end = (): void => {
    ended = true
    inflater?.close()
  }
  const next = (into: Uint8Array, at: number): number => {
    if (inflater === null) {
      const piece = data.subarray(done, done + into.length - at)
      into.set(piece, at)
      return piece.length
    }
    try {
      return inflater.read(into, at)
    } catch {
      throw fault(`${part} is damaged or larger than it says`)
    }
  }
  return {
    read(into, at) {
      if (ended) return 0
      let to = at
      while (to < into.length) {
        const count = next(into, to)
        if (count === 0) {
          end()
          if (done < entry.size) throw fault(`${part} is smaller than it says`)
          if (crc !== entry.crc) throw fault(`${part} is damaged: its checksum is wrong`)
          break
        }
        done += count
        if (done > entry.size) throw fault(`${part} is damaged or larger than it says`)
        crc = crc32(into.subarray(to, to + count), crc)
        to += count
      }
      return to - at
    },
    close: end
  }
}

function findDirectory(file: string, bytes: Uint8Array, view: DataView): Directory {
  const lowest = Math.max(0, bytes.length - 22 - MAX_COMMENT)
  for (let at = bytes.length - 22; at >= lowest; at--) {
    if (bytes[at] !== 0x50 || view.getUint32(at, true) !== 0x06054b50) continue
    if (at + 22 + view.getUint16(at + 20, true) > bytes.length) continue
    let entries = view.getUint16(at + 10, true)
    let size = view.getUint32(at + 12, true)
    let offset = view.getUint32(at + 16, true)
    let end = at
    if ((entries === 0xffff || size === ABSENT || offset === ABSENT) && at >= 20 && view.getUint32(at - 20, true) === 0x07064b50) {
      const record = number64(view, at - 12)
      if (record + 56 > at || view.getUint32(record, true) !== 0x06064b50) throw refusal(file, 'E_INPUT_UNREADABLE', 'its directory of parts is damaged')
      entries = number64(view, record + 32)
      size = number64(view, record + 40)
      offset = number64(view, record + 48)
      end = record
    }
    if (offset + size > end) throw refusal(file, 'E_INPUT_TRUNCATED', 'its directory of parts is cut short')
    return { entries, size, offset, end: offset + size }
  }
  throw refusal(file, 'E_INPUT_TRUNCATED', 'the file ends early: its directory of parts is missing')
}

/** A 64-bit number; what a double cannot hold becomes larger than any file. */
function number64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 0x100000000 + view.getUint32(at, true)
}

function zip64Of(view: DataView, at: number, nameLength: number, extraLength: number): { size: number; packed: number; offset: number } {
  let packed = view.getUint32(at + 20, true)
  let size = view.getUint32(at + 24, true)
  let offset = view.getUint32(at + 42, true)
  const end = at + 46 + nameLength + extraLength
  for (let field = at + 46 + nameLength; field + 4 <= end; ) {
    const length = view.getUint16(field + 2, true)
    const stop = Math.min(end, field + 4 + length)
    if (view.getUint16(field, true) === 1) {
      let value = field + 4
      const take = (old: number): number => {
        if (old !== ABSENT || value + 8 > stop) return old
        value += 8
        return number64(view, value - 8)
      }
      size = take(size)
      packed = take(packed)
      offset = take(offset)
    }
    field += 4 + length
  }
  return { size, packed, offset }
}

/** The name of a part; null for one that leads out of the archive. */
export function nameOf(bytes: Uint8Array): string | null {
  let name = ''
  for (const byte of bytes) {
    if (byte === 0) return null
    // Some writers use the other slash. Beyond ASCII a name is only ever compared with itself, so bytes do as characters.
    name += byte === 0x5c ? '/' : String.fromCharCode(byte)
  }
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return null
  return name.split('/').some(step => step === '..' || step === '.') ? null : name
}

function sameBytes(bytes: Uint8Array, at: number, other: Uint8Array): boolean {
  for (let step = 0; step < other.length; step++) if (bytes[at + step] !== other[step]) return false
  return true
}
