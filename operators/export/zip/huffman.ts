/** Length-limited Huffman codes for deflate (RFC 1951, section 3.2.2). */

/** Deflate sends codes with their bits reversed: least significant bit first. */
function reversed(code: number, length: number): number {
  let out = 0
  for (let bit = 0; bit < length; bit++) {
    out = (out << 1) | (code & 1)
    code >>>= 1
  }
  return out
}

/**
 * Lengths of the codes of an optimal prefix code for these frequencies, none longer than `limit` bits; 0 for a
 * symbol that does not occur. Ties go to the lower symbol, so that the lengths follow from the frequencies alone.
 * Codes that would be too long are shortened and the Kraft sum is put right by lengthening cheap ones.
 */
export function codeLengths(frequencies: Uint32Array, limit: number): Uint8Array {
  const lengths = new Uint8Array(frequencies.length)
  const symbols: number[] = []
  for (let symbol = 0; symbol < frequencies.length; symbol++) if (frequencies[symbol]! > 0) symbols.push(symbol)
  if (symbols.length === 0) return lengths
  if (symbols.length === 1) {
    lengths[symbols[0]!] = 1
    return lengths
  }
  symbols.sort((a, b) => frequencies[a]! - frequencies[b]! || a - b)
  // Two queues, both ascending: the leaves, and the inner nodes in the order of their making.
  const leaves = symbols.length
  const weight = new Float64Array(2 * leaves - 1)
  const parent = new Uint32Array(2 * leaves - 1)
  for (let leaf = 0; leaf < leaves; leaf++) weight[leaf] = frequencies[symbols[leaf]!]!
  let leaf = 0
  let inner = leaves
  for (let node = leaves; node < weight.length; node++) {
    for (let child = 0; child < 2; child++) {
      const least = leaf < leaves && (inner >= node || weight[leaf]! <= weight[inner]!) ? leaf++ : inner++
      weight[node]! += weight[least]!
      parent[least] = node
    }
  }
  const depth = new Uint8Array(weight.length)
  const counts = new Uint32Array(256)
  for (let node = weight.length - 2; node >= 0; node--) {
    depth[node] = depth[parent[node]!]! + 1
    if (node < leaves) counts[depth[node]! > limit ? limit : depth[node]!]!++
  }
  // The Kraft sum, in units of 2^-limit.
  let sum = 0
  for (let length = 1; length <= limit; length++) sum += counts[length]! << (limit - length)
  while (sum > 1 << limit) {
    counts[limit]!--
    for (let length = limit - 1; length > 0; length--) {
      if (counts[length] === 0) continue
      counts[length]!--
      counts[length + 1]! += 2
      break
    }
    sum--
  }
  let at = 0
  for (let length = limit; length > 0; length--) {
    for (let left = counts[length]!; left > 0; left--) lengths[symbols[at++]!] = length
  }
  return lengths
}

/** The canonical codes for these lengths, ready to be sent. */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const next = new Uint32Array(17)
  const counts = new Uint32Array(16)
  for (const length of lengths) counts[length]!++
  counts[0] = 0
  for (let length = 1; length < 16; length++) next[length + 1] = (next[length]! + counts[length]!) << 1
  const codes = new Uint16Array(lengths.length)
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!
    if (length > 0) codes[symbol] = reversed(next[length]!++, length)
  }
  return codes
}
