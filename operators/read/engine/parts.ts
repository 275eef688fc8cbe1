/** Values of a dictionary, shown to an engine part by part. */
import type { Dictionary } from '../../../kernel/artifact/dictionary.ts'
import type { Engine } from './engine.ts'

/** Bytes of texts, and texts, that are looked at together, at least. */
const BYTES = 1 << 18
const TEXTS = 1 << 14
/** Bytes behind a text that the engine may read. */
const SLACK = 8

/** A part: the number of its first value, how many there are, and where they stand in the memory of the engine. */
export interface Part {
  readonly from: number
  readonly count: number
  /** The texts, end to end. */
  readonly bytes: number
  /** Where each begins, as words, of which the first stands for `bytes`; one more for the end of the last. */
  readonly starts: number
  /** A byte each, or 0 when all are texts. */
  readonly kinds: number
  /** Room for what is found. */
  readonly out: number
}

/** Shows all values in turn. `found` is the room that each needs for what is found, in bytes. */
export function eachPart(engine: Engine, { size, text, starts }: Dictionary, kinds: Uint8Array | null, found: number, visit: (part: Part) => void): void {
  const { calls } = engine
  for (let from = 0; from < size; ) {
    const start = starts[from]!
    const to = endOfPart(starts, from, Math.min(size, from + TEXTS), start + BYTES)
    const [length, count] = [starts[to]! - start, to - from]
    const rooms = [length + SLACK, (count + 1) * 4, count, count * found]
    const places = rooms.map(room => calls.take(room)) as [number, number, number, number]
    const [bytes, bounds, kindBytes, out] = places
    engine.bytes(bytes, length).set(text.subarray(start, starts[to]))
    engine.words(bounds, count + 1).set(starts.subarray(from, to + 1))
    if (kinds !== null) engine.bytes(kindBytes, count).set(kinds.subarray(from, to))
    visit({ from, count, bytes, starts: bounds, kinds: kinds === null ? 0 : kindBytes, out })
    places.forEach((place, at) => calls.giveBack(place, rooms[at]!))
    from = to
  }
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
