/** Columns whose values may coincide, be unused or stand in another order than that of their first use. */
import { Dictionary } from '../../../kernel/artifact/dictionary.ts'
import type { Engine } from '../engine/engine.ts'
import { eachPart } from '../engine/parts.ts'

/** What the engine says when it cannot tell. */
const COLLIDES = 0xffff_ffff

/**
 * Of each value the number of the first that is the same, kind and text; null when all are distinct. Throws `collides()` for
 * texts that were made to cost too much.
 */
export function sameValues(engine: Engine, values: Dictionary, kinds: Uint8Array | null, collides: () => Error): Uint32Array | null {
  const { calls } = engine
  const firsts = new Uint32Array(values.size)
  let repeated = 0
  calls.startComparing()
  eachPart(engine, values, kinds, 4, part => {
    const found = calls.compareValues(part.bytes, part.starts, part.kinds, part.count, part.out) >>> 0
    if (found === COLLIDES) throw collides()
    repeated += found
    firsts.set(engine.words(part.out, part.count), part.from)
  })
  calls.endComparing()
  return repeated === 0 ? null : firsts
}

/** A column with equal values joined and unused ones dropped, in order of first use. `firsts`: of each value the first that is the same; null when all are distinct. */
export function firstUses(codes: Uint32Array<ArrayBuffer>, { size, text, starts }: Dictionary, kinds: Uint8Array | null, firsts: Uint32Array | null): { codes: Uint32Array<ArrayBuffer>; texts: Dictionary; kinds: Uint8Array<ArrayBuffer> | null } {
  /** By the number of a value, its code; and the numbers of those that are kept. */
  const fresh = new Uint32Array(size)
  const kept = new Uint32Array(size)
  let count = 0
  const out = new Uint32Array(codes.length)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    if (code === 0) continue
    const number = firsts === null ? code - 1 : firsts[code - 1]!
    if (fresh[number] === 0) {
      kept[count++] = number
      fresh[number] = count
    }
    out[row] = fresh[number]!
  }
  const bounds = new Uint32Array(count + 1)
  for (let at = 0; at < count; at++) bounds[at + 1] = bounds[at]! + starts[kept[at]! + 1]! - starts[kept[at]!]!
  const bytes = new Uint8Array(bounds[count]!)
  for (let at = 0; at < count; at++) bytes.set(text.subarray(starts[kept[at]!], starts[kept[at]! + 1]), bounds[at])
  return { codes: out, texts: Dictionary.ofStarts(bytes, bounds), kinds: kinds === null ? null : Uint8Array.from(kept.subarray(0, count), number => kinds[number]!) }
}
