/**
 * The directory of an OLE compound file ([MS-CFB]), read just far enough to tell what it holds: chains are followed with a
 * bound, and streams are not opened.
 */
export type CompoundContent = 'workbook' | 'encrypted' | 'other' | 'damaged'

interface DirectoryEntry {
  /** Name of the stream or storage in lower case. */
  readonly name: string
  /** Offset of the entry in the file. */
  readonly at: number
}

const decoder = new TextDecoder('utf-16le')
const END_OF_CHAIN = 0xfffffffe
const MAX_DIRECTORY_SECTORS = 4096
/** Bytes of a directory entry, and where in it the size of its stream stands. */
const ENTRY = 128
const SIZE = 120

function directoryOf(bytes: Uint8Array): DirectoryEntry[] {
  if (bytes.length < 512) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(30, true)
  if (shift !== 9 && shift !== 12) return []
  const size = shift === 9 ? 512 : 4096
  const sectorAt = (sector: number): number => (sector + 1) * size
  const entriesPerSector = size / 4

  /** The sector after this one in its chain, from the sector allocation table. */
  function next(sector: number): number {
    const table = Math.floor(sector / entriesPerSector)
    // The first 109 sectors of the table are named in the header: enough for any directory near the start.
    if (table >= 109) return END_OF_CHAIN
    const at = sectorAt(view.getUint32(76 + table * 4, true)) + (sector % entriesPerSector) * 4
    return at + 4 <= bytes.length ? view.getUint32(at, true) : END_OF_CHAIN
  }

  const entries: DirectoryEntry[] = []
  const visited = new Set<number>()
  let sector = view.getUint32(48, true)
  while (sector < 0xfffffffa && !visited.has(sector) && visited.size < MAX_DIRECTORY_SECTORS) {
    visited.add(sector)
    const start = sectorAt(sector)
    if (start + ENTRY > bytes.length) break
    for (let at = start; at < start + size && at + ENTRY <= bytes.length; at += ENTRY) {
      const length = view.getUint16(at + 64, true)
      if (length >= 2 && length <= 64) entries.push({ name: decoder.decode(bytes.subarray(at, at + length - 2)).toLowerCase(), at })
    }
    sector = next(sector)
  }
  return entries
}

/** What the file holds, judged by the names of its streams. */
export function compoundContent(bytes: Uint8Array): CompoundContent {
  const names = new Set(directoryOf(bytes).map(entry => entry.name))
  if (names.has('encryptedpackage') || names.has('encryptioninfo')) return 'encrypted'
  if (names.has('workbook') || names.has('book')) return 'workbook'
  return names.size === 0 ? 'damaged' : 'other'
}

/** A copy of the file whose property sets are empty: they say nothing about cells, and are often malformed. */
export function withoutPropertySets(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  for (const { name, at } of directoryOf(bytes)) if (name.startsWith('\u0005')) copy.fill(0, at + SIZE, at + SIZE + 8)
  return copy
}
