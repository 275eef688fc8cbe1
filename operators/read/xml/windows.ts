/**
 * An XML part seen through a window: its bytes come in pieces, and what was read is let go. A window ends in front of a
 * `<`, so that no text is cut, except where the part ends; a tag that is cut all the same is asked for again, whole.
 */
import type { PartReader } from '../container/zip.ts'
import { repairUtf8, utf8Fault } from '../text/utf8.ts'

const LT = 0x3c
/** Bytes that are inflated in one go: small enough to stay in the cache of the processor. */
export const WINDOW = 1 << 17

export interface XmlWindows {
  /** The first window. */
  readonly first: Uint8Array
  /** The window after `bytes`, beginning with what is left of it from `keep` on; null when there is no more. */
  next(bytes: Uint8Array, keep: number): Uint8Array | null
}

/** A part that is there as a whole. */
export function wholePart(bytes: Uint8Array): XmlWindows {
  return { first: bytes, next: () => null }
}

/**
 * Windows over a part that is UTF-8; bytes that are not are replaced by U+FFFD. `head` was read from the part already.
 * Throws what the reader throws, and `tooLong()` when a text or a tag is longer than `most` bytes.
 */
export function partWindows(reader: PartReader, head: Uint8Array, size = WINDOW, most = Infinity, tooLong: () => Error = () => new RangeError()): XmlWindows {
  let buffer = new Uint8Array(Math.max(size, head.length))
  buffer.set(head)
  /** Bytes in the buffer, and how many of them the window does not show yet. */
  let filled = head.length
  let held = 0
  let ended = false

  /** Reads until the buffer is full and shows it up to its last `<`. */
  function fill(shownBefore: number): Uint8Array {
    for (;;) {
      const count = reader.read(buffer, filled)
      filled += count
      if (filled < buffer.length) ended = true
      const cut = ended ? filled : buffer.lastIndexOf(LT, filled - 1)
      if (ended || cut > shownBefore) {
        held = filled - cut
        if (ended) reader.close()
        const shown = buffer.subarray(0, cut)
        return utf8Fault(shown) === -1 ? shown : repairUtf8(shown)
      }
      if (filled > Math.max(size, most) * 2) throw tooLong()
      const larger = new Uint8Array(buffer.length * 2)
      larger.set(buffer.subarray(0, filled))
      buffer = larger
    }
  }

  return {
    first: fill(0),
    next(bytes, keep) {
      if (ended) return null
      const left = bytes.length - keep
      const tail = buffer.subarray(filled - held, filled)
      // What is left is part of the window as it was shown, which a repair may have made another.
      const needed = left + held
      const target = needed * 2 > buffer.length ? new Uint8Array(Math.max(buffer.length, needed * 2)) : buffer
      if (bytes.buffer === buffer.buffer && target === buffer) {
        buffer.copyWithin(0, keep, keep + left)
        buffer.copyWithin(left, filled - held, filled)
      } else {
        const kept = bytes.slice(keep)
        const rest = tail.slice()
        target.set(kept)
        target.set(rest, left)
      }
      buffer = target
      filled = needed
      return fill(left)
    }
  }
}
