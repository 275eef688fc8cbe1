/** What the values of a column look like, told by the engine. */
import type { Dictionary } from '../../../kernel/artifact/dictionary.ts'
import { sharedEngine } from '../engine/engine.ts'
import { eachPart } from '../engine/parts.ts'

/** Bits of each value, by its code; and those of all together. Kinds as a column has them. */
export function traitsOf(dictionary: Dictionary, kinds: Uint8Array | null): { readonly traits: Uint8Array; readonly any: number } {
  const engine = sharedEngine()
  const traits = new Uint8Array(dictionary.size + 1)
  let any = 0
  eachPart(engine, dictionary, kinds, 1, part => {
    any |= engine.calls.traits(part.bytes, part.starts, part.kinds, part.count, part.out)
    traits.set(engine.bytes(part.out, part.count), part.from + 1)
  })
  return { traits, any }
}
