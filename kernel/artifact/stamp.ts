/** Publication writes the run's id into a finished file, at the places that its operator left for it. */
import { HotpassError } from '../error.ts'
import { RUN_ID_TOKEN, type OutputFile } from './files.ts'

/** The reflected polynomial of CRC-32 as zip and gzip use it (ISO 3309, APPNOTE.TXT 4.4.7). */
const POLYNOMIAL = 0xedb88320

const TABLE = new Uint32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1
  TABLE[byte] = remainder
}

/** CRC-32 of a part of some bytes, as an unsigned number. In plain JavaScript, so that it works wherever this module does. */
export function crc32Of(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = 0xffffffff
  for (let at = start; at < end; at++) crc = TABLE[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

const RUN_ID = /^run-[0-9a-f]{32}$/

function damaged(file: OutputFile, what: string): HotpassError {
  return new HotpassError('E_INTERNAL', `the output ${file.suffix} cannot take a run id: ${what}`, { hint: 'this is a bug in the operator that wrote it' })
}

/**
 * The file's bytes with the run's id in every place that held RUN_ID_TOKEN, and the checksums of the zip entries
 * around them put right. The length does not change, and `file` is left as it was; one without a stamp gives its own bytes.
 * Throws E_INTERNAL when the id has the wrong form or a stamp does not point at a token.
 */
export function stampRunId(file: OutputFile, runId: string): Uint8Array {
  if (!RUN_ID.test(runId)) throw damaged(file, 'it is not a run id')
  const { bytes, stamp } = file
  if (stamp.at.length === 0 && stamp.entries.length === 0) return bytes
  const out = bytes.slice()
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength)
  for (const start of stamp.at) {
    for (let at = 0; at < RUN_ID_TOKEN.length; at++) {
      if (bytes[start + at] !== RUN_ID_TOKEN.charCodeAt(at)) throw damaged(file, `there is no token at byte ${start}`)
      out[start + at] = runId.charCodeAt(at)
    }
  }
  for (const { start, length, crc_at } of stamp.entries) {
    if (start < 0 || length < 0 || start + length > out.length) throw damaged(file, `the entry at byte ${start} ends behind the file`)
    const crc = crc32Of(out, start, start + length)
    for (const at of crc_at) {
      if (at < 0 || at + 4 > out.length) throw damaged(file, `there is no checksum at byte ${at}`)
      view.setUint32(at, crc, true)
    }
  }
  return out
}

const TOKEN_BYTES = new TextEncoder().encode(RUN_ID_TOKEN)

/** Where RUN_ID_TOKEN stands in some bytes, in ascending order: the `at` of a stamp. */
export function tokenPositions(bytes: Uint8Array): number[] {
  const found: number[] = []
  const last = bytes.length - TOKEN_BYTES.length
  for (let at = bytes.indexOf(TOKEN_BYTES[0]!); at !== -1 && at <= last; at = bytes.indexOf(TOKEN_BYTES[0]!, at + 1)) {
    let same = 1
    while (same < TOKEN_BYTES.length && bytes[at + same] === TOKEN_BYTES[same]) same++
    if (same === TOKEN_BYTES.length) found.push(at)
  }
  return found
}
