/** Pairs drawn by a hash of their number: the same for the same records, whoever draws. */

const PAIRS = 200_000

function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Calls `found` for pairs as they come together by chance; all of them when there are few. */
export function samplePairs(records: number, source: Uint32Array | undefined, found: (a: number, b: number) => void): void {
  const fits = (a: number, b: number): boolean => source === undefined || source[a] !== source[b]
  if ((records * (records - 1)) / 2 <= PAIRS) {
    for (let a = 0; a < records; a++) for (let b = a + 1; b < records; b++) if (fits(a, b)) found(a, b)
    return
  }
  for (let draw = 0; draw < PAIRS; draw++) {
    const a = mix(2 * draw + 1) % records
    const b = mix(2 * draw + 2) % records
    if (a !== b && fits(a, b)) found(Math.min(a, b), Math.max(a, b))
  }
}
