/** The one door to inflate and CRC-32. Inflated bytes are the same on every zlib build; deflated ones are not, so there is no deflate here. */
import { brotliDecompressSync, crc32 as zlibCrc32, createInflateRaw, gunzipSync, inflateRawSync } from 'node:zlib'

/**
 * Inflates raw deflate data. Throws RangeError when the output would be larger than `limit` bytes, and Error when
 * the data is damaged. `expected` bytes are set aside in one piece, which saves copying when it is the true size.
 */
export function inflateRaw(bytes: Uint8Array, limit: number, expected = 16_384): Uint8Array {
  // A little more than is expected, or zlib asks for a second piece to find out that it has ended.
  return inflateRawSync(bytes, { maxOutputLength: Math.max(1, limit), chunkSize: expected + 64 })
}

/**
 * Inflates deflate data that ends somewhere in `bytes`: what it holds, and how many bytes of it there are. Null when it is
 * cut short, damaged, or larger than `limit`.
 */
export function inflatePrefix(bytes: Uint8Array, limit: number): { readonly data: Uint8Array; readonly used: number } | null {
  try {
    // The types do not know of the engine that `info` asks for, whose count is that of the bytes taken in.
    const { buffer, engine } = inflateRawSync(bytes, { maxOutputLength: Math.max(1, limit), info: true }) as unknown as { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } }
    return { data: buffer, used: engine.bytesWritten }
  } catch {
    return null
  }
}

/** What gzip data (RFC 1952) hold, of any number of members. Throws Error when that is more than `limit` bytes, or the data are damaged. */
export function gunzip(bytes: Uint8Array, limit: number): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: Math.max(1, limit) })
}

/** What Brotli data (RFC 7932) hold. Throws Error when that is more than `limit` bytes, or the data are damaged. */
export function unbrotli(bytes: Uint8Array, limit: number): Uint8Array {
  return brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, limit) })
}

/** Raw deflate data, inflated piece by piece. */
export interface Inflater {
  /** Puts what comes next into `into` from `at` on, and returns how many bytes that is: 0 at the end. Throws Error when the data is damaged. */
  read(into: Uint8Array, at: number): number
  /** Gives the memory back. */
  close(): void
}

/** What a stream of node:zlib has underneath: the way in which the synchronous functions, and npm's own unpacker, drive it. */
interface Engine {
  readonly _handle?: { writeSync?(flush: number, from: Uint8Array, fromAt: number, fromLeft: number, into: Uint8Array, intoAt: number, intoLeft: number): void }
  /** Room left in `into`, and bytes left of `from`. */
  readonly _writeState?: Uint32Array
}

const NO_FLUSH = 0

/**
 * Inflates without holding all of it: memory is what the caller sets aside. Where the runtime has no synchronous stream,
 * the whole is inflated at once, to `limit` bytes at most.
 */
export function createInflater(bytes: Uint8Array, limit: number): Inflater {
  const stream = createInflateRaw()
  const { _handle: handle, _writeState: state } = stream as unknown as Engine
  if (typeof handle?.writeSync !== 'function' || state?.length !== 2) return wholeAtOnce(bytes, limit)
  let from = 0
  let left = bytes.length
  // The fault is told by `destroyed`; without a listener it would end the process.
  stream.on('error', () => undefined)
  return {
    read(into, at) {
      const room = into.length - at
      handle.writeSync!(NO_FLUSH, bytes, from, left, into, at, room)
      if (stream.destroyed) throw new Error('the deflated data is damaged')
      const [roomLeft, stillLeft] = state as unknown as readonly [number, number]
      from += left - stillLeft
      left = stillLeft
      return room - roomLeft
    },
    close: () => stream.close()
  }
}

function wholeAtOnce(bytes: Uint8Array, limit: number): Inflater {
  let whole: Uint8Array | undefined
  let from = 0
  return {
    read(into, at) {
      whole ??= inflateRaw(bytes, limit)
      const piece = whole.subarray(from, from + into.length - at)
      into.set(piece, at)
      from += piece.length
      return piece.length
    },
    close() {
      whole = undefined
      from = 0
    }
  }
}

/** CRC-32 (ISO 3309) of bytes, as an unsigned 32-bit number. With the value for what went before, that of both together. */
export function crc32(bytes: Uint8Array, before = 0): number {
  return zlibCrc32(bytes, before)
}
