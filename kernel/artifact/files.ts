/** The artifact kind `files`: a few named files that one operator wrote, ready to publish. */
import { HotpassError } from '../error.ts'
import { canonicalJson } from '../json.ts'
import type { Codec, Json } from '../types.ts'

/**
 * Stands where the run's id belongs. An operator cannot know the run that it is part of (the same action serves
 * many runs), so it writes this token, which has the length of a run id, and publication puts the id in its place.
 */
export const RUN_ID_TOKEN = 'run-' + '0'.repeat(32)

/** Where publication writes the run id into a file. Offsets are in bytes from the start of the file. */
export interface Stamp {
  /** Positions of RUN_ID_TOKEN. */
  readonly at: readonly number[]
  /** Stored zip entries that hold a token: their data, and where their CRC-32 stands (local and central header). */
  readonly entries: readonly { readonly start: number; readonly length: number; readonly crc_at: readonly number[] }[]
}

/** One file to publish. `suffix` follows the output's base name: `.xlsx`, `.contact.csv`, `.report.html`. */
export interface OutputFile {
  readonly suffix: string
  readonly media_type: string
  readonly bytes: Uint8Array
  readonly stamp: Stamp
}

export const NO_STAMP: Stamp = { at: [], entries: [] }

const MAGIC = 'HPFILES1'
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

function encode(files: readonly OutputFile[]): Uint8Array {
  const header = encoder.encode(
    canonicalJson(files.map(file => ({ suffix: file.suffix, media_type: file.media_type, length: file.bytes.length, stamp: file.stamp })) as unknown as Json)
  )
  const size = files.reduce((sum, file) => sum + file.bytes.length, MAGIC.length + 4 + header.length)
  const out = new Uint8Array(size)
  for (let at = 0; at < MAGIC.length; at++) out[at] = MAGIC.charCodeAt(at)
  new DataView(out.buffer).setUint32(MAGIC.length, header.length, true)
  out.set(header, MAGIC.length + 4)
  let at = MAGIC.length + 4 + header.length
  for (const file of files) {
    out.set(file.bytes, at)
    at += file.bytes.length
  }
  return out
}

function decode(bytes: Uint8Array): readonly OutputFile[] {
  try {
    if (decoder.decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw new TypeError('not a set of files')
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(MAGIC.length, true)
    const start = MAGIC.length + 4
    const header = JSON.parse(decoder.decode(bytes.subarray(start, start + length))) as { suffix: string; media_type: string; length: number; stamp: Stamp }[]
    let at = start + length
    const files = header.map(entry => {
      const file = { suffix: entry.suffix, media_type: entry.media_type, bytes: bytes.subarray(at, at + entry.length), stamp: entry.stamp }
      at += entry.length
      return file
    })
    if (at !== bytes.length) throw new TypeError('set of files is cut short')
    return files
  } catch (cause) {
    throw new HotpassError('E_STORE_DAMAGED', 'an artifact is not a readable set of files', { cause, hint: 'run hotpass doctor --full' })
  }
}

export const filesCodec: Codec<readonly OutputFile[]> = { kind: 'files', schema: 'urn:hotpass:files:1', encode, decode, settle: (_, bytes) => decode(bytes) }
