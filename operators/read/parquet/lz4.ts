/** An LZ4 block (lz4/doc/lz4_Block_format.md): literals and copies of what went before, in turn. */

/** A length that does not fit into its four bits goes on in bytes of 255, and ends with a smaller one. */
const MORE = 15
const SHORTEST_COPY = 4

/** Inflates a block to exactly `length` bytes. Throws Error when it is damaged, or holds more or less. */
export function unlz4(block: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length)
  let from = 0
  let to = 0
  const lengthFrom = (bits: number): number => {
    if (bits < MORE) return bits
    let sum = bits
    for (let byte = 255; byte === 255; sum += byte) byte = next()
    return sum
  }
  const next = (): number => {
    if (from >= block.length) throw new Error('the LZ4 block is cut short')
    return block[from++]!
  }
  while (from < block.length) {
    const token = next()
    const literals = lengthFrom(token >> 4)
    if (literals > block.length - from || literals > length - to) throw new Error('the LZ4 block is damaged')
    out.set(block.subarray(from, from + literals), to)
    from += literals
    to += literals
    // The last sequence is literals alone.
    if (from === block.length) break
    const back = next() | (next() << 8)
    const copied = lengthFrom(token & MORE) + SHORTEST_COPY
    if (back === 0 || back > to || copied > length - to) throw new Error('the LZ4 block is damaged')
    // Byte by byte, because what is copied may be what this copy writes.
    for (const end = to + copied; to < end; to++) out[to] = out[to - back]!
  }
  if (to !== length) throw new Error('the LZ4 block is cut short')
  return out
}
