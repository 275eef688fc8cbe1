/** The one door to inflate and CRC-32. Inflated bytes are the same on every zlib build; deflated ones are not, so there is no deflate here. */
import { crc32 as zlibCrc32, inflateRawSync } from 'node:zlib'

/**
 * Inflates raw deflate data. Throws RangeError when the output would be larger than `limit` bytes, and Error when
 * the data is damaged. `expected` bytes are set aside in one piece, which saves copying when it is the true size.
 */
export function inflateRaw(bytes: Uint8Array, limit: number, expected = 16_384): Uint8Array {
  // A little more than is expected, or zlib asks for a second piece to find out that it has ended.
  return inflateRawSync(bytes, { maxOutputLength: Math.max(1, limit), chunkSize: expected + 64 })
}

/** CRC-32 (ISO 3309) of bytes, as an unsigned 32-bit number. With the value for what went before, that of both together. */
export function crc32(bytes: Uint8Array, before = 0): number {
  return zlibCrc32(bytes, before)
}
