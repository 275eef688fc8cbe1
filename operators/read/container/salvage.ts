/**
 * The parts of an archive that is cut short or damaged: its own account of them, the directory, stands at its end and is
 * the first thing to go. Each part has a header of its own in front, and a checksum; a part that bears it out is whole.
 */
import { crc32, inflatePrefix } from '../../../kernel/inflate.ts'
import { HotpassError } from '../../../kernel/error.ts'
import type { Limits } from '../config.ts'
import { refusal } from '../refusal.ts'
import { MAX_NAME, RATIO_FREE_BYTES, nameOf, openZip, zipOf, type Zip, type ZipEntry } from './zip.ts'

const LOCAL = 0x04034b50
const DESCRIPTOR = 0x08074b50
const HEADER = 30

/** The archive as far as it can be followed from its start. Its parts are still to be checked when they are read. Throws HotpassError. */
export function salvageZip(file: string, bytes: Uint8Array, limits: Limits): Zip {
  try {
    return openZip(file, bytes, limits)
  } catch (error) {
    // Only where the directory is missing is there a reason to do without it.
    if (!(error instanceof HotpassError) || error.code !== 'E_INPUT_TRUNCATED') throw error
  }
  const entries = new Map<string, ZipEntry>()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let total = 0
  let at = 0
  while (entries.size < limits.parts) {
    const found = partAt(bytes, view, at, limits.inflated_bytes - total, limits.ratio)
    if (found === null || entries.has(found.entry.name.toLowerCase())) break
    total += found.entry.size
    entries.set(found.entry.name.toLowerCase(), found.entry)
    at = found.end
  }
  return zipOf(bytes, entries, what => refusal(file, 'E_INPUT_UNREADABLE', what))
}

/** The part whose header stands here; null when there is none that can be followed to its end. */
function partAt(bytes: Uint8Array, view: DataView, at: number, room: number, ratio: number): { readonly entry: ZipEntry; readonly end: number } | null {
  if (at + HEADER > bytes.length || view.getUint32(at, true) !== LOCAL) return null
  const flags = view.getUint16(at + 6, true)
  const method = view.getUint16(at + 8, true)
  const nameLength = view.getUint16(at + 26, true)
  const start = at + HEADER + nameLength + view.getUint16(at + 28, true)
  if ((flags & 0x2041) !== 0 || (method !== 0 && method !== 8) || nameLength === 0 || nameLength > MAX_NAME || start > bytes.length) return null
  const name = nameOf(bytes.subarray(at + HEADER, at + HEADER + nameLength))
  if (name === null) return null
  if ((flags & 8) !== 0) return method === 8 ? describedBehind(bytes, view, name, start, room, ratio) : null
  const packed = view.getUint32(at + 18, true)
  const size = view.getUint32(at + 22, true)
  const end = start + packed
  if (end > bytes.length || size > room || (size > RATIO_FREE_BYTES && size > packed * ratio) || (method === 0 && size !== packed)) return null
  return { entry: { name, method, crc: view.getUint32(at + 14, true), packed, size, start }, end }
}

/** A part whose sizes stand behind it, because its writer did not know them before. */
function describedBehind(bytes: Uint8Array, view: DataView, name: string, start: number, room: number, ratio: number): { readonly entry: ZipEntry; readonly end: number } | null {
  const most = Math.min(room, Math.max(RATIO_FREE_BYTES, (bytes.length - start) * ratio))
  const inflated = inflatePrefix(bytes.subarray(start), most)
  if (inflated === null) return null
  const { data, used } = inflated
  let end = start + used
  if (end + 4 <= bytes.length && view.getUint32(end, true) === DESCRIPTOR) end += 4
  if (end + 4 > bytes.length) return null
  const crc = view.getUint32(end, true)
  if (crc !== crc32(data)) return null
  // The sizes have four bytes each, or eight.
  const next = [end + 12, end + 20].find(after => after + 4 <= bytes.length && (view.getUint32(after, true) === LOCAL || view.getUint32(after, true) === 0x02014b50))
  return { entry: { name, method: 8, crc, packed: used, size: data.length, start }, end: next ?? bytes.length }
}
