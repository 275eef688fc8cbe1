/** Writes zip archives for tests: right ones, and wrong ones on purpose. */
import { deflateSync } from 'fflate'
import { crc32 } from '../../../kernel/inflate.ts'

export interface Part {
  readonly name: string
  readonly data: string | Uint8Array
  /** Stored instead of deflated. */
  readonly stored?: boolean
  /** Lies: what the headers say instead of the truth. */
  readonly crc?: number
  readonly size?: number
  readonly flags?: number
  readonly localName?: string
  /** Data that is packed already. */
  readonly packed?: Uint8Array
  /** The directory points at the part with this index instead. */
  readonly sharedWith?: number
}

const encoder = new TextEncoder()

/** Joins pieces of bytes. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    out.set(piece, at)
    at += piece.length
  }
  return out
}

/** An archive of these parts, in their order. */
export function buildZip(parts: readonly Part[]): Uint8Array {
  const pieces: Uint8Array[] = []
  const directory: Uint8Array[] = []
  const offsets: number[] = []
  let offset = 0
  parts.forEach(part => {
    const data = typeof part.data === 'string' ? encoder.encode(part.data) : part.data
    const packed = part.packed ?? (part.stored ? data : deflateSync(data, { level: 6 }))
    const name = encoder.encode(part.name)
    const localName = encoder.encode(part.localName ?? part.name)
    const header = new Uint8Array(30)
    const view = new DataView(header.buffer)
    view.setUint32(0, 0x04034b50, true)
    view.setUint16(4, 20, true)
    view.setUint16(6, part.flags ?? 0, true)
    view.setUint16(8, part.stored ? 0 : 8, true)
    view.setUint32(14, part.crc ?? crc32(data), true)
    view.setUint32(18, packed.length, true)
    view.setUint32(22, part.size ?? data.length, true)
    view.setUint16(26, localName.length, true)
    const central = new Uint8Array(46)
    const entry = new DataView(central.buffer)
    entry.setUint32(0, 0x02014b50, true)
    central.set(header.subarray(4, 30), 6)
    entry.setUint16(28, name.length, true)
    entry.setUint32(42, part.sharedWith === undefined ? offset : offsets[part.sharedWith]!, true)
    directory.push(central, name)
    offsets.push(offset)
    if (part.sharedWith === undefined) {
      pieces.push(header, localName, packed)
      offset += 30 + localName.length + packed.length
    }
  })
  const central = concat(directory)
  const end = new Uint8Array(22)
  const view = new DataView(end.buffer)
  view.setUint32(0, 0x06054b50, true)
  view.setUint16(8, parts.length, true)
  view.setUint16(10, parts.length, true)
  view.setUint32(12, central.length, true)
  view.setUint32(16, offset, true)
  return concat([...pieces, central, end])
}
