/** Comparison patterns: pairs with the same levels in every comparison are one pattern, counted. */

export interface Patterns {
  readonly width: number
  /** Patterns so far. */
  readonly count: number
  /** The number of this pattern (from 0), new or known. */
  add(levels: Uint8Array): number
  /** Level of comparison `at` in a pattern. */
  level(pattern: number, at: number): number
  /** All levels, pattern by pattern. */
  levels(): Uint8Array
}

export function createPatterns(width: number): Patterns {
  let capacity = 1024
  let slots = 4096
  let all = new Uint8Array(capacity * width)
  let table = new Uint32Array(slots)
  let count = 0
  const hash = (levels: Uint8Array, from: number): number => {
    let h = 0x811c9dc5
    for (let at = 0; at < width; at++) h = Math.imul(h ^ levels[from + at]!, 0x01000193)
    return (h ^ (h >>> 15)) >>> 0
  }
  function grow(): void {
    capacity *= 2
    const larger = new Uint8Array(capacity * width)
    larger.set(all)
    all = larger
    slots *= 2
    table = new Uint32Array(slots)
    for (let pattern = 0; pattern < count; pattern++) {
      let slot = hash(all, pattern * width) & (slots - 1)
      while (table[slot] !== 0) slot = (slot + 1) & (slots - 1)
      table[slot] = pattern + 1
    }
  }
  return {
    width,
    get count() {
      return count
    },
    add(levels) {
      let slot = hash(levels, 0) & (slots - 1)
      for (;;) {
        const entry = table[slot]!
        if (entry === 0) break
        const from = (entry - 1) * width
        let at = 0
        while (at < width && all[from + at] === levels[at]) at++
        if (at === width) return entry - 1
        slot = (slot + 1) & (slots - 1)
      }
      if (count === capacity) {
        grow()
        return this.add(levels)
      }
      all.set(levels, count * width)
      table[slot] = ++count
      return count - 1
    },
    level: (pattern, at) => all[pattern * width + at]!,
    levels: () => all.slice(0, count * width)
  }
}
