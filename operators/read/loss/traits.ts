/** What the values of a column look like, told by the engine. */
import type { Dictionary } from '../../../kernel/artifact/dictionary.ts'
import { sharedEngine } from '../engine/engine.ts'

/** Bytes of texts, and texts, that are looked at together, at least. */
const BYTES = 1 << 18
const TEXTS = 1 << 14

/** Bits of each value, by its code; and those of all together. Kinds as a column has them. */
export function traitsOf({ size, text, starts }: Dictionary, kinds: Uint8Array | null): { readonly traits: Uint8Array; readonly any: number } {
  const engine = sharedEngine()
  const { calls } = engine
  const traits = new Uint8Array(size + 1)
  let any = 0
  for (let from = 0; from < size; ) {
    const start = starts[from]!
    const to = endOfPart(starts, from, Math.min(size, from + TEXTS), start + BYTES)
    const [length, count] = [starts[to]! - start, to - from]
    const rooms = [length, (count + 1) * 4, count, count]
    const [bytes, bounds, kindBytes, out] = rooms.map(room => calls.take(room)) as [number, number, number, number]
    const { memory } = engine
    memory.set(text.subarray(start, starts[to]), bytes)
    engine.words(bounds, count + 1).set(starts.subarray(from, to + 1))
    if (kinds !== null) memory.set(kinds.subarray(from, to), kindBytes)
    any |= calls.traits(bytes, bounds, kinds === null ? 0 : kindBytes, count, out)
    traits.set(memory.subarray(out, out + count), from + 1)
    ;[bytes, bounds, kindBytes, out].forEach((place, at) => calls.giveBack(place, rooms[at]!))
    from = to
  }
  return { traits, any }
}

/** The last of the places from one on, by halving, whose text begins before a byte; the place behind the first at least. */
function endOfPart(starts: Uint32Array, from: number, last: number, byte: number): number {
  let [low, high] = [from + 1, last]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= byte) low = middle
    else high = middle - 1
  }
  return low
}
